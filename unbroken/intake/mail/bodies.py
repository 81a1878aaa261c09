"""What a mail is made of: the text people wrote, the page they see, the files they added."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Final

from unbroken.intake.inbound import CalendarFound, HeldReason, PartFound
from unbroken.intake.mail import (
    charsets,
    flowed,
    headers,
    html,
    html_text,
    mime,
    names,
    problems,
    safety,
    smime,
    tnef,
)
from unbroken.intake.mail.mime import Part, Tree

TEXT_LETTERS_MAX: Final = 1_000_000
NESTED_TEXTS_MAX: Final = 3
WRAPPED_MAX: Final = 3
_NESTED_PARTS_JUDGED_MAX: Final = 60
_UU_BEGIN: Final = re.compile(r"(?:^|\n)begin [0-7]{3,4} (\S[^\n]{0,200})\n(?=[ -`])")
_MARKUP: Final = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<table)\b", re.IGNORECASE)
_STUB: Final = re.compile(
    r"html|browser|plain text|nur-text|webansicht|view (?:this|it) |anzeig|visualizza|afficher"
    r"|отображ",
    re.IGNORECASE,
)
_META_CHARSET: Final = re.compile(
    rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})"
)
_ENRICHED: Final = re.compile(r"<<|</?[a-zA-Z0-9-]{1,40}>")
_CALENDAR_LINE: Final = re.compile(r"(?im)^(METHOD|SUMMARY|UID)(?:;[^:\n]{0,200})?:([^\n]{0,500})")
_WRAPPED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_IGNORED_ALTERNATIVES: Final = (
    "text/x-amp-html",
    "text/watch-html",
    "text/enriched",
    "text/richtext",
)


@dataclass(slots=True)
class Piece:
    """One stretch of the body, in up to two forms of the same words."""

    plain: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Contents:
    """A mail unpacked."""

    pieces: list[Piece] = field(default_factory=list)
    attachments: list[PartFound] = field(default_factory=list)
    calendars: list[CalendarFound] = field(default_factory=list)
    calendar_texts: list[str] = field(default_factory=list)
    nested: list[bytes] = field(default_factory=list)
    problem: str | None = None
    hint: str = ""
    is_certified: bool = False
    wrapped: int = 0

    @property
    def html(self) -> str:
        """The body as one page; empty when nobody wrote HTML."""
        if not any(piece.html for piece in self.pieces):
            return ""
        if len(self.pieces) == 1:
            return self.pieces[0].html or ""
        return "".join(piece.html or _as_page(piece.plain or "") for piece in self.pieces)

    @property
    def plain(self) -> str:
        """The body as its writer's program put it into plain text."""
        texts = [piece.plain for piece in self.pieces if piece.plain is not None]
        return "\n".join(texts)

    @property
    def all_plain(self) -> bool:
        """Whether every stretch has a plain form."""
        return bool(self.pieces) and all(piece.plain is not None for piece in self.pieces)


def unpack(raw: bytes, tree: Tree, wrapped: int = 0) -> Contents:
    """Open every part once; `wrapped` counts the signed envelopes already taken off."""
    contents = Contents(problem=tree.problem, wrapped=wrapped)
    for part in tree.leaves():
        if part.charset() and part.type.startswith("text/"):
            contents.hint = part.charset()
            break
    contents.is_certified = tree.root.head.first("x-trasporto") == "posta-certificata"
    _take(raw, tree.root, contents)
    _settle_inline(contents)
    return contents


def _take(raw: bytes, root: Part, contents: Contents) -> None:
    """Depth is bounded by the tree, so plain recursion is safe."""
    if root.type == "multipart/alternative" and root.children:
        contents.pieces.extend(_alternative(raw, root, contents))
    elif root.children:
        children = root.children
        for child in children:
            _take(raw, child, contents)
    else:
        piece = _leaf(raw, root, contents)
        if piece:
            contents.pieces.append(piece)


def _alternative(raw: bytes, part: Part, contents: Contents) -> list[Piece]:
    """The same words in several forms: one plain and one HTML are enough."""
    inner = Contents(hint=contents.hint, wrapped=contents.wrapped)
    for child in part.children:
        if child.type in _IGNORED_ALTERNATIVES and len(part.children) > 1:
            continue
        _take(raw, child, inner)
    contents.attachments += inner.attachments
    contents.calendars += inner.calendars
    contents.calendar_texts += inner.calendar_texts
    contents.nested += inner.nested
    contents.problem = contents.problem or inner.problem
    plain = [piece.plain for piece in inner.pieces if piece.plain is not None]
    pages = [piece.html for piece in inner.pieces if piece.html is not None]
    if not plain and not pages:
        return []
    return [Piece("\n".join(plain) if plain else None, "".join(pages) if pages else None)]


def _leaf(raw: bytes, part: Part, contents: Contents) -> Piece | None:
    if _is_body(part):
        return _body(raw, part, contents)
    data = mime.content(raw, part)
    if part.type in ("application/ms-tnef", "application/vnd.ms-tnef") or (
        part.file_name().lower() == "winmail.dat"
    ):
        return _envelope(data, part, contents)
    if part.type in _WRAPPED and _unwrap(data, part, contents):
        return None
    if part.type == "text/calendar":
        _calendar(data, part, contents)
    if part.type == "message/rfc822" and len(contents.nested) < NESTED_TEXTS_MAX:
        contents.nested.append(data)
    contents.attachments.append(_found(data, part, contents))
    return None


def _is_body(part: Part) -> bool:
    if part.type not in ("text/plain", "text/html", "text/enriched", "text/richtext"):
        return False
    if part.disposition == "attachment":
        return False
    if part.parent_type in ("", "multipart/alternative"):
        return True
    return not part.disposition_params.get("filename") and not part.params.get("name")


def _body(raw: bytes, part: Part, contents: Contents) -> Piece:
    data = mime.content(raw, part)
    is_long = len(data) > TEXT_LETTERS_MAX
    said = part.charset()
    if not said and part.type == "text/html":
        meta = _META_CHARSET.search(data, 0, 4096)
        said = meta[1].decode("latin-1") if meta else ""
    text = charsets.decode(data[: TEXT_LETTERS_MAX * 4] if is_long else data, said)
    if len(text) > TEXT_LETTERS_MAX:
        text = text[:TEXT_LETTERS_MAX]
    if is_long:
        contents.problem = problems.TEXT_TOO_LONG
        contents.attachments.append(_found(data, part, contents))
    if part.type == "text/html" or _MARKUP.match(text):
        return Piece(html=text)
    if part.type in ("text/enriched", "text/richtext"):
        return Piece(_ENRICHED.sub(lambda tag: "<" if tag[0] == "<<" else "", text))
    if part.params.get("format", "").lower() == "flowed":
        text = flowed.unwrapped(text, drop_spaces=part.params.get("delsp", "").lower() == "yes")
    if "\nbegin " in text or text.startswith("begin "):
        text = _without_uu(text, part, contents)
    return Piece(text)


def _without_uu(text: str, part: Part, contents: Contents) -> str:
    """Files that old programs wrote into the text itself."""
    at = 0
    for number in range(1, 50):
        begin = _UU_BEGIN.search(text, at)
        end = text.find("\nend", begin.end()) if begin else -1
        if begin is None or end < 0:
            break
        data = mime.from_uu(text[begin.end() : end].encode("latin-1", "replace"))
        path = f"{part.path}/u{number}"
        contents.attachments.append(_file(data, begin[1].strip(), "", path))
        text = text[: begin.start()] + "\n" + text[end + 4 :]
        at = begin.start()
    return text


def uu_content(text: str, number: int) -> bytes | None:
    """The bytes of the file that stands in a text at this place."""
    at = 0
    for current in range(1, number + 1):
        begin = _UU_BEGIN.search(text, at)
        end = text.find("\nend", begin.end()) if begin else -1
        if begin is None or end < 0:
            return None
        if current == number:
            return mime.from_uu(text[begin.end() : end].encode("latin-1", "replace"))
        at = end + 4
    return None


def _unwrap(data: bytes, part: Part, contents: Contents) -> bool:
    """A mail that was signed as a whole: what is inside counts as if it stood here."""
    inner = smime.signed_content(data) if contents.wrapped < WRAPPED_MAX else None
    if inner is None:
        if smime.is_encrypted(data):
            contents.problem = problems.ENCRYPTED
        return False
    raw = mime.with_line_feeds(inner)
    found = unpack(raw, mime.cut(raw), contents.wrapped + 1)
    contents.pieces += found.pieces
    contents.calendars += found.calendars
    contents.calendar_texts += found.calendar_texts
    contents.nested += found.nested
    contents.problem = contents.problem or found.problem
    contents.attachments += [
        replace(inside, path=f"{part.path}/m{inside.path}") for inside in found.attachments
    ]
    return True


def _envelope(data: bytes, part: Part, contents: Contents) -> Piece | None:
    envelope = tnef.opened(data)
    if envelope is None:
        contents.attachments.append(_found(data, part, contents))
        return None
    for number, inner in enumerate(envelope.attachments, start=1):
        found = _file(inner.data, inner.name, inner.type, f"{part.path}/{number}", inner.content_id)
        contents.attachments.append(found)
    if contents.pieces and any((p.plain or p.html or "").strip() for p in contents.pieces):
        return None
    if envelope.html or envelope.text:
        return Piece(envelope.text or None, envelope.html or None)
    return None


def _calendar(data: bytes, part: Part, contents: Contents) -> None:
    text = charsets.decode(data[:TEXT_LETTERS_MAX], part.charset() or "utf-8")
    text = text.replace("\n ", "").replace("\n\t", "")
    fields: dict[str, str] = {}
    for name, value in _CALENDAR_LINE.findall(text):
        fields.setdefault(name.upper(), value.strip())
    method = fields.get("METHOD") or part.params.get("method", "")
    summary = fields.get("SUMMARY", "").replace("\\,", ",").replace("\\;", ";").replace("\\n", " ")
    contents.calendars.append(
        CalendarFound(part.path, method.upper(), headers.one_line(summary), fields.get("UID", ""))
    )
    contents.calendar_texts.append(text)


def _found(data: bytes, part: Part, contents: Contents) -> PartFound:
    original = part.file_name(contents.hint)
    held: HeldReason | None = None
    if part.type == "message/rfc822":
        nested = mime.cut(mime.with_line_feeds(data))
        held = _held_inside(data, nested)
        original = original or f"{nested.root.head.text('subject')[:80] or 'mail'}.eml"
    content_id = part.head.first("content-id").strip().strip("<>") or None
    is_inline = part.disposition != "attachment" and bool(
        content_id or part.disposition == "inline" or part.parent_type == "multipart/related"
    )
    found = _file(data, original, part.type, part.path, content_id or "", held)
    return found if found.inline == is_inline else replace(found, inline=is_inline)


def _file(
    data: bytes,
    original: str,
    kind: str,
    path: str,
    content_id: str = "",
    held: HeldReason | None = None,
) -> PartFound:
    kind = kind or names.type_for(original)
    name = names.safe_name(original, path, kind)
    return PartFound(
        name=name,
        type=kind,
        size=len(data),
        inline=False,
        content_id=content_id or None,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        held=held or safety.held_reason(data, original or name, kind),
        original_name=charsets.tidy(original) if original and original != name else None,
    )


def _held_inside(data: bytes, nested: Tree) -> HeldReason | None:
    """A mail in the mail is as dangerous as what is attached to it."""
    raw = mime.with_line_feeds(data)
    for number, part in enumerate(nested.leaves()):
        if number >= _NESTED_PARTS_JUDGED_MAX:
            break
        name = part.file_name()
        if not name and part.type in ("text/plain", "text/html"):
            continue
        reason = safety.held_reason(mime.content(raw, part), name, part.type)
        if reason:
            return reason
    return None


def _settle_inline(contents: Contents) -> None:
    """A picture that the page shows stands in the text, whatever its part says."""
    if not any(found.content_id for found in contents.attachments):
        return
    page = contents.html
    for at, found in enumerate(contents.attachments):
        if found.content_id and not found.inline and f"cid:{found.content_id}" in page:
            contents.attachments[at] = replace(found, inline=True)


def _as_page(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<div>{escaped.strip()}</div>".replace("\n", "<br>") if escaped.strip() else ""


def may_be_stub(plain: str) -> bool:
    """Whether the plain form may only say that there is an HTML form."""
    words = plain.split()
    return not words or (len(words) < 40 and bool(_STUB.search(plain)))


def is_stub(plain: str, page: str) -> bool:
    """Whether the plain form says something else than the page does."""
    words = set(plain.lower().split())
    shared = words & set(page.lower().split())
    return len(shared) * 2 < len(words) or not words


def page_text(page: html.Page) -> html_text.HtmlText:
    """The page's words."""
    if page.is_tangled:
        found = html_text.HtmlText()
        found.lines = page.source.split("\n")
        return found
    return html_text.as_text(page.source)
