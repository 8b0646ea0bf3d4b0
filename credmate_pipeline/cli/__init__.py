"""The credmate command line: one module a group of commands; what they do lives elsewhere."""
