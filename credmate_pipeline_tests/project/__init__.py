"""Tests of the checkout itself: its contracts, its documents, and plain Dagster in its folder."""
