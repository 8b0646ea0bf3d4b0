"""Small files that ask for far more memory or time than they weigh."""

import struct
import zlib

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.hostile.hostile_file import OTHER_PAPER, READ, HostileFile, unreadable
from credmate_pipeline.samples.hostile.raw_pdf import certificate_lines, one_page, raw_pdf, stream

SIDE = 60_000
"""Pixels: a picture of so many on a side has 3.6 billion."""
INFLATED_BYTES = 1 << 28
_TOO_MUCH = frozenset(
    {
        ReasonCode.DAMAGED,
        ReasonCode.BLANK,
        ReasonCode.TOO_LARGE,
        ReasonCode.NO_READABLE_FIELDS,
        ReasonCode.READER_OUT_OF_MEMORY,
        ReasonCode.READER_TIMED_OUT,
    }
)
_STOPPED = frozenset({DocumentStatus.UNREADABLE, DocumentStatus.FAILED})


def bombs(lines: tuple[str, ...]) -> tuple[HostileFile, ...]:
    """Every such file; certificates among them print `lines`."""
    gigapixel = (
        f"/Type /XObject /Subtype /Image /Width {SIDE} /Height {SIDE} /BitsPerComponent 1 /ColorSpace /DeviceGray"
    )
    packed = zlib.compress(bytes(1 << 20), 9)
    return (
        unreadable("gigapixel.png", _png(SIDE, SIDE), ReasonCode.TOO_LARGE, attempt="3.6 billion pixels"),
        unreadable("gigapixel.tiff", _tiff(SIDE, SIDE), ReasonCode.TOO_LARGE, attempt="3.6 billion pixels"),
        unreadable(
            "endless.tiff",
            _looping_tiff(),
            ReasonCode.DAMAGED,
            ReasonCode.NO_READABLE_FIELDS,
            ReasonCode.BLANK,
            ReasonCode.BLANK,
            attempt="frames that loop",
        ),
        HostileFile(
            "gigapixel-fax.pdf",
            _with_image(
                b"\x00\x01" * 50, f"{gigapixel} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {SIDE} >>"
            ),
            _STOPPED,
            _TOO_MUCH,
            "a fax of 3.6 billion pixels in 100 bytes",
        ),
        HostileFile(
            "gigapixel-jbig2.pdf",
            _with_image(_jbig2(SIDE), f"{gigapixel} /Filter /JBIG2Decode"),
            _STOPPED,
            _TOO_MUCH,
            "a JBIG2 page of 3.6 billion pixels in 30 bytes",
            is_slow=True,
        ),
        HostileFile(
            "gigapixel-flate.pdf",
            _with_image(packed, f"{gigapixel} /Filter /FlateDecode"),
            _STOPPED,
            _TOO_MUCH,
            "a picture that is far shorter than it says",
        ),
        HostileFile(
            "inflating-contents.pdf",
            raw_pdf({**one_page(b""), 4: stream(_nested_zip(INFLATED_BYTES), "/Filter [/FlateDecode /FlateDecode]")}),
            _STOPPED,
            _TOO_MUCH,
            "page contents that unpack to a quarter of a gigabyte",
            is_slow=True,
        ),
        HostileFile(
            "inflating-metadata.pdf",
            raw_pdf(
                one_page(
                    certificate_lines(lines),
                    catalog="/Metadata 5 0 R",
                    more={5: stream(_nested_zip(INFLATED_BYTES), "/Filter [/FlateDecode /FlateDecode]")},
                )
            ),
            READ,
            attempt="metadata that unpack to a quarter of a gigabyte",
        ),
        HostileFile(
            "huge-page.pdf",
            raw_pdf(one_page(certificate_lines(lines), page="/UserUnit 10000")),
            READ | OTHER_PAPER | {DocumentStatus.UNREADABLE},
            _TOO_MUCH,
            "a page as large as a town",
        ),
        HostileFile(
            "many-strokes.pdf",
            raw_pdf({**one_page(b""), 4: stream(zlib.compress(_strokes(400_000), 9), "/Filter /FlateDecode")}),
            _STOPPED | OTHER_PAPER,
            _TOO_MUCH,
            "a page of 400,000 strokes",
            is_slow=True,
        ),
    )


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = packer.compress(bytes(1 << 20)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _tiff(width: int, height: int) -> bytes:
    entries = [(256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8), (279, 4, 1)]
    table = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries
    )
    return b"II*\x00" + struct.pack("<I", 8) + table + struct.pack("<I", 0)


def _looping_tiff() -> bytes:
    """Each of two frames names the other as the next."""
    first = _tiff(8, 8)[:-4]
    second_at = len(first) + 4
    second = _tiff(8, 8)[8:-4] + struct.pack("<I", 8)
    return first + struct.pack("<I", second_at) + second


def _with_image(data: bytes, entries: str) -> bytes:
    contents = b"q 612 0 0 792 0 0 cm /Im0 Do Q"
    return raw_pdf(one_page(contents, resources="/XObject << /Im0 5 0 R >>", more={5: stream(data, entries)}))


def _jbig2(side: int) -> bytes:
    """A page of that side and nothing on it."""
    page = struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    return struct.pack(">IBBBI", 0, 0x30, 0, 1, len(page)) + page


def _nested_zip(byte_count: int) -> bytes:
    """So many zeros, packed twice."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    once = b"".join(packer.compress(block) for _ in range(byte_count >> 20)) + packer.flush()
    return zlib.compress(once, 9)


def _strokes(count: int) -> bytes:
    return b"".join(b"%d %d m %d %d l S\n" % (n % 612, n % 792, (n * 7) % 612, (n * 13) % 792) for n in range(count))
