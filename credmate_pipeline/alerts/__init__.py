"""Alerts that reach someone: what is wrong, said once, reminded of, and said to be over."""
