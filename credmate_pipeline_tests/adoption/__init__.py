"""What earlier installations state, and what of it is believed."""
