"""A ticket's story told without a database: who did what at which hour of which day.

`Story("ticket:7").anneke_reports("mon 08:00").sofie_replies("mon 09:00")` is a list of
events such as the record would hold. The week is the one from Monday, 4 May 2026, UTC.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from unbroken.calendars.working_time import Calendar
from unbroken.ground.events import LoggedEvent

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = Calendar.read({"timezone": "UTC", "week": {day: [["00:00", "24:00"]] for day in DAYS}})
OFFICE = Calendar.read({"timezone": "UTC", "week": {day: [["08:00", "16:00"]] for day in DAYS[:5]}})

ANNEKE, SOFIE, HOUSE = "contact:9", "agent:3", "house"
_ids = iter(range(1, 1_000_000))


def when(text: str) -> datetime:
    """`mon 08:00`, `next tue 09:30`."""
    weeks = 1 if text.startswith("next ") else 0
    day, clock = text.removeprefix("next ").split()
    hour, minute = map(int, clock.split(":"))
    days = timedelta(days=DAYS.index(day), weeks=weeks)
    return datetime(2026, 5, 4, hour, minute, tzinfo=UTC) + days


class Story:
    """Events of one ticket, in order."""

    def __init__(self, number: int = 100001) -> None:
        self.stream = f"ticket:{number}"
        self.events: list[LoggedEvent] = []

    def tell(self, kind: str, at: str, by: str, **data: Any) -> "Story":
        imported = data.pop("imported", False)
        line = LoggedEvent(
            id=next(_ids), stream=self.stream, version=len(self.events) + 1, kind=f"ticket.{kind}",
            at=when(at), by=by, data=data, imported=imported,
        )  # fmt: skip
        self.events.append(line)
        return self

    def anneke_reports(self, at: str, *, taken_in: str = "", imported: bool = False) -> "Story":
        reported_at = when(taken_in or at).isoformat()
        return self.tell("acknowledged", at, HOUSE, reported_at=reported_at, imported=imported)

    def anneke_writes(self, at: str, message: int = 2) -> "Story":
        return self.tell("message_added", at, ANNEKE, message=message)

    def anneke_answers(self, at: str) -> "Story":
        return self.anneke_writes(at).tell("customer_answered", at, ANNEKE, message=2)

    def the_house_receipts(self, at: str) -> "Story":
        return self.tell("receipted", at, HOUSE, message=3, delivery=1)

    def sofie_replies(self, at: str, message: int = 4) -> "Story":
        return self.tell("replied", at, SOFIE, message=message)

    def sofie_takes_it_back(self, at: str, message: int = 4) -> "Story":
        return self.tell("reply_withdrawn", at, SOFIE, message=message)

    def sofie_asks(self, at: str) -> "Story":
        return self.tell("customer_asked", at, SOFIE)

    def sofie_holds(self, at: str, waiting_for: str) -> "Story":
        return self.tell("held", at, SOFIE, waiting_for=waiting_for)

    def sofie_resumes(self, at: str) -> "Story":
        return self.tell("resumed", at, SOFIE)

    def sofie_resolves(self, at: str) -> "Story":
        return self.tell("resolved", at, SOFIE)

    def anneke_reopens(self, at: str) -> "Story":
        return self.anneke_writes(at).tell("reopened", at, ANNEKE, message=2)

    def anneke_withdraws(self, at: str) -> "Story":
        return self.tell("cancelled", at, ANNEKE)

    def merged_into(self, other: "Story", at: str) -> "Story":
        self.tell("merged", at, SOFIE, into=int(other.stream[7:]))
        other.tell("absorbed", at, SOFIE, other=int(self.stream[7:]))
        return self
