"""What an earlier installation states of its documents, and what of it is believed."""
