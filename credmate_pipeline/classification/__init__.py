"""From words to the type of document. Fields are read elsewhere."""
