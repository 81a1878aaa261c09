"""The console's working state: sign-ins that failed, and how somebody works here."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from unbroken.console.models import Habit, SignInTry
from unbroken.console.pauses import FORGOTTEN_AFTER, free_tries, pause_left, still_counts

_COUNT = """
INSERT INTO sign_in_try (key, failures, last_at) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
"""


def count_try(keys: Iterable[str], *, at: datetime) -> timedelta:
    """Count one try before the password is looked at; a pause above zero refuses it uncounted.

    The rows are locked, so a hundred tries at once are counted like one after the other. Never
    within another transaction: a refusal would take the count back (`durable` sees to it).
    """
    wanted = sorted(keys)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sign_in_try (key, failures, last_at) VALUES (%s, 0, %s) "
            "ON CONFLICT (key) DO NOTHING",
            [(key, at) for key in wanted],
        )
        known = {
            row.key: row
            for row in SignInTry.objects.select_for_update().filter(key__in=wanted).order_by("key")
        }
        pause = max(
            pause_left(free=free_tries(k), failures=r.failures, last_at=r.last_at, at=at)
            for k, r in known.items()
        )
        if pause <= timedelta(0):
            cursor.executemany(
                _COUNT,
                [
                    (k, (r.failures if still_counts(last_at=r.last_at, at=at) else 0) + 1, at)
                    for k, r in known.items()
                ],
            )
    return pause


def forget_tries(keys: Iterable[str], *, at: datetime) -> None:
    """The password was right: start counting anew, and sweep out what is long forgotten."""
    SignInTry.objects.filter(key__in=list(keys)).delete()
    SignInTry.objects.filter(last_at__lt=at - 24 * FORGOTTEN_AFTER).delete()


MAILS = ("mails_given", "mails_wrote", "mails_called", "mails_always")


def set_habits(agent_id: int, *, has_shortcuts: bool, mails: Collection[str]) -> None:
    """How this agent wants to work from now on; `mails`: those of MAILS that are wanted."""
    wanted = {name: name in mails for name in MAILS}
    Habit.objects.update_or_create(
        agent_id=agent_id, defaults={"has_shortcuts": has_shortcuts, **wanted}
    )


def habits_of(agent_id: int) -> Habit:
    """How this agent works; as everybody does until they said otherwise."""
    return Habit.objects.filter(agent_id=agent_id).first() or Habit(agent_id=agent_id)


def renew_calendar(agent_id: int, *, is_wanted: bool) -> None:
    """Another address for the calendar, or none; older ones lead nowhere from now on."""
    with transaction.atomic():
        Habit.objects.get_or_create(agent_id=agent_id)
        habit = Habit.objects.select_for_update().get(agent_id=agent_id)
        edition = abs(habit.calendar_edition) + 1
        Habit.objects.filter(agent_id=agent_id).update(
            calendar_edition=edition if is_wanted else -edition
        )


def calendar_edition(agent_id: int) -> int:
    """Which address of the calendar leads somewhere; 0 or less: none."""
    found = Habit.objects.filter(agent_id=agent_id).values_list("calendar_edition", flat=True)
    return next(iter(found), 0)
