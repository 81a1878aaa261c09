"""The mail by which a crew gets its link, and the one that says what a reply could not do."""

from datetime import datetime, timedelta

from unbroken.directory import network_queries as network
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import _, in_language
from unbroken.intake.crews.passes import Pass
from unbroken.intake.desk import domain, secret
from unbroken.intake.mail.letter_marks import CREW, letter_address, letter_id
from unbroken.intake.mailboxes import by_key
from unbroken.intake.post import send_service_mail
from unbroken.outage import queries as outage

USEFUL_FOR = timedelta(hours=6)
SUBJECT = _("Problem {number}: {element}")
HOW = _("Tap here to say where you are: {link}")
OR_ANSWER = _(
    "Or answer this mail; the first word counts: left, 30 (minutes), working, done, not done."
)
PLACE = _("Where: {place}")
ENDS = _("The link opens this problem only, until {time}.")
NOT_UNDERSTOOD = _("We could not read what you reported; nothing was changed.")
NOT_NOW = _("Nothing was changed: {why}")


def send_pass(given: Pass, *, to: str, zone: str, at: datetime) -> None:
    """The link, to the address that a colleague typed; it is kept nowhere."""
    language = given.language
    until = day_and_hour(given.ends_at, zone=zone, language=language)
    lines = [
        *_about(given, language),
        in_language(HOW, language, link=given.link),
        in_language(OR_ANSWER, language),
        in_language(ENDS, language, time=until),
    ]
    _send(given, to, lines, at=at)


def send_not_read(given: Pass, *, to: str, why: str, at: datetime) -> None:
    """Their answer changed nothing; `why` is empty when it was not understood."""
    language = given.language
    first = (
        in_language(NOT_NOW, language, why=why) if why else in_language(NOT_UNDERSTOOD, language)
    )
    lines = [first, in_language(HOW, language, link=given.link), in_language(OR_ANSWER, language)]
    _send(given, to, lines, at=at)


def place_of(element: str) -> str:
    """Where an element stands, as the inventory has it; empty: nobody wrote it down."""
    number = network.resource_ids([element]).get(element)
    found = network.resource(number) if number else None
    return ", ".join(filter(None, (found.name, found.place))) if found else ""


def _about(given: Pass, language: str) -> list[str]:
    problem = outage.problem(given.problem)
    where = place_of(problem.element) if problem else ""
    return [in_language(PLACE, language, place=where)] if where else []


def _send(given: Pass, to: str, lines: list[str], *, at: datetime) -> None:
    problem, box = outage.problem(given.problem), by_key("")
    element = problem.element if problem else ""
    has_plus = box is not None and box.plus_addressing
    send_service_mail(
        to=("", to),
        subject=in_language(SUBJECT, given.language, number=given.problem, element=element),
        words="\n\n".join(lines) + "\n",
        language=given.language,
        until=at + USEFUL_FOR,
        message_id=letter_id(CREW, given.id, secret(), domain()),
        reply_to=letter_address(box.address, CREW, given.id, secret()) if box and has_plus else "",
    )
