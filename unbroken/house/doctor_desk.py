"""What the doctor asks about the desk's own work: letters, mailboxes elsewhere, promises.

Like every check these change nothing and do not raise for what is merely ill.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from unbroken.ground import retention as old_things
from unbroken.ground.clock import now
from unbroken.ground.sql import rows
from unbroken.house.finding import Finding, has_table
from unbroken.promise.queries import CheckRow, last_check, timer_health
from unbroken.quality import state
from unbroken.quality.state import CheckRow as FigureCheckRow
from unbroken.routines.ids import RuleId
from unbroken.routines.queries.rules import failed_since, kept_rules, tripped_since

LETTER_AGE_SECONDS_MAX = 300
UNREAD_MAX = timedelta(minutes=10)
"""A mailbox that fails is asked again with growing pauses, of five minutes at most."""

UNREMOVED_MAX = timedelta(days=2)
"""What is kept too long is looked for every night."""

TOLD_MAX = 160


@dataclass(frozen=True, slots=True)
class Box:
    """One room's letterbox, and the one letter in it that was given up first."""

    box: str
    waiting: int
    parked: int
    oldest_seconds: float | None
    parked_at: datetime | None
    stream: str | None
    kind: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class FetchedMailbox:
    """A mailbox elsewhere: when it was last read, and what ails it."""

    key: str
    read_at: datetime | None
    error: str


def letters() -> Finding:
    """Whether every room takes its letters, and which were given up."""
    if not has_table("ground_letter"):
        return Finding({})
    boxes, problems = {}, []
    for box in rows(Box, "house/queries/letterboxes.sql"):
        oldest = None if box.oldest_seconds is None else max(0.0, round(box.oldest_seconds, 1))
        boxes[box.box] = {"waiting": box.waiting, "parked": box.parked, "oldest_seconds": oldest}
        if box.parked:
            problems.append(_parked(box))
        if oldest is not None and oldest > LETTER_AGE_SECONDS_MAX:
            problems.append(f"The oldest letter to {box.box} waits for {oldest:.0f} s.")
    return Finding({"boxes": boxes}, problems)


def _parked(box: Box) -> str:
    how_many = "1 letter" if box.parked == 1 else f"{box.parked} letters"
    return (
        f"{how_many} to {box.box} parked since {_at(box.parked_at)}, the first about {box.stream}"
        f" ({box.kind}): {_short(box.error or '')} The console's list of stuck work shows all."
    )


def rules() -> Finding:
    """Whether a rule of the operator's runs in circles, or fails."""
    if not has_table("rule_firing"):
        return Finding({})
    names = {one.id: one.sheet.name for one in kept_rules()}
    tripped = tripped_since(now() - timedelta(days=1))
    problems = [
        f"The guard stopped the rule “{names.get(RuleId(one), one)}” {count} times since yesterday:"
        " it runs in a circle. Look at it under Administration, Rules."
        for one, count in sorted(tripped.items())
    ]
    failed = failed_since(now() - timedelta(days=1))
    problems += [
        f"The rule “{names.get(RuleId(one), one)}” failed since yesterday, a fault of ours; please"
        f" report it: {_short(error)}"
        for one, error in sorted(failed.items())
    ]
    facts = {"stopped_since_yesterday": sum(tripped.values()), "failed": len(failed)}
    return Finding(facts, problems)


def mailboxes() -> Finding:
    """Whether the mail that lies elsewhere is fetched."""
    if not has_table("mailbox_mark"):
        return Finding({})
    found = rows(FetchedMailbox, "house/queries/fetched_mailboxes.sql")
    facts = {one.key: {"read_at": _at(one.read_at), "error": one.error or None} for one in found}
    return Finding(facts, [_ails(one) for one in found if one.error])


def _ails(mailbox: FetchedMailbox) -> str:
    error = _short(mailbox.error)
    if mailbox.read_at is None:
        return f"Mailbox {mailbox.key} could never be read: {error}"
    if now() - mailbox.read_at > UNREAD_MAX:
        return f"Mailbox {mailbox.key} cannot be read since {_at(mailbox.read_at)}: {error}"
    return f"Mailbox {mailbox.key}: {error}"


def promises() -> Finding:
    """Whether the timer hears the clocks that ring, and whether they are what the record gives."""
    if not has_table("clock_check"):
        return Finding({})
    health, check = timer_health(at=now()), last_check()
    facts: dict[str, Any] = {"unheard": health.unheard, "checked_at": None}
    problems = []
    if health.unheard:
        problems.append(f"{health.unheard} clocks rang unheard, the first {_at(health.since)}.")
    if check is not None:
        facts |= {"checked_at": _at(check.began_at), "looked_at": check.looked_at}
        facts |= {"differed": check.differed}
    if check is not None and check.differed:
        problems.append(
            f"Not what their record gives: the clocks of {_named(check)}. They were counted anew;"
            " please report it, for it is a fault of ours."
        )
    return Finding(facts, problems)


def figures() -> Finding:
    """Whether the figures of dashboards and reports are what the record gives."""
    check = state.last_check() if has_table("figure_check") else None
    if check is None:
        return Finding({"checked_at": None})
    problems = []
    if check.differed:
        problems.append(
            f"Not what their record gives: the figures of {_named(check)}. They were counted anew;"
            " please report it, for it is a fault of ours."
        )
    if check.days:
        days = ", ".join(f"{day:%Y-%m-%d}" for day in check.days)
        problems.append(
            f"Not what their requests add up to: the figures of {days}. They were added up anew;"
            " please report it, for it is a fault of ours."
        )
    facts: dict[str, Any] = {"checked_at": _at(check.began_at), "looked_at": check.looked_at}
    return Finding({**facts, "differed": check.differed, "days": len(check.days)}, problems)


def retention() -> Finding:
    """Whether what is old goes by night, and what could not."""
    if not has_table("retention_run"):
        return Finding({})
    run, at = old_things.last_run(), now()
    if run is None:
        return Finding({"began_at": None})
    facts: dict[str, Any] = {"began_at": _at(run.began_at), "ended_at": _at(run.ended_at)}
    facts |= {"removed": run.removed, "left": run.left}
    problems = [f"Old {key} were not removed: {_short(said)}" for key, said in run.errors.items()]
    if run.left and run.ended_at is not None and not run.errors:
        problems.append(
            f"More was old than one night removes of: {', '.join(run.left)}. The rest goes in the"
            " next nights, or now with `unbroken retention run`."
        )
    if at - run.began_at > UNREMOVED_MAX:
        problems.append(f"Nothing old was removed since {_at(run.began_at)}; is a watch up?")
    return Finding(facts, problems)


def _named(check: CheckRow | FigureCheckRow) -> str:
    named = ", ".join(map(str, check.tickets))
    return named if check.differed == len(check.tickets) else f"{named} …"


def _at(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _short(error: str) -> str:
    """The last line tells what it was; and it ends as a sentence does."""
    line = (error.strip().splitlines() or ["no reason was noted"])[-1]
    return (line[:TOLD_MAX].rstrip(".") or "no reason was noted") + "."
