"""The head of a mail: cut into fields, unfolded and decoded, however broken it is.

Values are kept one byte a letter (latin-1) until somebody asks for one; most never are.
"""

import binascii
import re
from dataclasses import dataclass, field
from typing import Final

from unbroken.intake.mail import charsets, problems

HEAD_BYTES_MAX: Final = 1_048_576
FIELDS_MAX: Final = 2_000
VALUE_MAX: Final = 65_536

_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_KNOWN: Final = re.compile(
    rb"(?i)(?:from|to|cc|bcc|subject|date|message-id|mime-version|content-[a-z-]+|received"
    rb"|return-path|reply-to|sender|in-reply-to|references|x-[a-z0-9-]+|list-[a-z-]+)[ \t]*:"
)
_FOLD: Final = re.compile(r"[ \t]*\r*\n[ \t]*")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_WORD: Final = re.compile(
    r"=\?([^?\s*=]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?"
    r"((?:[^?]{0,400}\?(?!=)){0,3}[^?]{0,4000})\?="
)
_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PARAMETER: Final = re.compile(
    r';\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.DOTALL
)
_CHARSET_IN_PARAMETER: Final = re.compile(r"(?i)charset\s*=\s*[\"']?([^\s\"';]+)")


@dataclass(slots=True)
class Head:
    """The fields of a head, in their order, under lower-case names."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    problem: str | None = None

    def first(self, name: str) -> str:
        """The first field of this name as it stands, or nothing."""
        for found, value in self.fields:
            if found == name:
                return value
        return ""

    def all(self, name: str) -> list[str]:
        """Every field of this name as it stands."""
        return [value for found, value in self.fields if found == name]

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return any(found == name for found, _ in self.fields)

    def text(self, name: str, hint: str = "") -> str:
        """The first field of this name as people read it."""
        return readable(self.first(name), hint)


def cut_head(data: bytes, start: int, end: int) -> tuple[Head, int]:
    """The head that begins here, and where the body does."""
    head = Head()
    position = start
    limit = min(end, start + HEAD_BYTES_MAX)
    while position < end:
        blank = _blank_at(data, position)
        if blank:
            return head, position + blank
        if position >= limit or len(head.fields) >= FIELDS_MAX:
            head.problem = problems.HEAD_TOO_LONG
            return head, _after_blank_line(data, position, end)
        found = _FIELD.match(data, position, end)
        if found is None:
            position, is_body = _past_junk(data, position, end, head)
            if is_body:
                return head, position
            continue
        name = found[1].lower().decode("latin-1")
        value = found[2][: HEAD_BYTES_MAX if name in ("to", "cc", "references") else VALUE_MAX]
        head.fields.append((name, _unfolded(value)))
        position = found.end()
    return head, end


def _blank_at(data: bytes, position: int) -> int:
    """How long the empty line here is; 0 when the line is not empty."""
    if data[position] == 10:
        return 1
    if data[position] == 13:
        after = position
        while after < len(data) and data[after] == 13 and after < position + 8:
            after += 1
        if after < len(data) and data[after] == 10:
            return after - position + 1
        return after - position if after >= len(data) else 0
    return 0


def _past_junk(data: bytes, position: int, end: int, head: Head) -> tuple[int, bool]:
    """Over a line that is no header; the body begins there unless more headers follow."""
    line_end = data.find(b"\n", position, end)
    line_end = end if line_end < 0 else line_end + 1
    if data.startswith((b"From ", b">From "), position):
        return line_end, False
    if data[position] in b" \t" and not data[position:line_end].strip():
        return line_end, False
    if _KNOWN.match(data, line_end, end):
        # A line that lost its indentation belongs to the header above.
        if head.fields:
            name, value = head.fields[-1]
            junk = data[position : min(line_end, position + 1000)].decode("latin-1")
            head.fields[-1] = (name, f"{value} {junk.strip()}")
        return line_end, False
    return position, True


def _after_blank_line(data: bytes, position: int, end: int) -> int:
    found = re.compile(rb"\n\r*\n").search(data, position, end)
    return found.end() if found else end


def _unfolded(value: bytes) -> str:
    text = value.decode("latin-1")
    if "\n" in text:
        text = _FOLD.sub(" ", text)
    return text.strip(" \t\r\n")


def one_line(text: str) -> str:
    """Without line breaks, controls and the marks that turn writing around."""
    return _SPACES.sub(" ", _BIDI.sub("", charsets.tidy(text))).strip()


def readable(value: str, hint: str = "") -> str:
    """A field's value as people read it (RFC 2047, and what senders take for it)."""
    if not value.isascii():
        value = charsets.decode(value.encode("latin-1", "replace"), hint)
    if "=?" in value:
        value = _words_decoded(value)
    elif value.isprintable() and "  " not in value:
        return value.strip()
    return one_line(value)


def _words_decoded(value: str) -> str:
    """Encoded words put back; neighbours in one charset may share a letter between them."""
    out: list[str] = []
    pending = b""
    charset = ""
    position = 0
    for word in _WORD.finditer(value):
        between = value[position : word.start()]
        if between.strip() or (position == 0 and between) or word[1].lower() != charset:
            out.append(charsets.decode(pending, charset) if pending else "")
            pending = b""
            if between.strip() or position == 0:
                out.append(between)
        charset = word[1].lower()
        pending += _word_bytes(word[2], word[3])
        position = word.end()
    if pending:
        out.append(charsets.decode(pending, charset))
    out.append(value[position:])
    return "".join(out)


def _word_bytes(coding: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    if coding in "qQ":
        return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return from_base64(data)


_BASE64_JUNK: Final = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


def from_base64(data: bytes) -> bytes:
    """Base64 undone, with or without its padding, and whatever stands between its letters."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = data.translate(None, _BASE64_JUNK)
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A structured field: its value in lower case and its parameters.

    What RFC 2231 coded is under `name*`, decoded; the rest is as it stands.
    """
    main, _, rest = value.partition(";")
    main = main.strip().lower()
    if not rest:
        return main, {}
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(";" + rest[:VALUE_MAX]):
        name = found[1].lower()
        said = found[2].replace('\\"', '"') if found[2] is not None else found[3].strip()
        base, star, index = name.partition("*")
        if not star:
            plain.setdefault(name, said)
            continue
        number = index.rstrip("*")
        order = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        pieces.setdefault(base, []).append((order, name.endswith("*"), said))
    for base, parts in pieces.items():
        joined = _pieces_joined(parts)
        plain[f"{base}*"] = joined
        plain[base] = joined if joined.isascii() else plain.get(base, "")
    return main, plain


def _pieces_joined(parts: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: numbered pieces, percent-coded, the first one naming the charset."""
    parts.sort(key=lambda part: part[0])
    charset = ""
    data = b""
    for position, (_, is_coded, text) in enumerate(parts):
        if not is_coded:
            data += text.encode("latin-1", "replace")
            continue
        if position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += _unpercented(text)
    return charsets.decode(data, charset)


def _unpercented(text: str) -> bytes:
    return re.sub(
        rb"%([0-9A-Fa-f]{2})",
        lambda found: bytes([int(found[1], 16)]),
        text.encode("latin-1", "replace"),
    )


def charset_of(value: str) -> str:
    """The charset a content type names, even where the rest of it is broken."""
    found = _CHARSET_IN_PARAMETER.search(value)
    return found[1].lower() if found else ""
