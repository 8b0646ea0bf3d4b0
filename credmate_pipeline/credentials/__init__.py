"""What documents prove of a provider: identity of credentials, corrections, CME credits against mandates."""
