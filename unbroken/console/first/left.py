"""What is left of the first steps: each with the page where it is done, until all of it is."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from unbroken.calendars import queries as calendars
from unbroken.conversation.queries import has_any_ticket
from unbroken.ground.words import Phrase, _
from unbroken.intake.mailboxes import stored_mailboxes
from unbroken.intake.ways import us, way_out
from unbroken.promise import queries as promise
from unbroken.routing import queries as routing
from unbroken.staffing import queries as staffing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its key in the address, its page afterwards, and whether it is done."""

    key: str
    label: Phrase
    page: str
    is_done: bool


def steps() -> list[Step]:
    """Every step in order, done or not."""
    zones = {one.definition.get("timezone") for one in calendars.stored_calendars()}
    agreements = promise.named_agreements()
    found = (
        ("us", _("Say who you are"), "console:admin_us", bool(us().name)),
        (
            "mailbox",
            _("Add the mailbox that customers write to, and test it"),
            "console:admin_channels",
            bool(stored_mailboxes()),
        ),
        (
            "out",
            _("Say by which server mail leaves, and send a test mail"),
            "console:admin_way_out",
            urlsplit(way_out()).scheme != "file",
        ),
        (
            "team",
            _("Open a team that gets whatever fits nowhere else"),
            "console:admin_teams",
            bool(staffing.teams()) and any(one.is_default for one in routing.every_queue()),
        ),
        ("people", _("Invite your colleagues"), "console:admin_people", len(staffing.people()) > 1),
        (
            "hours",
            _("Put the working hours into your time zone"),
            "console:admin_calendars",
            bool(zones - {"UTC"}),
        ),
        (
            "agreement",
            _("Say what you promise"),
            "console:admin_agreements",
            any(one.is_default for one in agreements),
        ),
        ("request", _("Answer a first request"), "console:work", has_any_ticket()),
    )
    return [Step(*one) for one in found]


def left() -> list[Step]:
    """Every step while anything is left of them; nothing once all of them are done."""
    every = steps()
    return [] if all(one.is_done for one in every) else every


def by_key(key: str) -> Step | None:
    """The step with this key."""
    return next((one for one in steps() if one.key == key), None)
