"""Where the words end and the signature begins: names, numbers, legal paragraphs.

Careful by design: a line that may hold something the desk needs is never folded away.
"""

from typing import Final

from unbroken.intake.mail import phrases
from unbroken.intake.mail.sheet import NEW, QUOTE, SIGNATURE, Sheet

_LINES_MAX: Final = 14
_DASHED_LINES_MAX: Final = 40


def label(sheet: Sheet) -> None:
    """Mark the signatures of every stretch that is not quoted."""
    for start, end in _own_regions(sheet):
        _label_programs_lines(sheet, start, end)
        end = _label_disclaimers(sheet, start, end)
        if not _label_dashed(sheet, start, end):
            _label_signed_off(sheet, start, end)


def _own_regions(sheet: Sheet) -> list[tuple[int, int]]:
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


def _label_programs_lines(sheet: Sheet, start: int, end: int) -> None:
    """`Sent from my phone` and what the HTML calls a signature."""
    _label_banner(sheet, start, end)
    for at in range(start, end):
        line = sheet.stripped[at]
        if not line:
            continue
        if at in sheet.hints.signatures or (len(line) < 140 and phrases.MOBILE.match(line)):
            sheet.labels[at] = SIGNATURE


def _label_banner(sheet: Sheet, start: int, end: int) -> None:
    """`CAUTION: this mail came from outside` is said by a gateway, not by the customer."""
    first = next((i for i in range(start, end) if sheet.stripped[i]), end)
    paragraph = _paragraph(sheet, first, end)
    if first > 2 or not phrases.BANNER.match(paragraph):
        return
    after = first
    while after < end and sheet.stripped[after]:
        after += 1
    if any(sheet.stripped[after:end]):
        for at in range(first, after):
            sheet.labels[at] = SIGNATURE


def _label_disclaimers(sheet: Sheet, start: int, end: int) -> int:
    """Legal paragraphs at the end of a stretch; answers where the words before them end."""
    at = start
    while at < end:
        line = sheet.stripped[at]
        if (
            line
            and sheet.labels[at] == NEW
            and len(line) > 12
            and phrases.DISCLAIMER.match(_paragraph(sheet, at, end))
        ):
            return _fold_legal(sheet, at, end)
        at += 1
        while at < end and sheet.stripped[at] and sheet.stripped[at - 1]:
            at += 1
    return end


def _paragraph(sheet: Sheet, at: int, end: int) -> str:
    lines: list[str] = []
    for line in sheet.stripped[at : min(end, at + 6)]:
        if not line:
            break
        lines.append(line)
    return " ".join(lines)


def _fold_legal(sheet: Sheet, at: int, end: int) -> int:
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


def _label_dashed(sheet: Sheet, start: int, end: int) -> bool:
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
        limit = _DASHED_LINES_MAX if line == "-- " else _LINES_MAX
        if not below or below > limit or not (first_word < at or start > 0):
            continue
        after = filled[position + 1 :]
        if line != "-- " and any(sheet.stripped[i].endswith("?") for i in after):
            continue
        for i in (at, *after):
            sheet.labels[i] = SIGNATURE
        return True
    return False


def _label_signed_off(sheet: Sheet, start: int, end: int) -> None:
    """`Best regards` and the name, place and numbers below it."""
    filled = [i for i in range(start, end) if sheet.stripped[i] and sheet.labels[i] == NEW]
    for position, at in enumerate(filled[-_LINES_MAX - 1 :]):
        line = sheet.stripped[at]
        if len(line) > 60 or not phrases.SIGN_OFF.match(line):
            continue
        before = len(filled) - len(filled[-_LINES_MAX - 1 :]) + position
        after = [sheet.stripped[i] for i in filled[before + 1 :]]
        if before > 0 and all(_may_sign(text) for text in after):
            for i in filled[before:]:
                sheet.labels[i] = SIGNATURE
        return


def _may_sign(line: str) -> bool:
    if len(line) > 90 or phrases.TELLS_WHO.search(line):
        return False
    return not (line[-1] in "?!" or (line[-1] == "." and line.count(" ") > 4))
