"""How the fields of a CME certificate are found; the type itself is `types/cme_certificate.py`."""
