"""A mail cut into its parts, in bounded time, however it was put together.

The tree only points into the raw bytes; a part is decoded when somebody asks. A part's
path ("2.1" is the first part of the second part) finds it again in the same raw mail.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from unbroken.intake.mail import headers, problems
from unbroken.intake.mail.headers import Head

DEPTH_MAX: Final = 25
PARTS_MAX: Final = 1_000
SEPARATORS_LOOKED_AT_MAX: Final = 20_000

_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_FIRST_SEPARATOR: Final = re.compile(
    rb"(?:\A|\n)--(?:([^\s-][^\r\n]{0,200}?)[ \t]*\r*\n"
    rb"|([^\s][^\r\n]{0,200}?)[ \t]*\r*\n(?=[Cc]ontent-))"
)
_BLANK: Final = re.compile(rb"[\r\n]*")
_UU_LINE: Final = re.compile(rb"begin [0-7]{3,4} ")
_LOOSE: Final = {"text": "text/plain", "plain": "text/plain", "html": "text/html"}


@dataclass(slots=True)
class Part:
    """One node of the tree."""

    path: str
    head: Head
    start: int
    end: int
    type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    disposition_params: dict[str, str] = field(default_factory=dict)
    coding: str = ""
    children: list["Part"] = field(default_factory=list)
    parent_type: str = ""

    @property
    def is_multipart(self) -> bool:
        """Whether it was cut further."""
        return bool(self.children)

    def file_name(self, hint: str = "") -> str:
        """The name its sender gave it, as people read it."""
        coded = self.disposition_params.get("filename*") or self.params.get("name*")
        if coded:
            return headers.one_line(coded)
        name = self.disposition_params.get("filename") or self.params.get("name") or ""
        return headers.readable(name, hint) if name else ""

    def charset(self) -> str:
        """The charset its sender named."""
        return self.params.get("charset", "")


@dataclass(slots=True)
class Tree:
    """A whole mail cut up."""

    root: Part
    problem: str | None = None
    count: int = 0

    def leaves(self) -> Iterator[Part]:
        """Every part that was not cut further, in the mail's order."""
        waiting = [self.root]
        while waiting:
            part = waiting.pop()
            if part.children:
                waiting.extend(reversed(part.children))
            else:
                yield part

    def parts(self) -> Iterator[Part]:
        """Every part, containers before their contents."""
        waiting = [self.root]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


def start_of(raw: bytes) -> int:
    """Where the mail begins: after a byte order mark, empty lines and `From ` lines."""
    position = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    blank = _BLANK.match(raw, position)
    position = blank.end() if blank else position
    while raw.startswith((b"From ", b">From "), position):
        line_end = raw.find(b"\n", position)
        if line_end < 0:
            break
        position = line_end + 1
    return position


def with_line_feeds(raw: bytes) -> bytes:
    """Mails that end their lines with a bare carriage return, or are UTF-16, made ordinary."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace").encode()
    if b"\n" not in raw[:8192] and b"\r" in raw[:8192]:
        return raw.replace(b"\r", b"\n")
    return raw


def cut(raw: bytes) -> Tree:
    """The tree of a mail whose line ends are ordinary (`with_line_feeds`)."""
    start = start_of(raw)
    head, body = headers.cut_head(raw, start, len(raw))
    root = _part("1", head, body, len(raw), "")
    tree = Tree(root, head.problem, 1)
    _cut_multipart(raw, tree)
    return tree


def _cut_multipart(raw: bytes, tree: Tree) -> None:
    """Cut containers, outermost first, until nothing is left or it is enough."""
    waiting: list[tuple[Part, int]] = [(tree.root, 0)]
    while waiting:
        part, depth = waiting.pop()
        if not part.type.startswith("multipart/"):
            continue
        if depth >= DEPTH_MAX or tree.count >= PARTS_MAX:
            tree.problem = problems.TOO_MANY_PARTS
            part.type = "application/octet-stream"
            continue
        spans = _spans(raw, part, tree)
        if not spans:
            part.type = _without_separators(raw, part)
            continue
        prefix = f"{part.path}." if depth else ""
        digest = part.type == "multipart/digest"
        for number, (start, end) in enumerate(spans, start=1):
            head, body = headers.cut_head(raw, start, end)
            kind = "message/rfc822" if digest else ""
            child = _part(f"{prefix}{number}", head, min(body, end), end, kind)
            child.parent_type = part.type
            part.children.append(child)
            tree.count += 1
        waiting.extend((child, depth + 1) for child in reversed(part.children))
    if tree.root.children:
        tree.root.path = "0"


def _without_separators(raw: bytes, part: Part) -> str:
    body = raw[part.start : min(part.end, part.start + 2000)].lower()
    return "text/html" if b"<html" in body or b"<body" in body else "text/plain"


def _part(path: str, head: Head, start: int, end: int, default: str) -> Part:
    raw_type = head.first("content-type")
    found, params = headers.parameters(raw_type)
    if not _TYPE.fullmatch(found):
        found = _loose_type(found, raw_type, default)
    if raw_type and "charset" not in params:
        charset = headers.charset_of(raw_type)
        if charset:
            params["charset"] = charset
    elif " " in params.get("charset", ""):
        params["charset"] = params["charset"].split()[0]
    disposition, disposition_params = headers.parameters(head.first("content-disposition"))
    coding = head.first("content-transfer-encoding").lower()
    coding = coding.partition(";")[0].strip(" \"'")
    return Part(path, head, start, end, found, params, disposition, disposition_params, coding)


def _loose_type(found: str, raw_type: str, default: str) -> str:
    if not raw_type.strip():
        return default or "text/plain"
    first = found.split()[0].strip("\"'") if found.split() else ""
    if _TYPE.fullmatch(first):
        return first
    return _LOOSE.get(first, "application/octet-stream" if "name" in raw_type else "text/plain")


def _spans(raw: bytes, part: Part, tree: Tree) -> list[tuple[int, int]]:
    """Where a container's parts begin and end."""
    boundary = part.params.get("boundary", "").encode("latin-1", "replace").rstrip()
    if not boundary or raw.find(b"--" + boundary, part.start, part.end) < 0:
        guess = _FIRST_SEPARATOR.search(
            raw, max(part.start - 1, 0), min(part.end, part.start + 65_536)
        )
        if guess is None:
            return []
        boundary = guess[1] or guess[2]
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for line_start, line_end, is_last in _separators(raw, b"--" + boundary, part, tree):
        if begun is not None:
            spans.append((begun, max(begun, _before_line_end(raw, line_start, begun))))
        begun = None if is_last else line_end
        if is_last or tree.count + len(spans) >= PARTS_MAX:
            break
    if begun is not None:
        spans.append((begun, part.end))
    return spans


def _separators(
    raw: bytes, separator: bytes, part: Part, tree: Tree
) -> Iterator[tuple[int, int, bool]]:
    position = part.start
    looked_at = 0
    while True:
        found = raw.find(separator, position, part.end)
        if found < 0:
            return
        looked_at += 1
        if looked_at > SEPARATORS_LOOKED_AT_MAX:
            tree.problem = problems.TOO_MANY_PARTS
            return
        after = found + len(separator)
        position = after
        if found > part.start and raw[found - 1] not in b"\r\n":
            continue
        line_end = raw.find(b"\n", after, min(part.end, after + 1000))
        line_end = min(part.end, after + 1000) if line_end < 0 else line_end + 1
        rest = raw[after:line_end].strip()
        if rest and not rest.startswith(b"--"):
            continue
        position = line_end
        yield found, line_end, rest.startswith(b"--")


def _before_line_end(raw: bytes, position: int, floor: int) -> int:
    """The line end before a separator belongs to the separator."""
    if position > floor and raw[position - 1] == 10:
        position -= 1
        if position > floor and raw[position - 1] == 13:
            position -= 1
    return position


def content(raw: bytes, part: Part) -> bytes:
    """A part's bytes with its transfer coding undone."""
    data = raw[part.start : part.end]
    if part.coding == "base64":
        return headers.from_base64(data)
    if part.coding == "quoted-printable":
        return binascii.a2b_qp(data)
    if part.coding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return from_uu(data)
    return data


def from_uu(data: bytes) -> bytes:
    """Uuencoded text undone; lines that are damaged give what can be had."""
    out: list[bytes] = []
    for line in data.split(b"\n"):
        line = line.rstrip(b"\r\n")
        if not line or _UU_LINE.match(line):
            continue
        if line == b"end":
            break
        out.append(_uu_line(line))
    return b"".join(out)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return b""
