"""The pages that people read, and what stands on them: links, commands, pictures."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from unbroken.house.environment import CHECKOUT

DOCS = CHECKOUT / "docs"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"(!?)\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.M)
_SHELL = frozenset({"sh", "console"})


@dataclass(frozen=True)
class Typed:
    """A command as a page tells people to type it."""

    words: tuple[str, ...]
    line: str


def pages() -> list[Path]:
    """Every page, the first ones first."""
    top = [CHECKOUT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")]
    return [*top, *sorted(DOCS.rglob("*.md"))]


def name_of(page: Path) -> str:
    """What a page is called, from the top of the tree."""
    return page.relative_to(CHECKOUT).as_posix()


def text_of(page: Path) -> str:
    """What stands on it."""
    return page.read_text(encoding="utf-8")


_SAMPLE = re.compile(r"`!\[[^`\n]*`")


def links(page: Path) -> Iterator[tuple[bool, str]]:
    """Whether each is a picture, and where it leads; code is no link."""
    for is_picture, to in _LINK.findall(_SAMPLE.sub("", _FENCE.sub("", text_of(page)))):
        yield bool(is_picture), to


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings are reached, as the usual renderers make them."""
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("", text_of(page))):
        plain = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(plain.replace(" ", "-"))
    return found


def commands(page: Path) -> Iterator[Typed]:
    """What a page tells people to type: in its shell blocks, and named in the text."""
    text = text_of(page)
    for language, block in _FENCE.findall(text):
        if language in _SHELL:
            yield from _typed(block.replace("\\\n", " "))
    for span in _SPAN.findall(_FENCE.sub("", text)):
        yield from _typed(span)


def _typed(block: str) -> Iterator[Typed]:
    for line in block.splitlines():
        for part in re.split(r"\s*(?:\||&&|;|<(?!\w))\s*", line.partition(" # ")[0]):
            words = _words(part)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words and (words[0] in ("unbroken", "sudo") or words[0].startswith("./bin/")):
                yield Typed(tuple(words), line)


def _words(part: str) -> list[str]:
    try:
        return shlex.split(part.strip(" $"))
    except ValueError:
        return []
