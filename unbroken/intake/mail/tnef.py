"""winmail.dat: the envelope Exchange puts around attachments for its own kind (MS-OXTNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from unbroken.intake.mail import charsets, rtf

ATTACHMENTS_MAX: Final = 500
_SIGNATURE: Final = 0x223E9F78
_BODY: Final = 0x0002800C
_CODEPAGE: Final = 0x00069007
_MESSAGE: Final = 0x00069003
_ATTACHMENT_BEGINS: Final = 0x00069002
_ATTACHMENT_TITLE: Final = 0x00018010
_ATTACHMENT_DATA: Final = 0x0006800F
_ATTACHMENT_PROPERTIES: Final = 0x00069005
_SIZES: Final = {
    0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
    0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip


@dataclass(slots=True)
class Attachment:
    """One file of the envelope."""

    name: str = ""
    type: str = ""
    content_id: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Envelope:
    """What was inside."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)


def opened(data: bytes) -> Envelope | None:
    """The contents; None when this is no such envelope."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None
    envelope = Envelope()
    codec = "cp1252"
    for name, value in _attributes(data):
        if name == _CODEPAGE and len(value) >= 4:
            codec = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BODY:
            envelope.text = charsets.decode(value.rstrip(b"\0"), codec)
        elif name == _MESSAGE:
            _read_message(envelope, value, codec)
        elif name == _ATTACHMENT_BEGINS and len(envelope.attachments) < ATTACHMENTS_MAX:
            envelope.attachments.append(Attachment())
        elif envelope.attachments:
            _read_attachment(envelope.attachments[-1], name, value, codec)
    envelope.attachments = [found for found in envelope.attachments if found.data or found.name]
    return envelope


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        name, length = struct.unpack_from("<II", data, at + 1)
        if at + 9 + length > len(data):
            return
        yield name, data[at + 9 : at + 9 + length]
        at += 11 + length


def _read_message(envelope: Envelope, value: bytes, codec: str) -> None:
    for key, content in _properties(value):
        if key == 0x1013:
            envelope.html = charsets.decode(content, codec)
        elif key == 0x1000 and not envelope.text:
            envelope.text = _text(content, codec)
        elif key == 0x1009 and not envelope.html:
            text, is_html = rtf.read(rtf.unpacked(content))
            if is_html:
                envelope.html = text
            elif not envelope.text:
                envelope.text = text


def _read_attachment(found: Attachment, name: int, value: bytes, codec: str) -> None:
    if name == _ATTACHMENT_TITLE and not found.name:
        found.name = charsets.decode(value.rstrip(b"\0"), codec)
    elif name == _ATTACHMENT_DATA:
        found.data = value
    elif name == _ATTACHMENT_PROPERTIES:
        for key, content in _properties(value):
            if key == 0x3707:
                found.name = _text(content, codec) or found.name
            elif key == 0x3704 and not found.name:
                found.name = _text(content, codec)
            elif key == 0x370E:
                found.type = _text(content, codec).lower()
            elif key == 0x3712:
                found.content_id = _text(content, codec).strip("<>")
            elif key == 0x3701 and not found.data:
                found.data = content[16:] if content[:4] == b"\x07\x03\x02\x00" else content


def _text(content: bytes, codec: str) -> str:
    if content[1:2] == b"\0" and len(content) % 2 == 0:
        return charsets.tidy(content.decode("utf-16-le", "replace")).strip()
    return charsets.decode(content.rstrip(b"\0"), codec).strip()


def _properties(value: bytes) -> Iterator[tuple[int, bytes]]:
    """MAPI properties: their number and their first value."""
    if len(value) < 4:
        return
    count = min(struct.unpack_from("<I", value)[0], 5_000)
    at = 4
    for _ in range(count):
        if at + 4 > len(value):
            return
        kind, key = struct.unpack_from("<HH", value, at)
        at += 4
        if key >= 0x8000:
            at = _past_name(value, at)
        content, at = _value(value, at, kind)
        if content is None:
            return
        yield key, content


def _past_name(value: bytes, at: int) -> int:
    """Named properties carry their set and their name before the value."""
    if at + 24 > len(value):
        return len(value)
    if struct.unpack_from("<I", value, at + 16)[0] == 0:
        return at + 24
    length = struct.unpack_from("<I", value, at + 20)[0]
    return at + 24 + _padded(length)


def _value(value: bytes, at: int, kind: int) -> tuple[bytes | None, int]:
    many = kind & 0x1000
    kind &= 0x0FFF
    count = 1
    if many or kind in (0x000D, 0x001E, 0x001F, 0x0102):
        if at + 4 > len(value):
            return None, at
        count = struct.unpack_from("<I", value, at)[0]
        at += 4
    first: bytes | None = None
    for number in range(min(count, 1_000)):
        if kind in _SIZES:
            content, at = value[at : at + _SIZES[kind]], at + _SIZES[kind]
        elif at + 4 <= len(value) and kind in (0x000D, 0x001E, 0x001F, 0x0102):
            length = struct.unpack_from("<I", value, at)[0]
            content = value[at + 4 : at + 4 + length]
            at += 4 + _padded(length)
        else:
            return None, at
        first = content if number == 0 else first
    return (first if first is not None else b""), at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
