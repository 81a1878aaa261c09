"""A picture as it came: what it really is, how large, and without what its camera wrote into it.

Pure. PNG (ISO/IEC 15948), JPEG (ITU T.81, Exif 2.3), GIF (89a) and WebP (RFC 9649) are known by
their first bytes, never by a name. A photograph says where it was taken and with which device: all
that is left out, but for the way it is held. Whatever is not one of the four is no picture here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BYTES_MAX: Final = 5_000_000
SIDE_MAX: Final = 10_000
"""Pixels. More is a poster, or a trap for the memory of a phone."""

PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"}
    | {b"sBIT", b"bKGD", b"acTL", b"fcTL", b"fdAT"}
)
ORIENTATION: Final = 0x0112
ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


class NotAPicture(Exception):
    """It is none of the four, or not whole."""


@dataclass(frozen=True, slots=True)
class Read:
    """A picture ready to be kept."""

    media_type: str
    width: int
    height: int
    data: bytes


def read_picture(data: bytes) -> Read:
    """What these bytes are; refused when they are no picture, or a very large one."""
    try:
        found = _read(data)
    except (struct.error, IndexError, ValueError) as error:
        raise NotAPicture from error
    if not (0 < found.width <= SIDE_MAX and 0 < found.height <= SIDE_MAX):
        raise NotAPicture
    return found


def _read(data: bytes) -> Read:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", data[6:10])
        return Read("image/gif", width, height, data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    raise NotAPicture


def _png(data: bytes) -> Read:
    kept = [data[:8]]
    at = 8
    width, height = struct.unpack(">II", data[16:24])
    while True:
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise NotAPicture
        if kind in PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return Read("image/png", width, height, b"".join(kept))
        at = end


def _jpeg(data: bytes) -> Read:
    kept, size, turned = [b"\xff\xd8"], (0, 0), 1
    for marker, segment, at in _segments(data):
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", segment[5:9])
            size = (width, height)
        if marker == 0xDA:
            kept.append(data[at:])
            break
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE) or marker in (0xE2, 0xEE):
            kept.append(segment)  # 0xE2 holds the colour profile, 0xEE how the colours are coded
    if turned != 1:
        kept.insert(1, _exif(turned))
    return Read("image/jpeg", *size, b"".join(kept))


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, segment with its marker, and place, up to where the picture itself begins."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotAPicture
        marker = data[at + 1]
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        yield marker, data[at : at + 2 + length], at
        if marker == 0xDA:
            return
        at += 2 + length
    raise NotAPicture


def _orientation(tiff: bytes) -> int:
    """How the camera was held: 1 to 8; 1 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (place,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[place : place + 2])
    for number in range(min(count, 200)):
        entry = tiff[place + 2 + 12 * number : place + 14 + 12 * number]
        tag, _kind, _many, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1


def _exif(turned: int) -> bytes:
    """An Exif segment that says how the picture is held, and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _webp(data: bytes) -> Read:
    chunks, at, size = [], 12, (0, 0)
    while at + 8 <= len(data):
        kind, (length,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        body = data[at + 8 : at + 8 + length]
        if len(body) != length:
            raise NotAPicture
        if kind == b"VP8X":
            size = (_three(body[4:7]) + 1, _three(body[7:10]) + 1)
            body = bytes([body[0] & ~0x0C]) + body[1:]  # says that neither Exif nor XMP follows
        elif kind == b"VP8 " and size == (0, 0):
            width, height = struct.unpack("<HH", body[6:10])
            size = (width & 0x3FFF, height & 0x3FFF)
        elif kind == b"VP8L" and size == (0, 0):
            (bits,) = struct.unpack("<I", body[1:5])
            size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        if kind not in (b"EXIF", b"XMP "):
            chunks.append(kind + struct.pack("<I", length) + body + b"\0" * (length % 2))
        at += 8 + length + length % 2
    whole = b"WEBP" + b"".join(chunks)
    return Read("image/webp", *size, b"RIFF" + struct.pack("<I", len(whole)) + whole)


def _three(data: bytes) -> int:
    return int.from_bytes(data, "little")
