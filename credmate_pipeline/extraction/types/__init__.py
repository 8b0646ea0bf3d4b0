"""One module a document type: its fields, phrases, how they are read, and the rules they obey."""
