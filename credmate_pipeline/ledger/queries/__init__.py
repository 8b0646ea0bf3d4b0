"""The SQL behind the ledger, one module a subject; each function works in the transaction it is given."""
