"""Joins PDF files to one."""

from collections.abc import Sequence

import pymupdf


def joined_pdf(files: Sequence[bytes]) -> bytes:
    """One PDF of all pages of `files`, at least one, in their order."""
    with pymupdf.open() as whole:
        for content in files:
            with pymupdf.open(stream=content, filetype="pdf") as part:
                whole.insert_pdf(part)
        return whole.tobytes(garbage=3, deflate=True, no_new_id=True)
