"""The processes of a running system on one machine: PostgreSQL, code server, webserver, daemon."""
