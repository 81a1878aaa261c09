"""Notices of planned work by carriers: MAINTNOTE calendars, and mails that are plainly the same."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from unbroken.intake.inbound import MaintenanceNotice

EVENTS_MAX: Final = 100
_LINE: Final = re.compile(
    r"(?m)^([A-Za-z0-9-]{1,60})((?:;[^:\n\"]{1,60}(?:\"[^\"\n]{0,200}\")?){0,8}):([^\n]{0,2000})$"
)
_ZONE: Final = re.compile(r"(?i)TZID=\"?([^\";:]{1,80})")
_SUBJECT: Final = re.compile(
    r"(?i)\b(?:planned|scheduled|emergency|urgent|network|upcoming|routine|preventive"
    r"|corrective)[ -](?:\w+ ){0,2}?(?:maintenance|works?|outage|interruption|activity)"
    r"|\bmaintenance (?:notification|notice|window|announcement|advisory|reminder|scheduled"
    r"|completed|cancelled)"
    r"|\b(?:geplante |angekündigte )?wartungs(?:arbeiten|fenster|ankündigung|meldung"
    r"|benachrichtigung)|geplante (?:arbeiten|unterbrechung)"
    r"|планов\w+ (?:\w+ )?работ|профилактическ\w+ работ|manutenzione (?:programmata|straordinaria"
    r"|pianificata)|lavori programmati"
    r"|(?:travaux|maintenance) (?:programmée?s?|planifiée?s?)|avis de (?:travaux|maintenance)"
    r"|mantenimiento programado|trabajos programados|ventana de mantenimiento"
)
_FORWARDED: Final = re.compile(r"(?i)\s*(?:re|aw|r|sv|ha|отв)\s*:")
_WINDOW: Final = re.compile(
    r"(?im)^[\s*>•|-]{0,6}(?:(?:maintenance |work |planned |scheduled |outage )?(?:start|begin"
    r"|end|finish|window|from|until|date)[\w /()-]{0,30}|beginn|ende|zeitfenster|zeitraum"
    r"|wartungsfenster"
    r"|начало|окончание|время (?:начала|окончания|работ)|период|inizio|fine|finestra|début|fin"
    r"|fenêtre|inicio|ventana)\s{0,20}[:|=-]"
    r"[^\n]{0,20}?(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}\.? \w{3,10}\.? \d{2,4}|\w{3,10}"
    r" \d{1,2},? \d{4})"
)
_IMPACT: Final = re.compile(
    r"(?im)^[\s*>•|-]{0,6}(?:(?:service |expected |customer )?impact|expected downtime|outage"
    r" duration|downtime|effect|auswirkung\w*|ausfall\w*|beeinträchtigung|влияние|перерыв\w*"
    r"|длительность"
    r"|impatto|disservizio|incidence|impact attendu|afectaci[oó]n"
    r"|impacto)[\w /()-]{0,30}\s{0,20}[:|=-]"
)
_THINGS: Final = re.compile(
    r"(?im)^[\s*>•|-]{0,6}(?:(?:affected |impacted )?(?:circuits?|services?|lines?|links?|sites?"
    r"|elements?|nodes?)(?: ids?)?|(?:betroffene )?(?:leitung\w*|dienste?|standorte?|strecken?)"
    r"|линии|каналы|услуги|адрес\w*"
    r"|(?:circuiti|servizi|linee)(?: interessat\w)?|(?:circuits|services|liaisons)(?: (?:impact"
    r"|concern)\w+)?|(?:circuitos|servicios)(?: afectados)?"
    r"|(?:ticket|reference|change|maintenance|case|vorgang|referenz|номер|riferimento|référence"
    r"|referencia)(?:[ -]?(?:id|no|nr|number|ref|nummer|\w{0,10}))?\.?)\s{0,20}[:|=#-]"
)
_WHAT: Final = re.compile(
    r"(?im)^[\s*>•|-]{0,6}(?:reason|purpose|location|description|activity|grund|ort|beschreibung"
    r"|причина|место|motivo|luogo|raison|lieu|motif|razón|lugar)[\w /()-]{0,30}\s{0,20}[:|=-]"
)


def from_calendar(text: str) -> list[MaintenanceNotice]:
    """The MAINTNOTE events of a calendar."""
    if "X-MAINTNOTE-" not in text.upper():
        return []
    return [notice for event in _events(text) if (notice := _notice(event))]


def _events(text: str) -> Iterator[str]:
    at = 0
    for _ in range(EVENTS_MAX):
        begin = text.find("BEGIN:VEVENT", at)
        end = text.find("END:VEVENT", begin)
        if begin < 0 or end < 0:
            return
        yield text[begin + 12 : end]
        at = end + 10


def _notice(event: str) -> MaintenanceNotice | None:
    values: dict[str, tuple[str, str]] = {}
    objects: list[str] = []
    for name, params, value in _LINE.findall(event):
        name = name.upper()
        values.setdefault(name, (params, value.strip()))
        if name == "X-MAINTNOTE-OBJECT-ID" and len(objects) < 1000:
            objects.append(_plain(value))

    def said(name: str) -> str:
        return _plain(values[name][1]) if name in values else ""

    if not (said("X-MAINTNOTE-PROVIDER") or said("X-MAINTNOTE-MAINTENANCE-ID")):
        return None
    sequence = said("SEQUENCE")
    return MaintenanceNotice(
        provider=said("X-MAINTNOTE-PROVIDER"),
        account=said("X-MAINTNOTE-ACCOUNT"),
        maintenance_id=said("X-MAINTNOTE-MAINTENANCE-ID"),
        object_ids=tuple(objects),
        impact=said("X-MAINTNOTE-IMPACT").upper(),
        status=said("X-MAINTNOTE-STATUS").upper(),
        starts_at=_instant(*values.get("DTSTART", ("", ""))),
        ends_at=_instant(*values.get("DTEND", ("", ""))),
        summary=said("SUMMARY"),
        sequence=int(sequence)
        if sequence.isascii() and sequence.isdigit() and len(sequence) < 9
        else 0,
        stamped_at=_instant(*values.get("DTSTAMP", ("", ""))),
    )


def _plain(value: str) -> str:
    value = value.replace("\\n", " ").replace("\\N", " ")
    return value.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\").strip()[:1000]


def _instant(params: str, value: str) -> datetime | None:
    zone = _ZONE.search(params)
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        form = "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d"
        where = ZoneInfo(zone[1]) if zone else UTC
        return datetime.strptime(value, form).replace(tzinfo=where)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def is_plain_notice(subject: str, text: str) -> bool:
    """A carrier's own form, believed only when it is filled in: a window and what it hits."""
    if _FORWARDED.match(subject) or not _SUBJECT.search(subject):
        return False
    text = text[:20_000]
    if not _WINDOW.search(text):
        return False
    marks = (_IMPACT, _THINGS, _WHAT)
    return sum(1 for mark in marks if mark.search(text)) >= 2
