"""What is left of the first steps: each with the page where it is done, until all of it is."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from unbroken.calendars import queries as calendars
from unbroken.conversation import queries as record
from unbroken.ground.words import Phrase, _
from unbroken.intake.mailboxes import stored_mailboxes
from unbroken.intake.ways import way_out
from unbroken.routing import queries as routing
from unbroken.staffing import queries as staffing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, its page, and whether it is done."""

    label: Phrase
    page: str
    is_done: bool


def steps() -> list[Step]:
    """Every step in order; nothing once all of them are done."""
    zones = {one.definition.get("timezone") for one in calendars.stored_calendars()}
    found = [
        Step(_("Open a team"), "console:admin_teams", bool(staffing.teams())),
        Step(
            _("Let a queue take whatever fits nowhere else"),
            "console:admin_queues",
            any(one.is_default for one in routing.every_queue()),
        ),
        Step(
            _("Put the working hours into your time zone"),
            "console:admin_calendars",
            bool(zones - {"UTC"}),
        ),
        Step(
            _("Add the mailbox that customers write to, and test it"),
            "console:admin_channels",
            bool(stored_mailboxes()),
        ),
        Step(
            _("Say by which server mail leaves, and send a test mail"),
            "console:admin_way_out",
            urlsplit(way_out()).scheme != "file",
        ),
        Step(_("Grow the tree of topics"), "console:topics", bool(record.topic_tree())),
        Step(_("Invite your colleagues"), "console:admin_people", len(staffing.people()) > 1),
    ]
    return [] if all(one.is_done for one in found) else found
