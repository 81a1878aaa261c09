"""Pictures in articles: what they really are, who sees them, and what they do not tell."""

import struct
import zlib

import pytest

from unbroken.knowledge.markdown import to_html, to_plain
from unbroken.knowledge.pictures.reading import NotAPicture, read_picture


def png(width: int = 2, height: int = 1, more: bytes = b"") -> bytes:
    """The smallest there is, with more chunks if wished."""
    rows = (b"\0" + b"\xff\0\0" * 2) * 1
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A photograph's head with these segments before it."""
    frame = (0xC0, b"\x08" + struct.pack(">HH", 40, 60) + b"\x01\x01\x11\x00")
    out = b"\xff\xd8"
    for marker, body in (*segments, frame, (0xDA, b"\x01\x01\x00\x00\x3f\x00")):
        out += bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return out + b"pixels\xff\xd9"


def exif(orientation: int) -> bytes:
    """What a camera writes: how it was held, and where."""
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack("<HHII", 0x8825, 4, 1, 99)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + b"\0\0\0\0" + b"GPS 52.52 13.40"


def test_what_the_camera_knew_is_left_out_but_not_how_it_was_held() -> None:
    photo = read_picture(jpeg((0xE1, exif(6)), (0xED, b"Photoshop Anneke"), (0xFE, b"by Anneke")))
    drawn = read_picture(png(more=chunk(b"tEXt", b"Author\0Anneke") + chunk(b"eXIf", exif(1))))

    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 60, 40)
    for told in (b"GPS", b"Anneke"):
        assert told not in photo.data + drawn.data
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in photo.data
    assert photo.data.endswith(b"pixels\xff\xd9")
    assert drawn.data == png()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>\x89PNG\r\n\x1a\n",
        png()[:-8],
        png(width=60_000),
        b"\xff\xd8\xff\xe1\xff\xff",
        b"RIFF\0\0\0\0WEBPVP8X\xff\xff\xff\x7f",
        b"GIF89a\0\0\0\0",
    ],
)
def test_what_is_no_picture_is_not_taken_in(data: bytes) -> None:
    """The attacks: a page that runs, a torn file, one that eats a phone's memory."""
    with pytest.raises(NotAPicture):
        read_picture(data)


def test_only_pictures_of_ours_are_shown_and_a_mail_says_what_they_show() -> None:
    ours = "![A **dark** lamp](picture/7-lamp.png)"

    assert to_html(ours) == (
        '<p><img src="/help/pictures/7-lamp.png" alt="A dark lamp" loading="lazy"></p>\n'
    )
    assert to_plain(f"See {ours}.") == "See A dark lamp."
    for wrong in ("https://e.example/x.png", "picture/../x.png", "picture/7-x.svg", "/help/x.png"):
        assert "<img" not in to_html(f"![x]({wrong})"), wrong
