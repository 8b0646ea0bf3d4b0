"""One partition a document (the live window; the `new_uploads` sensor alone adds its keys), and one a day."""

import dagster as dg

DOCUMENTS = dg.DynamicPartitionsDefinition(name="documents")

DAYS = dg.DailyPartitionsDefinition(start_date="2026-01-01", timezone="UTC")
"""Days that have ended, for what is summed up by day."""
