"""What portals say of a reader's services: the socket in directory, answered from open problems."""

from collections.abc import Sequence
from datetime import datetime

from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble, tells
from unbroken.ground.words import Phrase, _, in_language
from unbroken.outage import queries

STATES: dict[str, Phrase] = {
    "": _("We know of a fault that your service suffers from, and work on it."),
    "left": _("We know of the fault; the crew is on its way."),
    "minutes": _("We know of the fault; the crew is there soon."),
    "working": _("We know of the fault; the crew is working on it."),
    "done": _("The crew is done; we check whether everything is back."),
    "notDone": _("The crew could not finish; we arrange what comes next."),
}


@tells
def problems_at(services: Sequence[ServiceId], language: str, at: datetime) -> Sequence[Trouble]:
    """One for each open problem, with the services of theirs that it took along."""
    found = queries.problems_of([int(one) for one in services])
    problems = {one.id: one for one in found.values()}
    return [
        Trouble(
            key=f"problem-{one.id}",
            words=in_language(STATES.get(one.step, STATES[""]), language),
            since=one.since,
            services=tuple(s for s in services if s in found and found[s].id == one.id),
            news_by=one.next_news_at if one.next_news_at and one.next_news_at > at else None,
        )
        for one in problems.values()
    ]
