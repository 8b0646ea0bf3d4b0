"""Transcripts of continuing education: tables of activities, one item a row, checked against their printed totals."""
