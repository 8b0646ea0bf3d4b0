"""Who the clinicians are: reading a roster, and finding whose a document is. Storing them is the ledger's."""
