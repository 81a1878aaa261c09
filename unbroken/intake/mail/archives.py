"""What is packed inside an archive, as far as it can be told without unpacking it.

Listings are read from the archive's own tables; at most a few small members are opened,
each to a fixed size. Nothing here can be made to unpack without end.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

MEMBERS_MAX: Final = 5_000
UNPACKED_BYTES_MAX: Final = 4_194_304
BOMB_BYTES: Final = 1_000_000_000
BOMB_RATIO: Final = 200
PACKED_RATIO: Final = 50
_CHUNK: Final = 4_096


class Unreadable(Exception):
    """The archive's tables make no sense to us."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive; `peek` gives its first bytes, or nothing."""

    name: str
    size: int
    is_encrypted: bool = False
    peek: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What an archive holds."""

    members: tuple[Member, ...]
    is_encrypted: bool = False
    is_bomb: bool = False


def listing_of(data: bytes, name: str) -> Listing | None:
    """The listing of anything that is an archive; None for anything else."""
    try:
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
            return _zip(data)
        if data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"]\x00\x00")):
            return _packed(data, name)
        if data.startswith(b"7z\xbc\xaf\x27\x1c"):
            return _seven_zip(data)
        if data.startswith(b"Rar!\x1a\x07\x01\x00"):
            return _rar5(data)
        if data.startswith(b"Rar!\x1a\x07\x00"):
            return _rar4(data)
        if data[257:262] == b"ustar":
            return Listing(tuple(_tar(data)))
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise Unreadable from error
    return None


# zip


def _zip(data: bytes) -> Listing:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    members = list(_central(data, end)) if end >= 0 else []
    known = {member.name for member in members}
    # Some unpackers trust the local headers: what is only named there counts too.
    members += [member for member in _local(data) if member.name not in known]
    if not members and len(data) > 22:
        raise Unreadable
    total = sum(member.size for member in members)
    is_bomb = total > BOMB_BYTES or (total > 50_000_000 and total > BOMB_RATIO * len(data))
    return Listing(
        tuple(members),
        is_encrypted=any(member.is_encrypted for member in members),
        is_bomb=is_bomb or len(members) >= MEMBERS_MAX,
    )


def _central(data: bytes, end: int) -> Iterator[Member]:
    position = struct.unpack_from("<I", data, end + 16)[0]
    if data[position : position + 4] != b"PK\x01\x02":
        position = data.find(b"PK\x01\x02")
    for _ in range(MEMBERS_MAX):
        if position < 0 or data[position : position + 4] != b"PK\x01\x02":
            return
        flags, method = struct.unpack_from("<HH", data, position + 8)
        packed, size, name_length, extra, comment = struct.unpack_from(
            "<IIHHH", data, position + 20
        )
        local = struct.unpack_from("<I", data, position + 42)[0]
        name = data[position + 46 : position + 46 + name_length]
        yield Member(
            _name(name, utf8=bool(flags & 0x800)),
            size,
            bool(flags & 1),
            _zip_peek(data, local, packed, method),
        )
        position += 46 + name_length + extra + comment


def _local(data: bytes) -> Iterator[Member]:
    position = 0
    for _ in range(MEMBERS_MAX):
        position = data.find(b"PK\x03\x04", position)
        if position < 0 or position + 30 > len(data):
            return
        flags, method = struct.unpack_from("<HH", data, position + 6)
        packed, size, name_length = struct.unpack_from("<IIH", data, position + 18)
        name = data[position + 30 : position + 30 + name_length]
        if method in (0, 8, 9, 12, 14, 93, 95, 98, 99) and 0 < name_length < 1000:
            peek = _zip_peek(data, position, packed, method)
            yield Member(_name(name, utf8=bool(flags & 0x800)), size, bool(flags & 1), peek)
        position += 30


def _zip_peek(data: bytes, local: int, packed: int, method: int) -> Callable[[], bytes] | None:
    if method not in (0, 8):
        return None

    def peek() -> bytes:
        if local + 30 > len(data):
            return b""
        name_length, extra = struct.unpack_from("<HH", data, local + 26)
        start = local + 30 + name_length + extra
        content = data[start : start + packed] if packed else data[start:]
        if method == 0:
            return content[:UNPACKED_BYTES_MAX]
        return _inflated(content, -15)

    return peek


def _inflated(data: bytes, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(data, UNPACKED_BYTES_MAX)
    except zlib.error:
        return b""


def _name(raw: bytes, *, utf8: bool) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if utf8 else "cp437", "replace")


# gz, bz2, xz and a tar inside


def _packed(data: bytes, name: str) -> Listing:
    inside, read = _first_bytes(data)
    if inside[257:262] == b"ustar":
        return Listing(tuple(_tar(inside)))
    stem, dot, _ = name.rpartition(".")
    inner = _gzip_name(data) or (stem if dot else name)
    is_bomb = len(inside) >= UNPACKED_BYTES_MAX > read * PACKED_RATIO
    return Listing((Member(inner, len(inside), False, lambda: inside),), is_bomb=is_bomb)


def _first_bytes(data: bytes) -> tuple[bytes, int]:
    """What it unpacks to, up to the bound, and from how many packed bytes."""
    out = bytearray()
    read = 0
    try:
        unpack = _unpacker(data)
        while read < len(data) and len(out) < UNPACKED_BYTES_MAX:
            out += unpack(data[read : read + _CHUNK], UNPACKED_BYTES_MAX - len(out))
            read += _CHUNK
    except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError, MemoryError) as error:
        if not out:
            raise Unreadable from error
    return bytes(out), min(read, len(data))


def _unpacker(data: bytes) -> Callable[[bytes, int], bytes]:
    if data.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(31).decompress
    if data.startswith(b"BZh"):
        return bz2.BZ2Decompressor().decompress
    return lzma.LZMADecompressor(memlimit=128_000_000).decompress


def _gzip_name(data: bytes) -> str:
    if not data.startswith(b"\x1f\x8b") or len(data) < 11 or not data[3] & 8:
        return ""
    start = 10
    if data[3] & 4:
        start += 2 + struct.unpack_from("<H", data, 10)[0]
    end = data.find(b"\0", start, start + 1000)
    return data[start:end].decode("latin-1") if end > start else ""


def _tar(data: bytes) -> Iterator[Member]:
    position = 0
    long_name = ""
    for _ in range(MEMBERS_MAX):
        block = data[position : position + 512]
        if len(block) < 512 or not block.strip(b"\0"):
            return
        size = int(block[124:136].strip(b" \0") or b"0", 8)
        name = _name(block[:100].split(b"\0")[0], utf8=True)
        prefix = _name(block[345:500].split(b"\0")[0], utf8=True)
        body = data[position + 512 : position + 512 + min(size, UNPACKED_BYTES_MAX)]
        if block[156:157] == b"L":
            long_name = _name(body.rstrip(b"\0"), utf8=True)
        else:
            full = long_name or (f"{prefix}/{name}" if prefix else name)
            yield Member(full, size, False, lambda body=body: body)  # type: ignore[misc]
            long_name = ""
        position += 512 + (size + 511) // 512 * 512


# rar


def _rar4(data: bytes) -> Listing:
    members: list[Member] = []
    position = 7
    while position + 7 <= len(data) and len(members) < MEMBERS_MAX:
        kind, flags, size = struct.unpack_from("<BHH", data, position + 2)
        if kind == 0x73 and flags & 0x80:
            return Listing((), is_encrypted=True)
        extra = 0
        if kind == 0x74:
            extra, unpacked = struct.unpack_from("<II", data, position + 7)
            name_length = struct.unpack_from("<H", data, position + 26)[0]
            offset = position + 32 + (8 if flags & 0x100 else 0)
            name = data[offset : offset + name_length].split(b"\0")[0]
            members.append(Member(_name(name, utf8=True), unpacked, bool(flags & 4)))
        elif flags & 0x8000:
            extra = struct.unpack_from("<I", data, position + 7)[0]
        if size < 7 or kind == 0x7B:
            break
        position += size + extra
    return Listing(tuple(members), is_encrypted=any(member.is_encrypted for member in members))


def _rar5(data: bytes) -> Listing:
    members: list[Member] = []
    position = 8
    while position + 7 < len(data) and len(members) < MEMBERS_MAX:
        size, at = _varint(data, position + 4)
        following = at + size
        kind, at = _varint(data, at)
        flags, at = _varint(data, at)
        extra = body = 0
        if flags & 1:
            extra, at = _varint(data, at)
        if flags & 2:
            body, at = _varint(data, at)
        if kind == 4:
            return Listing((), is_encrypted=True)
        if kind == 2:
            members.append(_rar5_member(data, at, data[following - extra : following]))
        if kind == 5 or size == 0:
            break
        position = following + body
    return Listing(tuple(members), is_encrypted=any(member.is_encrypted for member in members))


def _rar5_member(data: bytes, at: int, extra: bytes) -> Member:
    flags, at = _varint(data, at)
    unpacked, at = _varint(data, at)
    _, at = _varint(data, at)
    at += (4 if flags & 2 else 0) + (4 if flags & 4 else 0)
    _, at = _varint(data, at)
    _, at = _varint(data, at)
    length, at = _varint(data, at)
    is_encrypted = len(extra) > 1 and extra[1] == 1
    return Member(_name(data[at : at + length], utf8=True), unpacked, is_encrypted)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    for _ in range(10):
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError


# 7z


def _seven_zip(data: bytes) -> Listing:
    offset, size = struct.unpack_from("<QQ", data, 12)
    head = data[32 + offset : 32 + offset + min(size, UNPACKED_BYTES_MAX)]
    if not head:
        raise Unreadable
    if b"\x06\xf1\x07\x01" in head:
        return Listing((), is_encrypted=True)
    if head[0] == 0x17:
        head = _seven_zip_head(data, head)
    if b"\x06\xf1\x07\x01" in head:
        return Listing((), is_encrypted=True)
    return Listing(tuple(Member(name, 0) for name in _seven_zip_names(head)))


def _seven_zip_head(data: bytes, head: bytes) -> bytes:
    """The table itself is usually packed, in one LZMA stream whose settings stand here."""
    at = head.index(b"\x06") + 1
    pack_at, at = _seven_number(head, at)
    _, at = _seven_number(head, at)
    at = head.index(b"\x09", at) + 1
    packed, at = _seven_number(head, at)
    coder = head.index(b"\x03\x01\x01\x05", at)
    settings = head[coder + 4 : coder + 9]
    sizes = head.index(b"\x0c", coder + 9) + 1
    unpacked, _ = _seven_number(head, sizes)
    if unpacked > UNPACKED_BYTES_MAX:
        raise Unreadable
    stream = settings + struct.pack("<Q", unpacked) + data[32 + pack_at : 32 + pack_at + packed]
    try:
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=128_000_000)
        return unpacker.decompress(stream, UNPACKED_BYTES_MAX)
    except (lzma.LZMAError, EOFError, MemoryError) as error:
        raise Unreadable from error


def _seven_number(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    value = 0
    mask = 0x80
    for extra in range(8):
        if not first & mask:
            return value | (first & (mask - 1)) << (8 * extra), at + 1 + extra
        value |= data[at + 1 + extra] << (8 * extra)
        mask >>= 1
    return value, at + 9


def _seven_zip_names(head: bytes) -> Iterator[str]:
    """Names are UTF-16 with a zero after each, in the property that begins with 0x11."""
    at = head.find(b"\x05")
    while at >= 0:
        at = head.find(b"\x11", at)
        if at < 0:
            return
        length, start = _seven_number(head, at + 1)
        if start < len(head) and head[start] == 0 and 2 < length <= len(head) - start:
            text = head[start + 1 : start + length].decode("utf-16-le", "replace")
            if "\0" in text:
                yield from text.split("\0")[:MEMBERS_MAX]
                return
        at += 1
