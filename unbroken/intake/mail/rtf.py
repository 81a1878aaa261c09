"""Compressed RTF, as Exchange sends it inside winmail.dat, read as text or as the HTML it hides."""

import html as entities
import re
import struct
from typing import Final

from unbroken.intake.mail import charsets

RTF_BYTES_MAX: Final = 4_194_304
_DICTIONARY: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
)
_UNSEEN: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer themedata datastore generator "
    b"listtable listoverridetable rsidtbl xmlnstbl latentstyles mhtmltag".split()
)
_LETTERS: Final = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}


def unpacked(data: bytes) -> bytes:
    """LZFu undone (MS-OXRTFCP), up to a fixed size."""
    if len(data) < 16:
        return b""
    _, size, kind = struct.unpack_from("<III", data)
    if kind == 0x414C454D:
        return data[16 : 16 + min(size, RTF_BYTES_MAX)]
    if kind != 0x75465A4C:
        return b""
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    out = bytearray()
    write, at = len(_DICTIONARY), 16
    limit = min(size, RTF_BYTES_MAX)
    while at < len(data) and len(out) < limit:
        control = data[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 1 >= len(data):
                    return bytes(out)
                token = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write % 4096:
                    return bytes(out)
                for step in range(length):
                    letter = window[(offset + step) % 4096]
                    window[write % 4096] = letter
                    write += 1
                    out.append(letter)
            else:
                if at >= len(data):
                    return bytes(out)
                window[write % 4096] = data[at]
                write += 1
                out.append(data[at])
                at += 1
    return bytes(out[:limit])


class _Reader:
    """Groups, charsets and what is hidden, while the tokens go by."""

    def __init__(self, *, is_html: bool) -> None:
        self.out: list[str] = []
        self.pending = bytearray()
        self.codec = "cp1252"
        self.is_html = is_html
        self.groups: list[tuple[bool, bool]] = []
        self.unseen = False
        self.in_tag = False
        self.skip_letters = 0

    def flush(self) -> None:
        if self.pending:
            self.out.append(charsets.decode(bytes(self.pending), self.codec))
            self.pending.clear()

    def put(self, text: str, *, raw: bool = False) -> None:
        self.flush()
        self.out.append(
            text if raw or not self.is_html or self.in_tag else entities.escape(text, quote=False)
        )


def read(rtf: bytes) -> tuple[str, bool]:
    """The text of an RTF document, and whether it is HTML that was wrapped in it."""
    is_html = b"\\fromhtml1" in rtf[:2000]
    reader = _Reader(is_html=is_html)
    for token in _TOKEN.finditer(rtf[:RTF_BYTES_MAX]):
        word, number, byte, symbol, brace, text = token.groups()
        if brace == b"{":
            reader.groups.append((reader.unseen, reader.in_tag))
        elif brace == b"}":
            reader.flush()
            if reader.groups:
                reader.unseen, reader.in_tag = reader.groups.pop()
        elif word is not None:
            _control(reader, word, number)
        elif symbol is not None:
            _symbol(reader, symbol)
        elif not reader.unseen:
            _letters(reader, text, byte)
    reader.flush()
    return charsets.tidy("".join(reader.out)).strip(), is_html


def _control(reader: _Reader, word: bytes, number: bytes | None) -> None:
    if word == b"ansicpg" and number:
        reader.codec = f"cp{int(number)}" if int(number) != 65001 else "utf-8"
    elif word == b"htmltag":
        reader.flush()
        reader.unseen, reader.in_tag = False, True
    elif word == b"htmlrtf":
        reader.flush()
        reader.unseen = number != b"0"
    elif word in _UNSEEN:
        reader.unseen = True
    elif reader.unseen:
        return
    elif word == b"u" and number:
        reader.put(chr(int(number) % 65536))
        reader.skip_letters = 1
    elif word in _LETTERS:
        reader.put(_LETTERS[word], raw=True)


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        if not reader.is_html:
            reader.unseen = True
    elif not reader.unseen:
        if symbol in b"{}\\":
            reader.put(symbol.decode("latin-1"))
        elif symbol == b"~":
            reader.put("\xa0")


def _letters(reader: _Reader, text: bytes | None, byte: bytes | None) -> None:
    if byte is not None:
        if reader.skip_letters:
            reader.skip_letters = 0
        else:
            reader.pending.append(int(byte, 16))
    elif text is not None:
        if reader.skip_letters:
            text = text[1:]
            reader.skip_letters = 0
        reader.put(text.decode("latin-1"))
