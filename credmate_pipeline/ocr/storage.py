"""A reading as bytes and back, exactly: compressed JSON with its own version."""

import gzip
import json
from typing import Any

from credmate_pipeline.errors import PermanentError
from credmate_pipeline.ocr.reading import Box, Line, Page, PageNote, Reading, Source, Word

_FORMAT = 1
_COMPRESSION = 6


def pack(reading: Reading) -> bytes:
    """The reading as compressed JSON; the same reading gives the same bytes."""
    content = {
        "format": _FORMAT,
        "engine": reading.engine,
        "reader_version": reading.reader_version,
        "pages": [_page_row(page) for page in reading.pages],
    }
    return gzip.compress(json.dumps(content, ensure_ascii=False).encode(), _COMPRESSION, mtime=0)


def unpack(content: bytes) -> Reading:
    """The reading `pack` made. Raises PermanentError where the bytes are something else."""
    try:
        row = json.loads(gzip.decompress(content))
        if row["format"] != _FORMAT:
            raise PermanentError(f"The stored reading has format {row['format']}; read the document again.")
        return Reading(tuple(map(_page, row["pages"])), row["engine"], row["reader_version"])
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise PermanentError("The stored reading is damaged; read the document again.") from error


def _page_row(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "source": page.source,
        "size": [page.width, page.height],
        "frame": list(page.frame),
        "notes": list(page.notes),
        "lines": [[_word_row(word) for word in line.words] for line in page.lines],
    }


def _word_row(word: Word) -> list[Any]:
    box = word.box
    return [word.text, box.x0, box.y0, box.x1, box.y1, word.confidence, word.source]


def _page(row: dict[str, Any]) -> Page:
    width, height = row["size"]
    a, b, c, d, e, f, g, h, i = row["frame"]
    return Page(
        number=row["number"],
        lines=tuple(Line(tuple(map(_word, line))) for line in row["lines"]),
        source=Source(row["source"]),
        width=width,
        height=height,
        frame=(a, b, c, d, e, f, g, h, i),
        notes=tuple(map(PageNote, row["notes"])),
    )


def _word(row: list[Any]) -> Word:
    text, x0, y0, x1, y1, confidence, source = row
    return Word(text, Box(x0, y0, x1, y1), confidence, Source(source))
