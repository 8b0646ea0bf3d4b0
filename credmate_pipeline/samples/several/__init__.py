"""Synthetic files that prove several credentials: transcripts, packets, certificates with wallet cards."""
