"""A verdict in words and as the document of interfaces.md, in the reader's language. Pure.

Nothing translated is stored: the verdict holds keys and values, this says them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unbroken.evidence.claims.beside import Checked
from unbroken.evidence.finding import Record
from unbroken.evidence.gaps import Missing
from unbroken.evidence.judging import NO_FAULT, UNKNOWN, Hypothesis, Verdict
from unbroken.evidence.rules import all_rules
from unbroken.ground.time_words import how_long
from unbroken.ground.words import Phrase, _, in_language, speaking

LABELS: Mapping[str, Phrase] = {
    NO_FAULT: _("Nothing to find"),
    UNKNOWN: _("Too little to say"),
}
NO_FAULT_SENTENCE = _("Session, line and neighbours are well: nothing is found that is wrong.")
UNKNOWN_SENTENCE = _("The records are too few to name a cause.")
UNKNOWN_LIKELIEST = _("The records are too few to name a cause; likeliest: {label}.")
NOT_THE_RESET = _("The planned reset explains none of it.")
NOT_ALL_RESET = _("The planned reset explains other breaks, not these.")
VISIBLE_SINCE = _(
    "The breaks became visible on {date}, when the device stopped reconnecting by itself; they did "
    "not begin then."
)
NO_FAULT_CHECK = _("Ask what exactly was felt, when, and on which device.")
UNKNOWN_CHECK = _("Have what is missing read: the line's counters, the device's log, the lamps.")

LIKELY_LEAST = 0.2
"""A cause that is less likely is not named where none is certain."""


def label(key: str, language: str | None = None) -> str:
    """A cause in a few words."""
    rule = all_rules().get(key)
    return in_language(rule.label if rule else LABELS[key], language)


def causes(language: str | None = None) -> dict[str, str]:
    """Every cause that can be named, by its key, in the order of their words."""
    found = {key: label(key, language) for key in all_rules()}
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def next_check(key: str, language: str | None = None) -> str:
    """What decides."""
    rule = all_rules().get(key)
    text = rule.next_check if rule else NO_FAULT_CHECK if key == NO_FAULT else UNKNOWN_CHECK
    return in_language(text, language)


def sentence(verdict: Verdict, language: str, zone: str) -> str:
    """The verdict in one or two sentences."""
    with speaking(language):
        values = _worded(verdict.values or {}, zone)
        rule = all_rules().get(verdict.key)
        if rule is not None:
            first = in_language(rule.sentence, **values)
        elif verdict.key == NO_FAULT:
            first = in_language(NO_FAULT_SENTENCE)
        else:
            first = _too_little(verdict)
        return " ".join([first, *_besides(verdict, values)])


def _too_little(verdict: Verdict) -> str:
    likeliest = next((one for one in verdict.hypotheses if _may_be_named(one)), None)
    if likeliest is None:
        return in_language(UNKNOWN_SENTENCE)
    return in_language(UNKNOWN_LIKELIEST, label=label(likeliest.key))


def _may_be_named(one: Hypothesis) -> bool:
    """Whether records speak for it. What happens by design is known by its period, or it is not:

    "likely the nightly reset" would be the excuse, said where nobody knows.
    """
    rule = all_rules().get(one.key)
    is_guess = rule is not None and not rule.is_harmless
    return is_guess and one.certainty >= LIKELY_LEAST and bool(one.finding.speaks_for)


def _besides(verdict: Verdict, values: Mapping[str, object]) -> list[str]:
    """What the usual excuse would have been, and what only became visible."""
    found = []
    reset = next((one for one in verdict.hypotheses if one.key == "planned_reset"), None)
    told = verdict.key in ("line_unstable", "ppp_path", "customer_power", "wet_joint")
    if told and reset is not None and reset.finding.speaks_against:
        explains = reset.finding.explains
        found.append(in_language(NOT_ALL_RESET if explains else NOT_THE_RESET))
    if "access_mode_changed" in verdict.also and values.get("changed"):
        found.append(in_language(VISIBLE_SINCE, date=values["changed"]))
    return found


def _worded(values: Mapping[str, object], zone: str) -> dict[str, Any]:
    """Values as people read them."""
    worded: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            local = value.astimezone(ZoneInfo(zone))
            worded[name] = f"{local:%Y-%m-%d}" if name == "changed" else f"{local:%Y-%m-%d %H:%M}"
        elif name == "length" and isinstance(value, int):
            worded[name] = _length(value)
        elif name == "clock" and isinstance(value, int):
            worded[name] = f"{value // 3600:02}:{value % 3600 // 60:02}"
        else:
            worded[name] = "—" if value is None or value == "" else value
    return worded


def _length(seconds: int) -> str:
    hours = round(seconds / 3600)
    if abs(seconds - hours * 3600) <= 120 and hours:
        return f"{hours} {in_language(_('h'))}"
    return how_long(timedelta(seconds=seconds))


def missing_words(missing: Sequence[Missing], language: str, zone: str) -> list[str]:
    """What is missing, as sentences."""
    return [
        in_language(one.text, language, **({"since": _iso(one.since, zone)} if one.since else {}))
        for one in missing
    ]


def document(
    verdict: Verdict, *, language: str, zone: str, took_ms: int, checked: Sequence[Checked] = ()
) -> dict[str, Any]:
    """The verdict as interfaces.md has it."""
    numbered = _Numbered(zone)
    hypotheses = [_hypothesis(one, numbered, language, zone) for one in verdict.hypotheses]
    claims = [one.document(numbered.ids, language, zone) for one in checked]
    return {
        "service": verdict.service,
        "at": _iso(verdict.at, zone),
        "verdict": verdict.key,
        "certainty": round(verdict.certainty, 2),
        "since": _iso(verdict.since, zone) if verdict.since else None,
        "took_ms": took_ms,
        "sentence": sentence(verdict, language, zone),
        "hypotheses": hypotheses,
        "claims": claims,
        "scope": _scope(verdict),
        "evidence": numbered.documents,
        "missing": missing_words(verdict.missing, language, zone),
    }


def _scope(verdict: Verdict) -> dict[str, Any] | None:
    if verdict.element is None:
        return None
    return {
        "element": verdict.element.key,
        "owner": verdict.element.owner,
        "affected": max(1, verdict.affected),
    }


def _hypothesis(one: Hypothesis, numbered: "_Numbered", language: str, zone: str) -> dict[str, Any]:
    rule = all_rules().get(one.key)
    return {
        "key": one.key,
        "certainty": round(one.certainty, 2),
        "since": _iso(one.finding.onset, zone) if one.finding.onset else None,
        "for": numbered.ids(one.finding.speaks_for),
        "against": numbered.ids(one.finding.speaks_against),
        "next_check": next_check(one.key, language),
        "refuted_by": in_language(rule.refuted_by, language) if rule else "",
    }


class _Numbered:
    """Records by number, each once; a summary stands after the records it lists."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._known: dict[Record, int] = {}
        self.documents: list[dict[str, Any]] = []

    def ids(self, records: Sequence[Record]) -> list[int]:
        """The numbers of these."""
        return [self._id(record) for record in records]

    def _id(self, record: Record) -> int:
        if record in self._known:
            return self._known[record]
        parts = self.ids(record.parts)
        number = len(self.documents) + 1
        self._known[record] = number
        ref = {
            name: value
            for name, value in (
                ("type", record.type), ("resource", record.resource), ("service", record.service),
                ("session", record.session),
            )
            if value
        }  # fmt: skip
        data = dict(record.data) | ({"records": parts} if parts else {})
        self.documents.append(
            {"id": number, "kind": record.kind, "at": _iso(record.at, self._zone), "ref": ref,
             "data": data}
        )  # fmt: skip
        return number


def _iso(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
