"""Addresses inside what people wrote become links; everything else stays text. Pure.

Only web and mail addresses, and never as anything but text with a link around it: nothing that
somebody wrote becomes a tag.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from markupsafe import Markup, escape

_ADDRESS = re.compile(
    r"\b(?:https?://[^\s<>\"']{1,2000}|www\.[\w-][^\s<>\"']{1,2000})"
    r"|(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,24}\b",
    re.IGNORECASE,
)
_ENDS = ".,:;!?»”’"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Passage(Protocol):
    """Something marked in a text: from one character up to another, and what is said of it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def title(self) -> str: ...


def linked(text: str, marks: Sequence[Passage] = ()) -> Markup:
    """The text with its web and mail addresses as links, and with what was marked in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if marks else text
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return _marked(text, 0, marks)
    parts: list[str] = []
    place = 0
    for found in _ADDRESS.finditer(text):
        address = _without_end(found.group())
        end = found.start() + len(address)
        parts.append(_marked(text[place : found.start()], place, marks))
        parts.append(_link(address, _marked(address, found.start(), marks)))
        place = end
    parts.append(_marked(text[place:], place, marks))
    return Markup("".join(parts))


def _marked(text: str, place: int, marks: Sequence[Passage]) -> Markup:
    """A stretch of the text that begins at `place`: cut at every edge of a mark, never across."""
    last = place + len(text)
    here = [mark for mark in marks if mark.start < last and mark.end > place]
    if not here:
        return escape(text)
    edges = {edge for mark in here for edge in (mark.start, mark.end) if place < edge < last}
    parts: list[str] = []
    for begin, end in pairwise([place, *sorted(edges), last]):
        shown = escape(text[begin - place : end - place])
        titles = dict.fromkeys(m.title for m in here if m.start <= begin and m.end >= end)
        if titles:
            shown = Markup('<mark title="{}">{}</mark>').format("; ".join(titles), shown)
        parts.append(shown)
    return Markup("".join(parts))


def _without_end(address: str) -> str:
    """A full stop or a closing bracket belongs to the sentence, not to the address."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _ENDS and (opening is None or address.count(last) <= address.count(opening)):
            break
        address = address[:-1]
    return address


def _link(address: str, shown: Markup) -> Markup:
    to = escape(address)
    if address.lower().startswith("www."):
        to = Markup("https://") + to
    elif not address.lower().startswith(("http://", "https://")):
        return Markup('<a href="mailto:{}">{}</a>').format(to, shown)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(to, shown)
