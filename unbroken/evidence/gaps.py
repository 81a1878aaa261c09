"""What is missing: records that would settle the matter and are not there. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.evidence.excuses import ended_lately
from unbroken.evidence.rule import Case
from unbroken.ground.words import Phrase, _

STALE = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence, and since when it has been so (None: there never was any)."""

    text: Phrase
    since: datetime | None = None


def missing(case: Case) -> tuple[Missing, ...]:
    """What was looked for in vain, most telling first."""
    found: list[Missing] = []
    picture = case.picture
    if picture.state == "unheard":
        found.append(Missing(_("no session was ever heard of for this service")))
    elif picture.state == "silent" and picture.last is not None:
        found.append(Missing(_("no news of the open session since {since}"), picture.last.heard_at))
    if picture.access in ("dsl", "docsis", ""):
        _stale(case, found, _("no line counters"), _("no line counters since {since}"),
               picture.retrains.before(case.at), picture.link.before(case.at))  # fmt: skip
    if picture.access == "fibre":
        _stale(case, found, _("no optical levels"), _("no optical levels since {since}"),
               picture.light.before(case.at))  # fmt: skip
    ended = ended_lately(case)
    if ended is not None:
        found.append(Missing(_("no lost carrier since {since}, but several before it"), ended))
    if not case.facts.chain:
        found.append(Missing(_("the inventory does not say what this service hangs on")))
    elif not case.facts.neighbours:
        found.append(Missing(_("no neighbours on a shared element to compare with")))
    if not picture.has_alarms and case.drops:
        found.append(Missing(_("no alarms are heard from this part of the network")))
    return tuple(found)


def _stale(case: Case, found: list[Missing], never: Phrase, since: Phrase, *last: object) -> None:
    """Counters that were never read, or not lately."""
    times = [one.at for one in last if one is not None and hasattr(one, "at")]
    if not times:
        found.append(Missing(never))
    elif case.at - max(times) > STALE:
        found.append(Missing(since, max(times)))
