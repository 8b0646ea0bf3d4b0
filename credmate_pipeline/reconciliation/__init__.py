"""Compares storage, ledger, partitions and results; says what differs and what repairs it."""
