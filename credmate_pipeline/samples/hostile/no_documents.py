"""Files that are no documents at all: archives, office files, web pages, drawings, programs."""

import gzip
import tarfile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.samples.faults import word_file
from credmate_pipeline.samples.hostile.hostile_file import HostileFile, unreadable


def no_documents(listener: str) -> tuple[HostileFile, ...]:
    """Every such file; where one calls somewhere, it is `listener`, a URL."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{listener}"/><script>fetch("{listener}")</script></svg>'
    )
    contents = {
        "archive.zip": _zip({"../../../../tmp/owned": b"x"}),
        "zip-bomb.zip": _zip({"zeros": bytes(64 << 20)}),
        "archive.tar": _tar(),
        "archive.gz": gzip.compress(bytes(1 << 20), mtime=0),
        "archive.7z": b"7z\xbc\xaf\x27\x1c" + bytes(64),
        "archive.rar": b"Rar!\x1a\x07\x01\x00" + bytes(64),
        "letter.docx": word_file(),
        "macros.docm": _zip({"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        "table.xlsx": _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "text.rtf": b'{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE "' + listener.encode() + b'"}}}',
        "page.html": f'<html><img src="{listener}"><script>fetch("{listener}")</script></html>'.encode(),
        "drawing.svg": svg.encode(),
        "drawing-with-declaration.svg": b'<?xml version="1.0"?>' + svg.encode(),
        "program.exe": b"MZ" + bytes(512),
        "program": b"\x7fELF\x02\x01\x01" + bytes(512),
        "script.sh": b"#!/bin/sh\nid\n",
        "printing.ps": b"%!PS-Adobe-3.0\n(%pipe%id) (r) file\n",
        "words.txt": b"Certificate of Completion",
        "nothing-but-zeros.pdf": bytes(4096),
    }
    files = (unreadable(name, content, ReasonCode.NOT_A_DOCUMENT) for name, content in contents.items())
    return (*files, unreadable("nothing.pdf", b"", ReasonCode.EMPTY_FILE))


def _zip(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return file.getvalue()


def _tar() -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()
