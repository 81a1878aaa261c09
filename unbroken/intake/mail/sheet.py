"""A text under the pencil: its lines, and what each of them is taken for."""

from dataclasses import dataclass, field
from typing import Final

NEW, QUOTE, ATTRIBUTION, SIGNATURE = range(4)
# What programs put around words without meaning anything by it.
STRIPPED: Final = " \t\xa0\u200b\u200e\u200f\ufeff"


@dataclass(frozen=True, slots=True)
class Hints:
    """What the HTML form of the same text says about its lines, if it is the text's source."""

    attributions: frozenset[int] = frozenset()
    signatures: frozenset[int] = frozenset()
    quoted_from: int | None = None


@dataclass(slots=True)
class Sheet:
    """The lines under the pencil."""

    lines: list[str]
    stripped: list[str]
    labels: list[int]
    hints: Hints
    forwards_by_subject: bool
    base: int = 0
    """How deep the text itself is quoted: 1 inside a forwarded message that is marked `>`."""
    is_forward: bool = False
    has_sure_quote: bool = False
    has_tail: bool = False
    forward_header_until: int = 0
    notes: list[int] = field(default_factory=list)
