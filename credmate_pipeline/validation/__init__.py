"""From fields to findings, and from findings to a decision. Pure functions of what was read."""
