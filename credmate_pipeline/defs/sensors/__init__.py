"""What watches: new uploads and failed runs."""
