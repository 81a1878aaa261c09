"""Customers hear of their order at each step that matters to them: one mail, in their words.

Told are: the order with its steps and times; a step that is done, waits for a part or got another
time; the end. Not told: that somebody began, and a last step beside the end that it brings.
"""

from datetime import datetime, timedelta

from django.conf import settings

from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import CustomerId
from unbroken.ground.events import LoggedEvent
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.desk import domain
from unbroken.intake.post import send_service_mail
from unbroken.orders import queries
from unbroken.orders.queries import Order, Step
from unbroken.orders.states import CANCELLED, DONE, HELD
from unbroken.orders.words import KIND_WORDS, STEP_WORDS

SUBJECT = _("Your order: {product}")
GREETING, GREETING_NOBODY = _("Hello {name},"), _("Hello,")
PLACED = _("your order is placed: {kind}, {product}. These are its steps:")
STEP_BY = _("{step}: by {time}")
STEP_DONE = _("done: {step}.")
NEXT = _("Next: {step}, by {time}.")
WAITS = _("“{step}” waits for a part ({part}). It is promised by {time}.")
WAITS_BARE = _("“{step}” waits for a part. It is promised by {time}.")
MOVED = _("“{step}” is now promised by {time}.")
COMPLETED = _("your order is complete: {kind}, {product}. Everything that was promised is done.")
CALLED_OFF = _("your order was called off: {kind}, {product}. What was done stays as it is.")
SEE = _("Every step of it: {link}")
USEFUL_FOR = timedelta(days=3)


def tell(event: LoggedEvent, *, at: datetime) -> bool:
    """One mail about what happened, to whoever speaks for the customer; whether there was one."""
    order = queries.order(event.subject_id)
    card = _whom(order) if order else None
    if order is None or card is None:
        return False
    language = _language(card, order)
    said = _said(event, order, card.timezone or "UTC", language)
    if not said:
        return False
    hello = in_language(GREETING if card.name else GREETING_NOBODY, language, name=card.name)
    link = in_language(SEE, language, link=f"{settings.BASE_URL}/orders#order-{order.id}")
    send_service_mail(
        to=(card.name, card.email), language=language, until=at + USEFUL_FOR,
        subject=in_language(SUBJECT, language, product=order.product),
        words="\n\n".join((hello, *said, link)) + "\n",
        message_id=f"order.{order.id}.{event.version}@{domain()}",
    )  # fmt: skip
    return True


def _whom(order: Order) -> ContactCard | None:
    """Whoever manages the customer's affairs, else the first who can be reached."""
    people = [
        one
        for one in directory.contacts_of(CustomerId(order.customer_id))
        if one.confirmed and one.email and not one.has_left
    ]
    return next((one for one in people if one.rights.manages), people[0] if people else None)


def _language(card: ContactCard, order: Order) -> str:
    customer = directory.customer(CustomerId(order.customer_id))
    return card.language or (customer.language if customer else "") or "en"


def _said(event: LoggedEvent, order: Order, zone: str, language: str) -> list[str]:
    what: dict[str, object] = {"kind": KIND_WORDS[order.kind], "product": order.product}
    steps = queries.steps_of([order.id])
    if event.kind == "order.ended":
        ended = CALLED_OFF if event.data["state"] == CANCELLED else COMPLETED
        return [in_language(ended, language, **what)]
    if event.kind == "order.placed":
        lines = [
            "- " + _in(STEP_BY, language, one, zone) for one in steps if one.promised_at is not None
        ]
        return [in_language(PLACED, language, **what), "\n".join(lines)]
    step = next((one for one in steps if one.id == event.data["step"]), None)
    return _of_step(event, order, step, steps, zone, language) if step else []


def _of_step(
    event: LoggedEvent, order: Order, step: Step, steps: list[Step], zone: str, language: str
) -> list[str]:
    state, was = event.data["state"], event.data["was"]
    if not order.is_open or state == CANCELLED:
        return []
    if state == DONE:
        told = [_in(STEP_DONE, language, step, zone)]
        after = next((one for one in steps if one.is_open and one.promised_at), None)
        return [*told, _in(NEXT, language, after, zone)] if after else told
    if step.promised_at is None:
        return []
    if state == HELD and was != HELD:
        return [_in(WAITS if step.part else WAITS_BARE, language, step, zone)]
    is_moved = event.data.get("promised_was") != event.data["promised_at"]
    return [_in(MOVED, language, step, zone)] if is_moved else []


def _in(phrase: Phrase, language: str, step: Step, zone: str) -> str:
    name = in_language(STEP_WORDS[step.key], language)
    if step.kbit:
        name = f"{name} ({step.kbit / 1000:g} Mbit/s)"
    time = day_and_hour(step.promised_at, zone=zone, language=language) if step.promised_at else ""
    return in_language(phrase, language, step=name, time=time, part=step.part)
