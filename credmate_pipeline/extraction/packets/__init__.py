"""Files that hold several documents: which pages belong together, and which prove nothing."""
