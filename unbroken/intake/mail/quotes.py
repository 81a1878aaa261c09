"""The customer's own words apart from what was quoted, signed and attached by programs.

Every line goes to exactly one side, so no word is lost. When it is not sure that a line
is a quote or a signature, it counts as the customer's.
"""

from dataclasses import dataclass
from typing import Final

from unbroken.intake.mail import phrases, signatures
from unbroken.intake.mail.sheet import (
    ATTRIBUTION,
    NEW,
    QUOTE,
    SIGNATURE,
    STRIPPED,
    Hints,
    Sheet,
)

LINES_MAX: Final = 20_000
_ATTRIBUTION_LINES_MAX: Final = 4
_ATTRIBUTION_LETTERS_MAX: Final = 420
_HEADER_BLOCK_LINES_MAX: Final = 14


@dataclass(frozen=True, slots=True)
class Words:
    """A text in two heaps."""

    new: str
    quoted: str
    is_forward: bool = False
    has_quote: bool = False


def own_words(text: str, subject: str = "", hints: Hints | None = None) -> Words:
    """Tell the new words of a text from the rest."""
    text = _apart(text)
    lines = text.split("\n")
    rest = lines[LINES_MAX:]
    sheet = Sheet(
        lines[:LINES_MAX],
        [line.strip(STRIPPED) for line in lines[:LINES_MAX]],
        [NEW] * min(len(lines), LINES_MAX),
        hints or Hints(),
        bool(phrases.FORWARD_SUBJECT.match(subject)),
    )
    _label_initials(sheet)
    _label_quotes(sheet)
    signatures.label(sheet)
    if not _has_new(sheet):
        _believe_less(sheet)
    new, quoted = _heaps(sheet)
    if rest:
        quoted = "\n".join((quoted, *rest))
    return Words(new, quoted.strip("\n"), sheet.is_forward, QUOTE in sheet.labels)


def _apart(text: str) -> str:
    """An attribution on the customer's own line gets a line of its own."""
    if "@" in text and phrases.ATTRIBUTION_INSIDE.search(text):
        text = phrases.ATTRIBUTION_INSIDE.sub("\n", text)
        return phrases.ATTRIBUTION_ENDS.sub("\n", text)
    return text


# Quotes


def _label_quotes(sheet: Sheet) -> None:
    at = 0
    while at < len(sheet.lines):
        at = _label_line(sheet, at)


def _label_initials(sheet: Sheet) -> None:
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


def _label_line(sheet: Sheet, at: int) -> int:
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


def _label_mark(sheet: Sheet, at: int, line: str) -> int:
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


def _begin_tail(sheet: Sheet, at: int) -> int:
    """From here to the end all is quoted."""
    for line in range(at, len(sheet.lines)):
        sheet.labels[line] = QUOTE
    sheet.has_tail = True
    return len(sheet.lines)


def _begin_forward(sheet: Sheet, at: int) -> int:
    """What follows was sent on by the customer: it is what the customer has to say."""
    sheet.is_forward = True
    start = next((i for i in range(at, len(sheet.lines)) if sheet.stripped[i]), None)
    if start is None:
        return at
    line = sheet.stripped[start]
    sheet.base = max(sheet.base, 1 if line.startswith(">") else 0)
    sheet.forward_header_until = max(_header_block(sheet, start), start)
    if sheet.forward_header_until == start and line[-1] in ":：" and _is_attribution(line):
        sheet.forward_header_until = start + 1
    return at


def _with_rule_above(sheet: Sheet, at: int) -> int:
    """A ruled line right above a header block belongs to it."""
    above = at - 1
    while above >= 0 and not sheet.stripped[above]:
        above -= 1
    return above if above >= 0 and phrases.RULE.match(sheet.stripped[above]) else at


def _header_block(sheet: Sheet, at: int) -> int:
    """Where the quoted header lines that begin here end; 0 when they are none."""
    if phrases.HEADER_LINE.match(sheet.stripped[at].lstrip("> ")) is None:
        return 0
    kinds: set[str] = set()
    has_address = has_when = False
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
        has_when = has_when or (kind == "date" and _is_instant(found["value"]))
        end = i + 1
    is_block = "from" in kinds and (
        ("subject" in kinds and ("date" in kinds or "to" in kinds))
        or ((has_address or has_when) and "date" in kinds and "to" in kinds)
    )
    return end if is_block else 0


def _is_instant(value: str) -> bool:
    return bool(phrases.DATE.search(value) and phrases.TIME.search(value))


def _depth(line: str) -> int:
    """How many quote marks a line begins with."""
    depth = 0
    for letter in line:
        if letter == ">":
            depth += 1
        elif letter != " ":
            break
    return depth


def _label_attribution(sheet: Sheet, at: int) -> int:
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


def _following(sheet: Sheet, at: int) -> str:
    """The next line with words; one known to be quoted counts as marked."""
    for i in range(at + 1, min(at + 7, len(sheet.lines))):
        if sheet.stripped[i]:
            return ">" * (sheet.base + 1) if sheet.labels[i] == QUOTE else sheet.stripped[i]
    return ""


def _attribution_start(sheet: Sheet, at: int) -> int | None:
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


def _is_sure(sheet: Sheet, start: int, end: int) -> bool:
    """Enough to fold all that follows, though nothing marks it as quoted."""
    joined = " ".join(sheet.stripped[start : end + 1])
    has_email = "@" in joined
    has_date = bool(phrases.DATE.search(joined))
    has_verb = bool(phrases.HAS_VERB.search(joined))
    has_time = bool(phrases.TIME.search(joined))
    return (has_email and (has_date or has_verb)) or (has_date and has_time and has_verb)


# Sides


def _has_new(sheet: Sheet) -> bool:
    return any(
        label == NEW and any(letter.isalnum() for letter in line)
        for label, line in zip(sheet.labels, sheet.stripped, strict=True)
    )


def _believe_less(sheet: Sheet) -> None:
    """Nothing new is left: what was only likely to be a quote or signature is not one."""
    if sheet.has_tail or not sheet.has_sure_quote:
        for at in range(len(sheet.lines)):
            if not (sheet.labels[at] == SIGNATURE and sheet.has_tail):
                sheet.labels[at] = NEW
        for at in range(len(sheet.lines)):
            if sheet.stripped[at] and phrases.MOBILE.match(sheet.stripped[at]):
                sheet.labels[at] = SIGNATURE


def _heaps(sheet: Sheet) -> tuple[str, str]:
    new: list[str] = []
    quoted: list[str] = []
    was_new = True
    for line, label in zip(sheet.lines, sheet.labels, strict=True):
        is_new = label == NEW
        if not line.strip(STRIPPED):
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
