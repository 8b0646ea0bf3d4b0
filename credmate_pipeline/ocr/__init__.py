"""From pages to words: one neutral reading, whatever engine made it. Nothing here knows document types."""
