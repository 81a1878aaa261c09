"""Whether HTML is too tangled to be parsed: some shapes take a parser hours.

Parsers of HTML grow with the square of the nesting (and worse with unclosed formatting,
which is opened again in every paragraph). Such HTML is never parsed: it is shown as text.
"""

import html as entities
import re
from typing import Final

from unbroken.intake.mail.tables import words

HTML_LETTERS_MAX: Final = 1_000_000
_HARMLESS_TAGS_MAX: Final = 200
_NESTING_MAX: Final = 256
_FORMATTING_MAX: Final = 40
_REOPENED_MAX: Final = 400_000
_TAG_LETTERS_MAX: Final = 8_000
_ATTRIBUTES_MAX: Final = 200
_ENTITIES_MAX: Final = 20_000

_NAME: Final = re.compile(r"<(/?[a-z][a-z0-9:]{0,30})")
_LONG_TAG: Final = re.compile(rf"<[a-zA-Z][^<>]{{{_TAG_LETTERS_MAX},}}")
_ATTRIBUTE: Final = re.compile(r"[\s/][^\s/=>\"']")
_FORMATTING: Final = words("a b big code em font i nobr s small strike strong tt u")
# These close themselves, so they only nest inside something that is counted.
_UNCOUNTED: Final = words(
    "p li td tr th dt dd option tbody thead tfoot colgroup caption br img hr meta link input "
    "col area base wbr embed source track param html body head /p /li /td /tr /th /dt /dd "
    "/option /tbody /thead /tfoot /colgroup /caption /html /body /head"
)
_DROPPED: Final = re.compile(
    r"<(script|style|title|template|head)\b[^<]*(?:<(?!/\1\b)[^<]*)*(?:</\1\b[^>]*>|\Z)",
    re.IGNORECASE,
)
_BREAKS: Final = re.compile(
    r"<\s*/?\s*(?:br|p|div|tr|li|h[1-6]|table|blockquote|pre|hr)\b[^<>]*>", re.IGNORECASE
)
_ANY_TAG: Final = re.compile(r"<!--.*?-->|<[!/?a-zA-Z][^<>]*>?", re.DOTALL)
_BLANK_LINES: Final = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


def is_tangled(html: str) -> bool:
    """Whether parsing this would take unreasonable time or memory."""
    if html.count("&") > _ENTITIES_MAX or _has_endless_tag(html):
        return True
    if html.count("<") <= _HARMLESS_TAGS_MAX:
        return False
    counts: dict[str, int] = {}
    nesting = top = formatting = formatting_top = blocks = 0
    for name in _NAME.findall(html.lower()):
        if name in _UNCOUNTED:
            blocks += 1
        elif name[0] != "/":
            counts[name] = counts.get(name, 0) + 1
            nesting += 1
            top = max(top, nesting)
            if name in _FORMATTING:
                formatting += 1
                formatting_top = max(formatting_top, formatting)
            else:
                blocks += 1
        elif counts.get(name[1:], 0) > 0:
            counts[name[1:]] -= 1
            nesting -= 1
            formatting -= name[1:] in _FORMATTING
    return (
        top > _NESTING_MAX
        or formatting_top > _FORMATTING_MAX
        or formatting_top * blocks > _REOPENED_MAX
    )


def _has_endless_tag(html: str) -> bool:
    if len(html) <= _TAG_LETTERS_MAX:
        return False
    return any(_attribute_count(tag[0]) > _ATTRIBUTES_MAX for tag in _LONG_TAG.finditer(html))


def _attribute_count(inside: str) -> int:
    return len(_ATTRIBUTE.findall(inside))


def bare_text(html: str) -> str:
    """The words of HTML that is not parsed, without its tags."""
    text = _BREAKS.sub("\n", _DROPPED.sub(" ", html))
    text = entities.unescape(_ANY_TAG.sub("", text))
    return _BLANK_LINES.sub("\n\n", text).strip()
