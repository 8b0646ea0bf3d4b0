"""What a file is, by its leading bytes. Names, extensions and claimed types are never asked.

A file that could be two things at once is what its first bytes say: an image or archive signature at offset 0
wins over a `%PDF-` further in; only when the first bytes are no known signature may up to 1,024 bytes of junk
(a byte order mark, mail or HTTP headers) come before `%PDF-`, as PDF readers allow.
"""

from credmate_pipeline.documents.document import MediaType

HEAD_BYTES = 8192
"""How much of a file's beginning is enough to tell its kind."""

_PDF_WITHIN = 1024
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document in the old format (.doc, .xls or .ppt)"),
    (b"\xffWPC", "a WordPerfect document"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a bitmap image (.bmp)"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (.7z)"),
    (b"Rar!", "an archive (.rar)"),
    (b"\x1f\x8b", "an archive (.gz)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"%!PS", "a PostScript file"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


def sniff(head: bytes) -> MediaType | str:  # noqa: PLR0911  # one return a kind reads as the list it is
    """The media type of a file that begins with `head`, or in words what it is instead ("a Word document")."""
    for signature, media_type in _IMAGES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(head)
    for signature, name in _OTHERS:
        if head.startswith(signature):
            return name
    if b"%PDF-" in head[: _PDF_WITHIN + 5]:
        return MediaType.PDF
    return _text_kind(head)


def _by_brand(head: bytes) -> MediaType | str:
    """By the brands of an ISO base media file: HEIC photo, AVIF, else a video."""
    box = head[8 : max(12, min(int.from_bytes(head[:4], "big"), 256))]
    brands = {box[0:4], *(box[at : at + 4] for at in range(8, len(box), 4))}
    if brands & _AVIF_BRANDS:
        return "an AVIF image"
    return MediaType.HEIC if brands & _HEIC_BRANDS else "a video or audio file"


def _zip_kind(head: bytes) -> str:
    for folder, name in ((b"word/", "a Word document (.docx)"), (b"xl/", "an Excel workbook"), (b"ppt/", "slides")):
        if folder in head:
            return name
    if b"[Content_Types].xml" in head:
        return "an Office document"
    return "an OpenDocument file" if b"opendocument" in head else "an archive (.zip)"


def _text_kind(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML file"
    printable = sum(byte in b"\t\n\r\x0c" or byte >= 32 for byte in head)
    return "a text file" if b"\x00" not in head and printable >= 0.98 * len(head) else "of an unknown kind"
