"""Dagster only: assets, checks, partitions, resources, jobs, sensors and schedules."""
