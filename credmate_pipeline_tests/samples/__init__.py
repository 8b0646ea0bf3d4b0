"""Tests of the synthetic documents."""
