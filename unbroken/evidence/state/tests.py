"""Tests of a service: asked for, begun by a worker, over. Never two of one service at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from unbroken.evidence.models import ServiceTest
from unbroken.evidence.probing.measured import Measured

AGAIN_AFTER = timedelta(seconds=30)
LOST_AFTER = timedelta(minutes=5)
"""A test takes seconds: one that is not over by then died with its worker."""


def ask(
    *,
    service_id: int,
    ticket_id: int | None,
    resource: str,
    asked_by: str,
    with_trace: bool,
    at: datetime,
) -> int | None:
    """A new test; None while one runs or has only just run. Part of a transaction."""  # fmt: skip
    ServiceTest.objects.filter(
        service_id=service_id,
        state__in=["acknowledged", "inProgress"],
        asked_at__lt=at - LOST_AFTER,
    ).update(state="failed", ended_at=at)
    last = ServiceTest.objects.filter(service_id=service_id).order_by("-asked_at").first()
    if last is not None and (last.ended_at is None or last.asked_at > at - AGAIN_AFTER):
        return None
    made, is_new = ServiceTest.objects.get_or_create(
        service_id=service_id,
        state="acknowledged",
        defaults={
            "ticket_id": ticket_id,
            "resource": resource,
            "asked_by": asked_by,
            "with_trace": with_trace,
            "asked_at": at,
        },
    )
    return made.pk if is_new else None


def begin(test_id: int) -> ServiceTest | None:
    """A worker takes it; None when it was begun before (the job came twice)."""
    with transaction.atomic():
        found = ServiceTest.objects.select_for_update().filter(pk=test_id).first()
        if found is None or found.ended_at is not None:
            return None
        found.state = "inProgress"
        found.save(update_fields=["state"])
        return found


def end(test_id: int, measured: Sequence[Measured], *, at: datetime) -> None:
    """What it measured; failed when nothing could be tried at all."""
    was_tried = any(not one.problem for one in measured)
    ServiceTest.objects.filter(pk=test_id).update(
        state="completed" if was_tried else "failed",
        ended_at=at,
        measured=[one.as_json() for one in measured],
    )
