"""The first page of a PDF as a picture, in a process of its own that may take so much and no more.

    python -I first_page.py < file.pdf > page.png

A stranger's file is drawn here and nowhere else, without scripts, forms or links; one that would
eat the memory, the processor or the drawer itself ends this process and nothing beside it.
Status: 0 drawn, 1 not to be drawn. Standard library and a drawer of PDF only.
"""

import contextlib
import resource
import struct
import sys
import zlib

WIDTH_MAX, HEIGHT_MAX = 900, 1300
SIDE_POINTS_MAX = 20_000
"""A side of a page, in points of 1/72 inch; the standard ends at 14,400."""
MEMORY_BYTES_MAX = 768 * 1024 * 1024
PROCESSOR_SECONDS_MAX = 5
UNDRAWABLE = 1


def png_of(data: bytes) -> bytes:
    """The first page, no larger than a sheet on a screen."""
    import pypdfium2

    page = pypdfium2.PdfDocument(data)[0]
    width, height = page.get_size()
    if not (0 < width <= SIDE_POINTS_MAX and 0 < height <= SIDE_POINTS_MAX):
        raise ValueError("no such paper")
    scale = min(WIDTH_MAX / width, HEIGHT_MAX / height)
    drawn = page.render(
        scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True,
        prefer_bgrx=False, force_bitmap_format=None, fill_color=(255, 255, 255, 255),
    )  # fmt: skip
    return png(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, drawn.n_channels)


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of grey, RGB or RGBA bytes as a PNG (ISO/IEC 15948): each row begins with filter 0."""
    colour = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(
        b"\0" + pixels[row * stride : row * stride + width * channels] for row in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def main() -> int:
    """Draw what is handed in."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES_MAX),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS_MAX),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system lets every limit be set
            resource.setrlimit(what, (most, most))
    try:
        picture = png_of(sys.stdin.buffer.read())
    except Exception as error:  # whatever a hostile file makes the drawer raise
        sys.stderr.write(f"{type(error).__name__}: {error}\n"[:500])
        return UNDRAWABLE
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
