"""Markdown of an article as a safe page, as plain text for a mail, and as one line. Pure.

Raw HTML is shown as it was typed, never passed on; what the renderer makes is cleaned once more
before it leaves. Addresses other than http, https, mailto and tel are left out, and so are pictures
but our own, `![what it shows](picture/7-name.png)`: one from elsewhere would tell who reads.
"""

import re
from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS: Final = frozenset(
    {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li"}
    | {"h2", "h3", "h4", "a", "img", "table", "thead", "tbody", "tr", "th", "td"}
)
SCHEMES: Final = {"http", "https", "mailto", "tel"}
LINE_MAX: Final = 160

_reader = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable(
    ["table", "strikethrough"]
)

FOR_READERS: Final = "/help/pictures/"
_OURS = re.compile(r"picture/(?P<place>[1-9][0-9]{0,14}-[a-z0-9-]{1,60}\.(?:png|jpg|gif|webp))")


@lru_cache(maxsize=512)
def to_html(text: str, pictures: str = FOR_READERS) -> str:
    """The page. Headings begin at the second level: the first is the article's title.

    `pictures`: where ours are, for whoever reads this page.
    """
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
        if token.children:
            token.children = [_shown(one, pictures) for one in token.children]
    made = str(_reader.renderer.render(tokens, _reader.options, {}))
    return nh3.clean(
        made,
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}, "img": {"src", "alt", "loading"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _shown(token: Token, pictures: str) -> Token:
    """A picture of ours with its address; of any other only the words."""
    if token.type != "image":
        return token
    ours = _OURS.fullmatch(str(token.attrs.get("src", "")))
    if ours is None:
        return Token("text", "", 0, content=token.content)
    token.attrs = {"src": f"{pictures}{ours['place']}", "alt": "", "loading": "lazy"}
    return token


def to_plain(text: str) -> str:
    """For a mail: lists keep their dashes, a link its address, marks go away."""
    lines = [_plain_line(line) for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def to_line(text: str) -> str:
    """The beginning as one line, for a list and for what search engines show."""
    found: list[str] = []
    for token in _reader.parse(text):
        if token.type == "inline":
            found.append(_said(token.children or []))
        if sum(map(len, found)) > LINE_MAX:
            break
    line = " ".join(" ".join(found).split())
    if len(line) <= LINE_MAX:
        return line
    return line[:LINE_MAX].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _said(tokens: list[Token]) -> str:
    return "".join(
        token.content if token.type in ("text", "code_inline") else " "
        for token in tokens
        if token.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'][^)]*)?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(picture/[^)\s]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"`([^`]+)`")


def _plain_line(line: str) -> str:
    if heading := _HEADING.match(line):
        line = heading[1]
    line = _PICTURE.sub(r"\1", line)
    line = _LINK.sub(lambda found: _named(found[1], found[2]), line)
    return _CODE.sub(r"\1", _STRONG.sub(r"\2", line))


def _named(name: str, address: str) -> str:
    return name if name in ("", address) and name else f"{name} ({address})" if name else address
