"""CredentialMate's document pipeline: from an uploaded file to a settled, evidenced record."""
