"""From words to fields, each with the place on the page where it was read."""
