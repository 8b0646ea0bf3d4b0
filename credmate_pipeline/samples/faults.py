"""Files that are not what they should be, each in one way."""

from io import BytesIO
from random import Random
from zipfile import ZipFile, ZipInfo

from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.files import scan_pdf
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.samples.sheet import SANS, Sheet

PASSWORD = "not for you"  # noqa: S105 - opens an invented document.


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    sheet = Sheet(face=SANS)
    sheet.say("Certificate of Completion", size=20)
    return sheet.finish(password=PASSWORD)


def truncated(pdf: bytes) -> bytes:
    """An upload that stopped: the head of a scan, with no page in it yet."""
    scan = scan_pdf(rasterize(pdf, 150), 150, quality=70)
    return scan[: scan.index(b"stream") + 600]


def blank_page() -> bytes:
    """A scan of the back of the paper."""
    return scan_pdf(rasterize(Sheet().finish(), 150), 150, quality=70)


def word_file() -> bytes:
    """A text document as word processors save it."""
    file = BytesIO()
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "word/document.xml": "<document><body><p>Certificate of Completion</p></body></document>",
    }
    with ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return file.getvalue()


def lying_text_layer(drawn: Drawn, rng: Random) -> bytes:
    """A scan of the page that looks searchable, but whose hidden text names somebody else and more credits."""
    somebody = draw_person(rng)
    lie = (
        "CERTIFICATE OF CREDIT",
        "certifies that",
        f"{somebody.name}, MD",
        "has participated in the enduring material titled",
        "Everything There Is to Know About Medicine",
        "on January 2, 2020",
        "and is awarded 49.75 AMA PRA Category 1 Credits",
    )
    return scan_pdf(rasterize(drawn.pdf, 300), 300, quality=85, hidden_lines=lie)
