"""The socket for carriers' own forms of notices: one file each, found by name.

A reader is pure and gives nothing for a letter that is not in its form. A form that nobody here
knows is read by its labels (`unknown_form.py`), and then always waits for a person.
"""

from collections.abc import Mapping
from functools import cache

from unbroken.ground.sockets import plugged_in
from unbroken.intake.mail.carrier_forms import TEXT_MAX, Carrier, Letter, NoticeRead
from unbroken.intake.mail.unknown_form import read_by_labels


@cache
def carriers() -> Mapping[str, Carrier]:
    """Every carrier whose form is known, by key."""
    return plugged_in(__name__, "carrier", Carrier)


def read_letter(letter: Letter) -> list[NoticeRead]:
    """By the form of whoever sent it; else by whatever labels it has, as a doubtful reading."""
    short = Letter(letter.subject, letter.text[:TEXT_MAX], letter.sender, letter.sent_at)
    for carrier in carriers().values():
        if carrier.is_from(short.sender) and (found := carrier.read(short)):
            return found
    return [read_by_labels(short)]


def is_carriers_form(subject: str, text: str, sender: str) -> bool:
    """Whether a carrier sent it in its own form: with hours, or as news of work told before."""
    letter = Letter(subject, text[:TEXT_MAX], sender)
    return any(
        one.starts_at is not None or one.status != "CONFIRMED"
        for carrier in carriers().values()
        if carrier.is_from(sender)
        for one in carrier.read(letter)
    )
