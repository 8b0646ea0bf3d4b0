"""PDFs whose structure is wrong: tables that lie, trees that loop or never end, files cut or locked."""

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.hostile.hostile_file import READ, HostileFile, read_anyway, unreadable
from credmate_pipeline.samples.hostile.raw_pdf import HEADER, certificate_lines, one_page, raw_pdf, stream
from credmate_pipeline.samples.sheet import SANS, Sheet

DEEP = 20_000
PAGES = 5_000
_GONE = (ReasonCode.DAMAGED, ReasonCode.NO_PAGES)


def broken_files(lines: tuple[str, ...]) -> tuple[HostileFile, ...]:
    """Every such file; certificates among them print `lines`."""
    good = one_page(certificate_lines(lines))
    whole = raw_pdf(good)
    return (
        read_anyway("lying-xref.pdf", raw_pdf(good, offsets={3: 7, 4: 9_999_999}), attempt="points objects elsewhere"),
        read_anyway("lying-startxref.pdf", raw_pdf(good, startxref=2**31), attempt="points its table past the end"),
        HostileFile(
            "xref-loop.pdf",
            _xref_loop(good),
            READ | {DocumentStatus.UNREADABLE},
            frozenset(_GONE),
            "a table that names itself as the one before",
        ),
        unreadable("page-tree-loop.pdf", _page_tree_loop(), *_GONE, attempt="pages that are their own parents"),
        unreadable(
            "huge-count.pdf", _huge_count(), *_GONE, ReasonCode.TOO_MANY_PAGES, attempt="says it has 2^31 pages"
        ),
        unreadable("many-pages.pdf", _many_pages(), ReasonCode.TOO_MANY_PAGES, attempt=f"has {PAGES} pages"),
        HostileFile(
            "deep-arrays.pdf",
            raw_pdf({**good, 5: "[" * DEEP + "]" * DEEP}, trailer="/Info 5 0 R"),
            READ | {DocumentStatus.UNREADABLE},
            frozenset(_GONE),
            "nests arrays to overflow the stack",
        ),
        HostileFile(
            "deep-page-tree.pdf",
            _deep_page_tree(lines),
            READ | {DocumentStatus.UNREADABLE},
            frozenset((*_GONE, ReasonCode.BLANK)),
            "nests pages to overflow the stack",
        ),
        HostileFile(
            "form-loop.pdf",
            _form_loop(lines),
            READ | {DocumentStatus.UNREADABLE},
            frozenset(_GONE),
            "a drawing that draws itself",
        ),
        unreadable("cut.pdf", whole[: whole.index(b"/Type /Page ")], *_GONE, attempt="ends in its middle"),
        unreadable("header-only.pdf", HEADER, *_GONE),
        unreadable("locked.pdf", _locked("secret"), ReasonCode.ENCRYPTED, attempt="asks for a password"),
        HostileFile("locked-by-nothing.pdf", _locked(""), frozenset({DocumentStatus.UNSUPPORTED})),
    )


def _xref_loop(objects: dict[int, str | bytes]) -> bytes:
    """Both tables name each other as the one before."""
    first = raw_pdf(objects)
    table = first.index(b"xref\n0")
    return raw_pdf(objects, trailer=f"/Prev {table}")


def _page_tree_loop() -> bytes:
    return raw_pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
            3: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
        }
    )


def _huge_count() -> bytes:
    return raw_pdf({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 2147483647 >>"})


def _many_pages() -> bytes:
    numbers = range(5, 5 + PAGES)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    pages = dict.fromkeys(numbers, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>")
    return raw_pdf({**one_page(b""), **pages, 2: f"<< /Type /Pages /Kids [{kids}] /Count {PAGES} >>"})


def _deep_page_tree(lines: tuple[str, ...]) -> bytes:
    objects = one_page(certificate_lines(lines))
    first, last = 5, 5 + DEEP
    for number in range(first, last):
        below = number + 1 if number + 1 < last else 3
        objects[number] = f"<< /Type /Pages /Kids [{below} 0 R] /Count 1 /Parent {max(number - 1, 2)} 0 R >>"
    return raw_pdf({**objects, 2: f"<< /Type /Pages /Kids [{first} 0 R] /Count 1 >>"})


def _form_loop(lines: tuple[str, ...]) -> bytes:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 5 0 R /Y 5 0 R >> >>"
    contents = certificate_lines(lines) + b"\n/X Do"
    return raw_pdf(
        one_page(contents, resources="/XObject << /X 5 0 R >>", more={5: stream(b"/X Do /Y Do /X Do", form)})
    )


def _locked(password: str) -> bytes:
    sheet = Sheet(face=SANS)
    sheet.say("The minutes of the meeting of the garden society", size=20)
    sheet.say("were read aloud and the roses were admired by everybody", size=14)
    return sheet.finish(password=password)
