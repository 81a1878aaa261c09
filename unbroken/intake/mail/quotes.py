"""The customer's own words apart from what was quoted, signed and attached by programs.

Every line goes to exactly one side, so no word is lost. When it is not sure that a line
is a quote or a signature, it counts as the customer's.
"""

from dataclasses import dataclass, field
from typing import Final

from unbroken.intake.mail import phrases

LINES_MAX: Final = 20_000
_ATTRIBUTION_LINES_MAX: Final = 4
_ATTRIBUTION_LETTERS_MAX: Final = 420
_HEADER_BLOCK_LINES_MAX: Final = 14
_SIGNATURE_LINES_MAX: Final = 14
_DASHED_LINES_MAX: Final = 40
_STRIPPED: Final = " \t\xa0\u200b\u200e\u200f\ufeff"

NEW, QUOTE, ATTRIBUTION, SIGNATURE = range(4)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the HTML form of the same text says about its lines, if it is the text's source."""

    attributions: frozenset[int] = frozenset()
    signatures: frozenset[int] = frozenset()
    quoted_from: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text in two heaps."""

    new: str
    quoted: str
    is_forward: bool = False
    has_quote: bool = False


@dataclass(slots=True)
class _Sheet:
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


def own_words(text: str, subject: str = "", hints: Hints | None = None) -> Words:
    """Tell the new words of a text from the rest."""
    text = _apart(text)
    lines = text.split("\n")
    rest = lines[LINES_MAX:]
    sheet = _Sheet(
        lines[:LINES_MAX],
        [line.strip(_STRIPPED) for line in lines[:LINES_MAX]],
        [NEW] * min(len(lines), LINES_MAX),
        hints or Hints(),
        bool(phrases.FORWARD_SUBJECT.match(subject)),
    )
    _label_initials(sheet)
    _label_quotes(sheet)
    _label_signatures(sheet)
    if not _has_new(sheet):
        _believe_less(sheet)
    new, quoted = _heaps(sheet)
    if rest:
        quoted = "\n".join((quoted, *rest))
    return Words(new, quoted.strip("\n"), sheet.is_forward, sheet.has_sure_quote or sheet.has_tail)


def _apart(text: str) -> str:
    """An attribution on the customer's own line gets a line of its own."""
    if "@" in text and phrases.ATTRIBUTION_INSIDE.search(text):
        text = phrases.ATTRIBUTION_INSIDE.sub("\n", text)
        return phrases.ATTRIBUTION_ENDS.sub("\n", text)
    return text


# Quotes


def _label_quotes(sheet: _Sheet) -> None:
    at = 0
    while at < len(sheet.lines):
        at = _label_line(sheet, at)


def _label_initials(sheet: _Sheet) -> None:
    """Old Russian custom: the quoted person's initials before the mark, `AW> text`."""
    seen: dict[str, list[int]] = {}
    for at, line in enumerate(sheet.stripped):
        if ">" in line[1:6]:
            found = phrases.INITIALS.match(line)
            if found:
                seen.setdefault(found[1], []).append(at)
    for places in seen.values():
        if len(places) >= 2:
            for at in places:
                sheet.labels[at] = QUOTE


def _label_line(sheet: _Sheet, at: int) -> int:
    """Decide the line here; answers where to go on."""
    line = sheet.stripped[at]
    if sheet.labels[at] != NEW:
        return at + 1
    if at == sheet.hints.quoted_from and at >= sheet.forward_header_until:
        return _begin_tail(sheet, at)
    if not line:
        return at + 1
    if line[0] == ">":
        if _depth(line) > sheet.base:
            sheet.labels[at] = QUOTE
            sheet.has_sure_quote = sheet.has_sure_quote or bool(sheet.notes)
            return at + 1
        line = line.lstrip("> ")
        if not line:
            return at + 1
    if at in sheet.hints.attributions and not phrases.FORWARD.match(line):
        sheet.labels[at] = ATTRIBUTION
        sheet.notes.append(at)
        sheet.has_sure_quote = True
        return at + 1
    return _label_mark(sheet, at, line)


def _label_mark(sheet: _Sheet, at: int, line: str) -> int:
    first = line[0]
    if at < sheet.forward_header_until:
        return at + 1
    if phrases.FORWARD.match(line):
        return _begin_forward(sheet, at + 1)
    if first in "-_=*~" and phrases.ORIGINAL.match(line):
        if sheet.forwards_by_subject and not sheet.has_sure_quote and not sheet.is_forward:
            return _begin_forward(sheet, at + 1)
        return _begin_tail(sheet, at)
    if ":" in line or "：" in line:
        end = _header_block(sheet, at)
        if end:
            if sheet.forwards_by_subject and not sheet.has_sure_quote and not sheet.is_forward:
                return _begin_forward(sheet, at)
            return _begin_tail(sheet, _with_rule_above(sheet, at))
        if line[-1] in ":：*":
            return _label_attribution(sheet, at)
    return at + 1


def _begin_tail(sheet: _Sheet, at: int) -> int:
    """From here to the end all is quoted."""
    for line in range(at, len(sheet.lines)):
        sheet.labels[line] = QUOTE
    sheet.has_tail = True
    return len(sheet.lines)


def _begin_forward(sheet: _Sheet, at: int) -> int:
    """What follows was sent on by the customer: it is what the customer has to say."""
    sheet.is_forward = True
    following = next((line for line in sheet.stripped[at:] if line), "")
    sheet.base = max(sheet.base, 1 if following.startswith(">") else 0)
    start = next((i for i in range(at, len(sheet.lines)) if sheet.stripped[i]), at)
    sheet.forward_header_until = max(_header_block(sheet, start), start)
    if start < len(sheet.lines) and sheet.forward_header_until == start:
        line = sheet.stripped[start]
        if line[-1:] in ":：" and any(form.match(line) for form in phrases.ATTRIBUTIONS):
            sheet.forward_header_until = start + 1
    return at


def _with_rule_above(sheet: _Sheet, at: int) -> int:
    """A ruled line right above a header block belongs to it."""
    above = at - 1
    while above >= 0 and not sheet.stripped[above]:
        above -= 1
    return above if above >= 0 and phrases.RULE.match(sheet.stripped[above]) else at


def _header_block(sheet: _Sheet, at: int) -> int:
    """Where the quoted header lines that begin here end; 0 when they are none."""
    if phrases.HEADER_LINE.match(sheet.stripped[at].lstrip("> ")) is None:
        return 0
    kinds: set[str] = set()
    has_address = False
    end = at
    strangers = 0
    for i in range(at, min(at + _HEADER_BLOCK_LINES_MAX, len(sheet.lines))):
        line = sheet.stripped[i].lstrip("> ")
        if not line:
            if strangers or len(kinds) >= 4:
                break
            continue
        found = phrases.HEADER_LINE.match(line)
        if found is None:
            strangers += 1
            if strangers > 2:
                break
            continue
        strangers = 0
        kind = found.lastgroup if found.lastgroup != "value" else None
        kind = kind or next(k for k in ("from", "date", "to", "cc", "subject") if found[k])
        kinds.add(kind)
        has_address = has_address or (kind in ("from", "to") and "@" in found["value"])
        end = i + 1
    is_block = "from" in kinds and (
        ("subject" in kinds and ("date" in kinds or "to" in kinds))
        or (has_address and "date" in kinds and "to" in kinds)
    )
    return end if is_block else 0


def _depth(line: str) -> int:
    """How many quote marks a line begins with."""
    depth = 0
    for letter in line:
        if letter == ">":
            depth += 1
        elif letter != " ":
            break
    return depth


def _label_attribution(sheet: _Sheet, at: int) -> int:
    """`On … wrote:` ends on this line; it may have begun up to three lines above."""
    start = _attribution_start(sheet, at)
    following = _following(sheet, at)
    if start is None:
        line = sheet.stripped[at]
        if not (following.startswith(">") and _depth(following) > sheet.base):
            return at + 1
        if not any(form.match(line) for form in phrases.WEAK_ATTRIBUTIONS):
            return at + 1
        start = at
    elif not following.startswith(">") and following and not _is_sure(sheet, start, at):
        return at + 1
    for line_at in range(start, at + 1):
        sheet.labels[line_at] = ATTRIBUTION
    sheet.notes.append(at)
    if following and not following.startswith(">"):
        return _begin_tail(sheet, at + 1)
    sheet.has_sure_quote = True
    return at + 1


def _following(sheet: _Sheet, at: int) -> str:
    """The next line with words; one known to be quoted counts as marked."""
    for i in range(at + 1, min(at + 7, len(sheet.lines))):
        if sheet.stripped[i]:
            return ">" * (sheet.base + 1) if sheet.labels[i] == QUOTE else sheet.stripped[i]
    return ""


def _attribution_start(sheet: _Sheet, at: int) -> int | None:
    joined = ""
    for start in range(at, max(-1, at - _ATTRIBUTION_LINES_MAX), -1):
        line = sheet.stripped[start]
        if not line or sheet.labels[start] != NEW or (start < at and line[-1] in ".!?"):
            return None
        joined = f"{line} {joined}".strip() if joined else line
        if len(joined) > _ATTRIBUTION_LETTERS_MAX:
            return None
        if start < at and not phrases.ATTRIBUTION_START.match(line):
            continue
        if _is_attribution(joined):
            return start
    return None


def _is_attribution(joined: str) -> bool:
    if not any(form.match(joined) for form in phrases.ATTRIBUTIONS):
        return False
    has_when = bool(phrases.DATE.search(joined) or phrases.TIME.search(joined))
    return has_when or bool(phrases.HAS_EMAIL.search(joined))


def _is_sure(sheet: _Sheet, start: int, end: int) -> bool:
    """Enough to fold all that follows, though nothing marks it as quoted."""
    joined = " ".join(sheet.stripped[start : end + 1])
    has_email = "@" in joined
    has_date = bool(phrases.DATE.search(joined))
    has_verb = bool(phrases.HAS_VERB.search(joined))
    has_time = bool(phrases.TIME.search(joined))
    return (has_email and (has_date or has_verb)) or (has_date and has_time and has_verb)


# Signatures


def _label_signatures(sheet: _Sheet) -> None:
    for start, end in _own_regions(sheet):
        _label_programs_lines(sheet, start, end)
        end = _label_disclaimers(sheet, start, end)
        if not _label_dashed(sheet, start, end):
            _label_signed_off(sheet, start, end)


def _own_regions(sheet: _Sheet) -> list[tuple[int, int]]:
    """Stretches of lines that are not quoted."""
    regions: list[tuple[int, int]] = []
    start: int | None = None
    for at, label in enumerate([*sheet.labels, QUOTE]):
        if label == NEW and start is None:
            start = at
        elif label != NEW and start is not None:
            regions.append((start, at))
            start = None
    return regions


def _label_programs_lines(sheet: _Sheet, start: int, end: int) -> None:
    """`Sent from my phone` and what the HTML calls a signature."""
    for at in range(start, end):
        line = sheet.stripped[at]
        if not line:
            continue
        if at in sheet.hints.signatures or (len(line) < 140 and phrases.MOBILE.match(line)):
            sheet.labels[at] = SIGNATURE


def _label_disclaimers(sheet: _Sheet, start: int, end: int) -> int:
    """Legal paragraphs at the end of a stretch; answers where the words before them end."""
    at = start
    while at < end:
        line = sheet.stripped[at]
        if line and sheet.labels[at] == NEW and len(line) > 12 and phrases.DISCLAIMER.match(_paragraph(sheet, at, end)):
            return _fold_legal(sheet, at, end)
        at += 1
        while at < end and sheet.stripped[at] and sheet.stripped[at - 1]:
            at += 1
    return end


def _paragraph(sheet: _Sheet, at: int, end: int) -> str:
    lines: list[str] = []
    for line in sheet.stripped[at : min(end, at + 6)]:
        if not line:
            break
        lines.append(line)
    return " ".join(lines)


def _fold_legal(sheet: _Sheet, at: int, end: int) -> int:
    """Fold this paragraph and the legal ones after it, but nothing else."""
    begun = at
    is_legal = True
    while at < end:
        if sheet.stripped[at]:
            if not sheet.stripped[at - 1] and at > begun:
                is_legal = bool(phrases.LEGAL_WORDS.search(_paragraph(sheet, at, end)))
            if is_legal and sheet.labels[at] == NEW:
                sheet.labels[at] = SIGNATURE
        at += 1
    return begun


def _label_dashed(sheet: _Sheet, start: int, end: int) -> bool:
    """`-- ` begins a signature by convention; a bare `--` does when little follows."""
    filled = [i for i in range(start, end) if sheet.stripped[i]]
    first_word = next((i for i in filled if sheet.labels[i] == NEW), end)
    for position, at in enumerate(filled):
        if len(sheet.stripped[at]) > 2:
            continue
        line = sheet.lines[at].replace("\xa0", " ")
        if line not in ("-- ", "--", "—", "– ", "--  "):
            continue
        below = len(filled) - position - 1
        limit = _DASHED_LINES_MAX if line == "-- " else _SIGNATURE_LINES_MAX
        if not below or below > limit or not (first_word < at or start > 0):
            continue
        after = filled[position + 1 :]
        if line != "-- " and any(sheet.stripped[i].endswith("?") for i in after):
            continue
        for i in (at, *after):
            sheet.labels[i] = SIGNATURE
        return True
    return False


def _label_signed_off(sheet: _Sheet, start: int, end: int) -> None:
    """`Best regards` and the name, place and numbers below it."""
    filled = [i for i in range(start, end) if sheet.stripped[i] and sheet.labels[i] == NEW]
    for position, at in enumerate(filled[-_SIGNATURE_LINES_MAX - 1 :]):
        line = sheet.stripped[at]
        if len(line) > 60 or not phrases.SIGN_OFF.match(line):
            continue
        before = len(filled) - len(filled[-_SIGNATURE_LINES_MAX - 1 :]) + position
        after = [sheet.stripped[i] for i in filled[before + 1 :]]
        if before > 0 and all(_may_sign(text) for text in after):
            for i in filled[before:]:
                sheet.labels[i] = SIGNATURE
        return


def _may_sign(line: str) -> bool:
    if len(line) > 90 or phrases.TELLS_WHO.search(line):
        return False
    return not (line[-1] in "?!" or (line[-1] == "." and line.count(" ") > 4))


# Sides


def _has_new(sheet: _Sheet) -> bool:
    return any(
        label == NEW and any(letter.isalnum() for letter in line)
        for label, line in zip(sheet.labels, sheet.stripped, strict=True)
    )


def _believe_less(sheet: _Sheet) -> None:
    """Nothing new is left: what was only likely to be a quote or signature is not one."""
    if sheet.has_tail or not sheet.has_sure_quote:
        for at in range(len(sheet.lines)):
            if not (sheet.labels[at] == SIGNATURE and sheet.has_tail):
                sheet.labels[at] = NEW
        for at in range(len(sheet.lines)):
            if sheet.stripped[at] and phrases.MOBILE.match(sheet.stripped[at]):
                sheet.labels[at] = SIGNATURE


def _heaps(sheet: _Sheet) -> tuple[str, str]:
    new: list[str] = []
    quoted: list[str] = []
    was_new = True
    for line, label in zip(sheet.lines, sheet.labels, strict=True):
        is_new = label == NEW
        if not line.strip(_STRIPPED):
            heap = new if was_new else quoted
            if heap and heap[-1]:
                heap.append("")
            continue
        heap = new if is_new else quoted
        if is_new is not was_new and heap and heap[-1]:
            heap.append("")
        if is_new and sheet.base and line.lstrip().startswith(">"):
            line = line.lstrip()[1:].removeprefix(" ")
        heap.append(line if line == "-- " else line.rstrip())
        was_new = is_new
    return "\n".join(new).strip("\n"), "\n".join(quoted).strip("\n")
