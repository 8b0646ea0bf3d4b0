"""Is this environment what it should be, and is it the same as another one? Decided from what was examined."""
