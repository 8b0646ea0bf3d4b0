"""Transcripts: rows, columns, totals."""
