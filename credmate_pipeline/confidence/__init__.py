"""How likely a field that was read is right: a small model fitted on documents whose truth is known."""
