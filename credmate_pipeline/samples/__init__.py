"""Draws synthetic documents together with their exact truth."""
