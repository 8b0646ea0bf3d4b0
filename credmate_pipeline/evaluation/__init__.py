"""How good the reading is, measured on documents whose truth is known. Reading itself is elsewhere."""
