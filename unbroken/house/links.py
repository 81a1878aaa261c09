"""Addresses inside what people wrote become links; everything else stays text. Pure.

Only web and mail addresses, and never as anything but text with a link around it: nothing that
somebody wrote becomes a tag.
"""

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(
    r"\b(?:https?://[^\s<>\"']{1,2000}|www\.[\w-][^\s<>\"']{1,2000})"
    r"|(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,24}\b",
    re.IGNORECASE,
)
_ENDS = ".,:;!?»”’"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def linked(text: str) -> Markup:
    """The text with its web and mail addresses as links."""
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return escape(text)
    parts: list[str] = []
    place = 0
    for found in _ADDRESS.finditer(text):
        address = _without_end(found.group())
        end = found.start() + len(address)
        parts += (escape(text[place : found.start()]), _link(address))
        place = end
    parts.append(escape(text[place:]))
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


def _link(address: str) -> Markup:
    shown = escape(address)
    if address.lower().startswith(("http://", "https://")):
        to = shown
    elif address.lower().startswith("www."):
        to = Markup("https://") + shown
    else:
        return Markup('<a href="mailto:{0}">{0}</a>').format(shown)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(to, shown)
