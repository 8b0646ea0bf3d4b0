"""Faults injected into the running system, in the middle of a batch: what becomes of the documents, and who is told."""
