"""Tests of the rules and the decision."""
