"""Tests of the child processes that read."""
