"""What arrives: a file's identity and kind, and opening it page by page. No OCR, no fields, no storage."""
