"""HTML mail made safe to show, and read as text.

What is shown runs nothing and loads nothing from outside: a picture elsewhere becomes a
placeholder that keeps its address in `data-remote`; pictures of the mail itself stay as
`cid:` for the page to resolve. Quoted parts carry the class `quoted`.
"""

import html as entities
import re
from dataclasses import dataclass
from typing import Final

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from unbroken.intake.mail import charsets, nesting
from unbroken.intake.mail.tables import words

_UNSEEN: Final = words(
    "script style head template noscript object embed applet svg math iframe frame frameset "
    "noframes noembed xmp plaintext audio video"
)
_TAGS: Final = words(
    "a abbr address article aside b bdi big blockquote br caption center cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
    "header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike "
    "strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_ATTRIBUTES: Final = {
    "*": {"dir", "lang", "style", "title"},
    "a": {"href"},
    "img": {"alt", "src", "width", "height"},
    "span": {"data-remote"},
    "table": {"border", "cellpadding", "cellspacing", "align"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "ol": {"start", "type"},
    "li": {"value"},
    "font": {"color"},
    "time": {"datetime"},
}
_STYLES: Final = {
    "background-color",
    "color",
    "font-style",
    "font-weight",
    "list-style-type",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
}
_PICTURE: Final = re.compile(r"(?i)\s*(?:cid:|data:image/(?:png|gif|jpe?g|webp|bmp|x-icon)[;,])")
_REMOTE: Final = re.compile(r"(?i)(?:https?:)?//")
_LINK: Final = re.compile(r"(?i)\s*(?:https?://|mailto:|tel:|sips?:|xmpp:)")
_NUMBER: Final = re.compile(r"\d{1,4}%?")
_QUOTE_HINTS: Final = (
    "gmail_quote",
    "type=",
    "divRplyFwdMsg",
    "OutlookMessageHeader",
    "yahoo_quoted",
    "mail-app-auto-quote",
    "protonmail_quote",
    "appendonsend",
)
_QUOTED: Final = (
    ".gmail_quote, blockquote[type=cite], #divRplyFwdMsg, .OutlookMessageHeader, .yahoo_quoted, "
    "blockquote[id^=mail-app-auto-quote], .protonmail_quote"
)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """The last word on a value, whatever the tree showed before."""
    if attribute == "src":
        return value if _PICTURE.match(value) else None
    if attribute == "data-remote":
        return value if _REMOTE.match(value) else None
    if attribute == "href":
        return value if _LINK.match(value) else None
    if attribute in ("width", "height"):
        return value if _NUMBER.fullmatch(value) else None
    if attribute in ("colspan", "rowspan", "cellpadding", "cellspacing", "border"):
        return value if _NUMBER.fullmatch(value) and len(value) < 3 else None
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_UNSEEN) | {"title"},
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    allowed_classes={
        "blockquote": {"quoted"},
        "div": {"quoted"},
        "span": {"quoted", "remote-image"},
        "table": {"quoted"},
    },
    filter_style_properties=_STYLES,
    url_schemes={"http", "https", "mailto", "tel", "sip", "sips", "xmpp", "cid", "data"},
    url_relative="deny",
)


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML body."""

    safe: str
    """Fit to be put into a page as it is."""
    source: str
    """The same before the last cleaning, to be read as text (`html_text.as_text`)."""
    is_tangled: bool = False


def open_page(html: str) -> Page:
    """Parse once; both the safe form and the text come from the same tree."""
    html = html[: nesting.HTML_LETTERS_MAX]
    if nesting.is_tangled(html):
        text = charsets.tidy(nesting.bare_text(html))
        return Page(f"<pre>{entities.escape(text)}</pre>", text, is_tangled=True)
    tree = LexborHTMLParser(html)
    tree.strip_tags(list(_UNSEEN), recursive=True)
    body = tree.body
    if body is None:
        return Page("", "")
    if "<img" in html or "<IMG" in html or "<Img" in html:
        for picture in body.css("img"):
            _hold_back(tree, picture)
    if any(hint in html for hint in _QUOTE_HINTS):
        _mark_quotes(body)
    source = body.html or ""
    return Page(charsets.tidy(_CLEANER.clean(source)).strip(), source)


def _hold_back(tree: LexborHTMLParser, picture: LexborNode) -> None:
    """A picture from elsewhere tells its sender who looked: keep only its address."""
    attributes = picture.attrs
    address = (attributes.get("src") or "").strip()
    if _PICTURE.match(address):
        return
    if not _REMOTE.match(address):
        if "src" in attributes:
            del attributes["src"]
        return
    placeholder = tree.create_node("span")
    placeholder.attrs["class"] = "remote-image"
    placeholder.attrs["data-remote"] = address[:2000]
    words = (attributes.get("alt") or "").strip()
    if words:
        placeholder.insert_child(f"[{words}]")
    picture.replace_with(placeholder, move=True)


def _mark_quotes(body: LexborNode) -> None:
    for quote in body.css(_QUOTED):
        attributes = quote.attrs
        classes = attributes.get("class") or ""
        attributes["class"] = f"{classes} quoted".strip()
