"""What watches: new uploads, approvals, failed runs, trouble and canaries."""
