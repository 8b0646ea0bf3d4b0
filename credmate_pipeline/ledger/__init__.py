"""The system of record in PostgreSQL: states, tables, queries, migrations. All SQL is here."""
