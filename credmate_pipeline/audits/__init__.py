"""Audits: a share of the documents settled without a person is looked at all the same, to measure the error."""
