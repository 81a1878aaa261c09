"""Mails wrapped whole into a signature (S/MIME signed-data): what was signed is taken out.

Only unwrapped, never verified: whether a signature is true is not this room's question.
"""

from typing import Final

DEPTH_MAX: Final = 12
_SIGNED: Final = bytes.fromhex("2a864886f70d010702")
_ENVELOPED: Final = bytes.fromhex("2a864886f70d010703")
_DATA: Final = bytes.fromhex("2a864886f70d010701")

# One element: its tag, where its contents begin and end, where the next one begins.
_Element = tuple[int, int, int, int]


class _Broken(Exception):
    """The bytes are not what they say."""


def is_encrypted(data: bytes) -> bool:
    """Whether only its recipient can read this."""
    return _ENVELOPED in data[:200]


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity inside signed-data; None when there is none."""
    if _SIGNED not in data[:200]:
        return None
    try:
        return _content(data)
    except (_Broken, IndexError):
        return None


def _content(data: bytes) -> bytes | None:
    info = _children(data, _element(data, 0, len(data)))
    signed = _children(data, _children(data, info[1])[0])
    for element in signed:
        if element[0] != 0x30:
            continue
        parts = _children(data, element)
        if len(parts) > 1 and data[parts[0][1] : parts[0][2]] == _DATA:
            return _octets(data, parts[1], 0)
    return None


def _element(data: bytes, at: int, end: int) -> _Element:
    if at + 2 > end:
        raise _Broken
    tag, length = data[at], data[at + 1]
    start = at + 2
    if length == 0x80:
        return tag, start, -1, -1
    if length > 0x80:
        count = length & 0x7F
        if count > 8:
            raise _Broken
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > end:
        raise _Broken
    return tag, start, start + length, start + length


def _children(data: bytes, parent: _Element, depth: int = 0) -> list[_Element]:
    """The elements inside; one of indefinite length ends at two zeros."""
    if depth > DEPTH_MAX:
        raise _Broken
    _, at, end, _ = parent
    found: list[_Element] = []
    while at < (end if end >= 0 else len(data)):
        if end < 0 and data[at : at + 2] == b"\0\0":
            return found
        tag, start, stop, following = _element(data, at, end if end >= 0 else len(data))
        if stop < 0:
            inside = _children(data, (tag, start, -1, -1), depth + 1)
            last = inside[-1][3] if inside else start
            stop, following = last, last + 2
        found.append((tag, start, stop, following))
        at = following
    return found


def _octets(data: bytes, element: _Element, depth: int) -> bytes:
    if depth > DEPTH_MAX:
        raise _Broken
    tag, start, stop, _ = element
    if tag == 0x04:
        return data[start:stop]
    return b"".join(_octets(data, child, depth + 1) for child in _children(data, element))
