"""The assets: the journey of a document, and the oversight of the pipeline."""
