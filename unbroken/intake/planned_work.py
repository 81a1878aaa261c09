"""Notices of planned work become windows, where there is no doubt; the rest waits for a person.

A wrong window is worse than none: it would excuse a fault that nobody announced. So a notice needs
a beginning, an end, a number of its own, and only things that the inventory knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from unbroken.directory.topology_queries import resources_named
from unbroken.evidence.actions import note_planned_window
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.words import in_language
from unbroken.intake.inbound import MaintenanceNotice
from unbroken.intake.mail import maintenance
from unbroken.intake.mail.carrier_forms import DOUBTS, UNKNOWN_FORM
from unbroken.intake.mail.reading import read
from unbroken.intake.notices.readings import readings_of, to_maintnote

IMPACT, STATUS = "OUTAGE", "CONFIRMED"
"""What is meant where a notice leaves it out."""

FILE_BYTES_MAX = 50_000_000


@dataclass(slots=True)
class TakenIn:
    """What became of the notices in some files."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_files(paths: Sequence[Path], *, by: Actor, at: datetime) -> TakenIn:
    """Calendars and mails, a file each."""
    taken = TakenIn()
    for path in paths:
        try:
            if path.stat().st_size > FILE_BYTES_MAX:
                raise OSError(0, "larger than any notice")
            notices = notices_in(path.read_bytes())
        except OSError as problem:
            taken.refused.append((str(path), problem.strerror or str(problem)))
            continue
        if not notices:
            notices = _of_form(path, taken)
        for notice in _newest(notices):
            _take(notice, str(path), taken, by=by, at=at)
    return taken


def _of_form(path: Path, taken: TakenIn) -> list[MaintenanceNotice]:
    """What a carrier's own form says without a doubt; the rest is refused with its reason."""
    found = []
    for one in readings_of(read(path.read_bytes())):
        if one.doubts:
            why = [in_language(DOUBTS[doubt], "en") for doubt in one.doubts]
            known = "no MAINTNOTE in it: a person has to read it"
            taken.read += 1
            taken.refused.append(
                (str(path), known if UNKNOWN_FORM in one.doubts else " ".join(why))
            )
        else:
            found.append(to_maintnote(one))
    return found


def notices_in(raw: bytes) -> list[MaintenanceNotice]:
    """The MAINTNOTE events of a calendar, or of a mail that carries one."""
    if raw.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        return maintenance.from_calendar(text.replace("\n ", "").replace("\n\t", ""))
    mail = read(raw)
    return [
        notice if notice.stamped_at else replace(notice, stamped_at=mail.sent_at)
        for notice in mail.maintenance
    ]


def note(notice: MaintenanceNotice, *, by: Actor, at: datetime) -> bool:
    """It becomes a window; False when all of it was known. `Refused` where anything is unclear."""
    if notice.starts_at is None or notice.ends_at is None:
        raise Refused("window.no_time")
    named = resources_named(notice.object_ids)
    unknown = [name for name in notice.object_ids if name not in named]
    if unknown:
        raise Refused("window.unknown_things", things=", ".join(unknown[:5])[:200])
    number = notice.maintenance_id.strip()
    return note_planned_window(
        key=f"{notice.provider} {number}".strip() if number else "",
        since=notice.starts_at,
        until=notice.ends_at,
        resources=[key for keys in named.values() for key in keys],
        impact=notice.impact or IMPACT,
        status=notice.status or STATUS,
        provider=notice.provider,
        arrived_at=min(notice.stamped_at, at) if notice.stamped_at else at,
        by=by,
        at=at,
    )


def _take(notice: MaintenanceNotice, item: str, taken: TakenIn, *, by: Actor, at: datetime) -> None:
    taken.read += 1
    try:
        is_new = note(notice, by=by, at=at)
    except Refused as refusal:
        number = notice.maintenance_id
        taken.refused.append((f"{item} {number}".strip(), refusal.in_words("en").rstrip(".")))
    else:
        taken.new += is_new
        taken.known += not is_new


def _newest(notices: Sequence[MaintenanceNotice]) -> list[MaintenanceNotice]:
    """Of several editions of one notice the last one counts; all of different notices do."""
    last: dict[tuple[str, str], MaintenanceNotice] = {}
    for notice in sorted(notices, key=lambda one: one.sequence):
        last[(notice.provider, notice.maintenance_id)] = notice
    return list(last.values())
