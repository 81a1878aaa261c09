"""What can happen to an order: it is placed, a step goes on, it is called off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.orders.events import OrderEnded, OrderPlaced, OrderStepChanged
from unbroken.orders.models import OrderStep, ServiceOrder
from unbroken.orders.states import CANCELLED, DONE, KINDS, NEW, OPEN, STEP_KEYS, WAYS, order_state

refusals(
    {
        "order.no_product": _("Say what is ordered."),
        "order.unknown_kind": _("Say whether it is a new connection, a change or a move."),
        "order.no_steps": _("An order has at least one step."),
        "order.no_time": _("Promise a time for each step; it may be changed later."),
        "order.no_owner": _("Say who does each step."),
        "order.cannot": _("This order has gone on meanwhile: look again."),
    }
)


@dataclass(frozen=True, slots=True)
class StepSheet:
    """A step as it is planned: by a team or a partner, until when; what is there after it."""

    key: str
    promised_at: datetime | None
    team_id: int | None = None
    partner: str = ""
    part: str = ""
    kbit: int | None = None


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """An order as it is placed."""

    customer_id: int
    kind: str
    product: str
    service_id: int | None = None
    ticket_id: int | None = None
    steps: Sequence[StepSheet] = field(default_factory=tuple)


def place_order(sheet: OrderSheet, *, by: Actor, at: datetime) -> int:
    """Its steps are promised from this moment."""
    _check(sheet)
    with begin(ServiceOrder, by=by, at=at) as order:
        order.customer_id, order.service_id = sheet.customer_id, sheet.service_id
        order.ticket_id, order.kind, order.product = sheet.ticket_id, sheet.kind, sheet.product
        order.state, order.ordered_at = NEW, at
        for place, one in enumerate(sheet.steps):
            order.add(
                OrderStep(
                    order_id=order.id, place=place, key=one.key, team_id=one.team_id,
                    partner=one.partner, part=one.part, kbit=one.kbit,
                    promised_at=one.promised_at, state=NEW,
                )
            )  # fmt: skip
        keys = tuple(one.key for one in sheet.steps)
        order.tell(
            OrderPlaced(sheet.customer_id, sheet.kind, sheet.service_id, sheet.ticket_id, keys)
        )
    return int(order.id)


def _check(sheet: OrderSheet) -> None:
    if not sheet.product:
        raise Refused("order.no_product")
    if sheet.kind not in KINDS:
        raise Refused("order.unknown_kind")
    if not sheet.steps or any(one.key not in STEP_KEYS for one in sheet.steps):
        raise Refused("order.no_steps")
    if any(one.promised_at is None for one in sheet.steps):
        raise Refused("order.no_time")
    if any(one.team_id is None and not one.partner for one in sheet.steps):
        raise Refused("order.no_owner")


def change_step(
    *, order_id: int, step_id: int, state: str, promised_at: datetime | None, part: str = "",
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """A step goes on, waits for a part, is done, or is promised for another time."""
    with transaction.atomic():
        with change(ServiceOrder, order_id, by=by, at=at) as order:
            steps = list(OrderStep.objects.filter(order_id=order_id).order_by("place"))
            step = next((one for one in steps if one.pk == step_id), None)
            if step is None or order.state not in OPEN:
                raise Refused("order.cannot")
            was, promised_was = step.state, step.promised_at
            if (state, promised_at, part) == (was, step.promised_at, step.part):
                return
            if state != was and state not in WAYS[was]:
                raise Refused("order.cannot")
            step.state, step.promised_at, step.part = state, promised_at, part
            step.done_at = at if state == DONE else None
            order.add(step)
            becomes = order_state([one.state for one in steps])
            order.state = becomes if becomes in OPEN else order.state
            order.tell(OrderStepChanged(step.pk, step.key, state, was, promised_at, promised_was))
        if becomes not in OPEN:
            _end(order_id, becomes, by=by, at=at)


def cancel_order(*, order_id: int, by: Actor, at: datetime) -> None:
    """It is not wanted any more. What was done stays done."""
    with change(ServiceOrder, order_id, by=by, at=at) as order:
        if order.state not in OPEN:
            raise Refused("order.cannot")
        for step in OrderStep.objects.filter(order_id=order_id, state__in=OPEN):
            step.state = CANCELLED
            order.add(step)
        order.state, order.ended_at = CANCELLED, at
        order.tell(OrderEnded(CANCELLED))


def _end(order_id: int, state: str, *, by: Actor, at: datetime) -> None:
    with change(ServiceOrder, order_id, by=by, at=at) as order:
        order.state, order.ended_at = state, at
        order.tell(OrderEnded(state))
