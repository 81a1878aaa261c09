"""HTML read as text: lines as a person sees them, quotes marked with `> `.

Reads only what our own parser wrote (balanced tags, escaped text), so one pass over the
tags is enough.
"""

import html as entities
import re
from collections.abc import Callable
from typing import Final

from unbroken.intake.mail import charsets
from unbroken.intake.mail.tables import words

_TOKEN: Final = re.compile(
    r'<(/?)([a-zA-Z][^\s/>]*)([^>"]*(?:"[^"]*"[^>"]*)*)>|<!--.*?(?:-->|\Z)|([^<]+)|<', re.DOTALL
)
_ATTRIBUTE: Final = re.compile(r'\s([a-zA-Z-]+)="([^"]*)"')
_SPACES: Final = re.compile(r"[ \t\n\r\xa0\u200b]+")
_INDENT: Final = re.compile(r"(?i)border\s*:\s*(?:none|medium none)")
_PARAGRAPHS: Final = words("p h1 h2 h3 h4 h5 h6 ul ol dl table")
_BLOCKS: Final = words(
    "div tr li dt dd pre center address article section header footer main nav aside figure "
    "figcaption blockquote tbody thead form fieldset details summary caption body"
)
_QUOTE_DEPTH_MAX: Final = 30
_LINK_LETTERS_MAX: Final = 400

# What mail programs call the parts of a reply: their classes and ids.
_ATTRIBUTION: Final = re.compile(r"\b(?:gmail_attr|moz-cite-prefix|yahoo_quoted_attr)\b")
_REST_IS_QUOTED: Final = re.compile(
    r"\b(?:divRplyFwdMsg|OutlookMessageHeader|appendonsend|reply-intro|yahoo_quoted"
    r"|mail-editor-reference-message-container|ms-outlook-mobile-reference-message"
    r"|isForwardContent|x_divRplyFwdMsg)\b"
)
_SIGNATURE: Final = re.compile(
    r"\b(?:gmail_signature|moz-signature|AppleMailSignature|ms-outlook-mobile-signature"
    r"|Signature|protonmail_signature_block|js-signature)\b"
)


class HtmlText:
    """The lines of a page, with what its mail program said about some of them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.attributions: set[int] = set()
        self.signatures: set[int] = set()
        self.quoted_from: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class _Reader:
    """Where the reading stands."""

    def __init__(self) -> None:
        self.out = HtmlText()
        self.line: list[str] = []
        self.ends_in_space = True
        self.wants_blank = False
        self.depth = 0
        self.pre = 0
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.closers: list[tuple[str, Callable[[], None] | None]] = []

    def write(self, text: str) -> None:
        if not text:
            return
        self.line.append(text)
        self.ends_in_space = text[-1] == " "

    def say(self, raw: str) -> None:
        text = entities.unescape(raw) if "&" in raw else raw
        if self.pre:
            first, *rest = text.split("\n")
            self.write(first)
            for line in rest:
                self.close_line(keep_empty=True)
                self.write(line)
            return
        text = _SPACES.sub(" ", text)
        if self.ends_in_space and text[:1] == " ":
            text = text[1:]
        self.write(text)

    def close_line(self, *, keep_empty: bool = False) -> None:
        """End the line if anything stands on it."""
        text = "".join(self.line)
        text = text.rstrip() if self.pre else text.strip()
        self.line.clear()
        self.ends_in_space = True
        if not text and not keep_empty:
            return
        lines = self.out.lines
        prefix = "> " * min(self.depth, _QUOTE_DEPTH_MAX)
        if self.wants_blank and lines and lines[-1].strip("> "):
            lines.append(prefix.rstrip())
        self.wants_blank = False
        if text or (lines and lines[-1].strip("> ")):
            lines.append((prefix + text).rstrip() if prefix else text)

    def blank_line(self) -> None:
        """End the line and leave one empty, at the depth that ends here."""
        self.close_line()
        lines = self.out.lines
        if lines and lines[-1].strip("> "):
            lines.append(("> " * min(self.depth, _QUOTE_DEPTH_MAX)).rstrip())
        self.wants_blank = False

    def paragraph(self) -> None:
        self.close_line()
        self.wants_blank = True


def as_text(source: str) -> HtmlText:
    """The text of a page that `html.open_page` parsed."""
    reader = _Reader()
    for token in _TOKEN.finditer(source):
        said = token[4]
        if said is not None:
            reader.say(said)
        elif token[2]:
            name = token[2].lower()
            if token[1]:
                _end(reader, name)
            else:
                _begin(reader, name, token[3])
    reader.close_line()
    reader.out.lines = charsets.tidy(reader.out.text).split("\n")
    return reader.out


def _begin(reader: _Reader, name: str, rest: str) -> None:
    if name == "br":
        reader.close_line(keep_empty=True)
        return
    if name == "img":
        alt = dict(_ATTRIBUTE.findall(rest)).get("alt", "")
        if alt.strip():
            reader.say(f"[{alt.strip()}]")
        return
    if name == "hr":
        reader.paragraph()
        reader.write("_" * 32)
        reader.paragraph()
        return
    if name in ("td", "th"):
        if reader.line and not reader.ends_in_space:
            reader.write(" ")
        return
    if name == "a":
        reader.links.append((dict(_ATTRIBUTE.findall(rest)).get("href", ""), len(reader.line)))
        return
    if name in _PARAGRAPHS:
        reader.paragraph()
    elif name in _BLOCKS:
        reader.close_line()
    if name in ("ul", "ol"):
        reader.lists.append(1 if name == "ol" else None)
    elif name == "li":
        _bullet(reader)
    elif name == "pre":
        reader.pre += 1
    if name in ("div", "blockquote", "span", "p", "table", "pre"):
        _enter(reader, name, rest)


def _enter(reader: _Reader, name: str, rest: str) -> None:
    """Into something a mail program may have marked; what leaves it is kept on a stack."""
    closer: Callable[[], None] | None = None
    start = len(reader.out.lines)
    if name == "blockquote" and not (_INDENT.search(rest) and "cite" not in rest):
        reader.blank_line()
        reader.depth += 1
        closer = lambda: _shallower(reader)  # noqa: E731
    elif "class=" in rest or "id=" in rest:
        said = " ".join(v for k, v in _ATTRIBUTE.findall(rest) if k in ("class", "id"))
        if _ATTRIBUTION.search(said):
            closer = lambda: _mark(reader, reader.out.attributions, start)  # noqa: E731
        elif _SIGNATURE.search(said):
            closer = lambda: _mark(reader, reader.out.signatures, start)  # noqa: E731
        elif _REST_IS_QUOTED.search(said) and reader.out.quoted_from is None:
            reader.close_line()
            reader.out.quoted_from = len(reader.out.lines)
    reader.closers.append((name, closer))


def _shallower(reader: _Reader) -> None:
    reader.close_line()
    reader.wants_blank = True
    reader.depth -= 1


def _mark(reader: _Reader, where: set[int], start: int) -> None:
    reader.close_line()
    where.update(range(start, len(reader.out.lines)))


def _end(reader: _Reader, name: str) -> None:
    if name == "a":
        _end_link(reader)
        return
    if name == "pre" and reader.pre:
        reader.close_line()
        reader.pre -= 1
    if name in ("ul", "ol") and reader.lists:
        reader.lists.pop()
    if name in ("div", "blockquote", "span", "p", "table", "pre") and reader.closers:
        closer = reader.closers.pop()[1]
        if closer:
            closer()
    if name in _PARAGRAPHS:
        reader.paragraph()
    elif name in _BLOCKS:
        reader.close_line()


def _bullet(reader: _Reader) -> None:
    number = reader.lists[-1] if reader.lists else None
    if number is None:
        reader.write("- ")
    else:
        reader.write(f"{number}. ")
        reader.lists[-1] = number + 1


def _end_link(reader: _Reader) -> None:
    """A link's address is part of what was said, unless the words already are it."""
    if not reader.links:
        return
    address, start = reader.links.pop()
    address = entities.unescape(address).strip()
    if not address.lower().startswith(("http://", "https://")) or len(address) > _LINK_LETTERS_MAX:
        return
    said = "".join(reader.line[start:]).strip()
    bare = address.split("://", 1)[1].rstrip("/")
    if said and bare not in said and said.rstrip("/") not in address:
        reader.write(f" <{address}>")
