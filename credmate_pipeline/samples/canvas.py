"""What ReportLab draws on: the same bytes each time, and streams as they are."""

from typing import IO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

# Written as text, the picture of a page takes longer than all of its drawing.
rl_config.useA85 = 0


def open_canvas(file: IO[bytes], size: tuple[float, float]) -> Canvas:
    """A canvas whose first page has the size `size`, in points."""
    return Canvas(file, pagesize=size, invariant=1, pageCompression=1)
