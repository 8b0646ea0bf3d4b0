"""Random and mutated input: nothing of it may crash the pipeline. `make fuzz` tries far more of it."""
