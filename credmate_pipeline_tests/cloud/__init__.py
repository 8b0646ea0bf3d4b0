"""Engines of the cloud, against servers on loopback that speak their APIs."""
