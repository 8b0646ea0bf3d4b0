"""The layouts: each draws one page and says what is on it. How pages become files is elsewhere."""
