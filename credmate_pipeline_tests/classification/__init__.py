"""Tests of classification."""
