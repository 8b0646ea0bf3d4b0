"""Writes PDFs object by object, so that any part of them can be wrong."""

from collections.abc import Mapping

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

ObjectBody = str | bytes


def raw_pdf(
    objects: Mapping[int, ObjectBody],
    *,
    root: int = 1,
    trailer: str = "",
    startxref: int | None = None,
    offsets: Mapping[int, int] | None = None,
) -> bytes:
    """A file of these numbered objects. `offsets` lies about where objects lie, `startxref` about the table itself."""
    content, places = bytearray(HEADER), {}
    for number, body in sorted(objects.items()):
        places[number] = len(content)
        content += f"{number} 0 obj\n".encode() + _bytes(body) + b"\nendobj\n"
    places |= offsets or {}
    table = len(content)
    size = max(objects) + 1
    content += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        used = number in places
        content += f"{places.get(number, 0):010d} 00000 {'n' if used else 'f'} \n".encode()
    content += f"trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\n".encode()
    content += f"startxref\n{table if startxref is None else startxref}\n%%EOF\n".encode()
    return bytes(content)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object's body."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def one_page(
    contents: bytes,
    *,
    resources: str = "",
    catalog: str = "",
    page: str = "",
    more: Mapping[int, ObjectBody] | None = None,
) -> dict[int, ObjectBody]:
    """Objects 1 to 4 of a letter page with these contents, and `more` from 5 on; Helvetica is `/F1`."""
    font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        f"/Resources << {font} {resources} >> {page} >>",
        4: stream(contents),
        **(more or {}),
    }


def certificate_lines(lines: tuple[str, ...]) -> bytes:
    """Page contents that print these lines, one below the other."""
    shown = "".join(f"1 0 0 1 72 {700 - 30 * number} Tm ({line}) Tj\n" for number, line in enumerate(lines))
    return f"BT /F1 14 Tf\n{shown}ET".encode()


def _bytes(body: ObjectBody) -> bytes:
    return body.encode("latin-1") if isinstance(body, str) else body
