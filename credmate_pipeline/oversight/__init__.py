"""What is looked at beside the journey: what waits, what a day brought, what expires. No SQL and no Dagster."""
