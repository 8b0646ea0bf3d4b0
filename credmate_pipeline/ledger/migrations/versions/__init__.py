"""One module a migration; each keeps its own copy of what it needs and never changes."""
