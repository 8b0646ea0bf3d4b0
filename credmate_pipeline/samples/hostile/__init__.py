"""Files that were made to harm whoever opens them, each with the states that are honest for it. Nothing here reads."""
