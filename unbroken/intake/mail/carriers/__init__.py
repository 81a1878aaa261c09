"""The socket for carriers' own forms of notices: one file each, found by name.

A reader is pure and gives nothing for a letter that is not in its form. A form that nobody here
knows is read by its labels (`unknown_form.py`), and then always waits for a person.
"""

import importlib
import pkgutil
from functools import cache

from unbroken.intake.mail.carrier_forms import TEXT_MAX, Carrier, Letter, NoticeRead
from unbroken.intake.mail.unknown_form import read_by_labels


@cache
def carriers() -> dict[str, Carrier]:
    """Every carrier whose form is known, by key."""
    found: dict[str, Carrier] = {}
    for module in pkgutil.iter_modules(__path__):
        carrier: Carrier = importlib.import_module(f"{__name__}.{module.name}").carrier
        if carrier.key in found:
            raise RuntimeError(f"two carriers are called {carrier.key}")
        found[carrier.key] = carrier
    return found


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
