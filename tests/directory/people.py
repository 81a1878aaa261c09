"""Anneke and the others, for the tests of this room: registered in one line each."""

from datetime import UTC, datetime

from unbroken.directory import actions
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.actor import HOUSE

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


def customer(name: str, *, kind: str = "household", language: str = "en") -> CustomerId:
    return actions.register_customer(
        name=name, kind=kind, language=language, timezone="Europe/Berlin", by=HOUSE, at=MONDAY
    )


def contact(name: str, email: str, *, customer_id: CustomerId | None = None) -> ContactId:
    return actions.register_contact(
        name=name, email=email, customer_id=customer_id, by=HOUSE, at=MONDAY
    )
