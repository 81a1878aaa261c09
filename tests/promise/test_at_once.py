"""Two who judge the same ticket at the same time, with real commits."""

import threading

import pytest
from django.db import connection, transaction

from tests.promise.desk import Desk, when
from unbroken.ground.actor import HOUSE
from unbroken.ground.sequence import forget_drawn
from unbroken.promise import actions


@pytest.mark.django_db(transaction=True)
def test_two_who_note_the_same_miss_at_once_leave_one() -> None:
    """The accident: timer and letterbox see no miss noted yet, and both note it."""
    forget_drawn()
    desk = Desk()
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    late, failures = when("tue 08:00"), []
    has_noted, may_commit = threading.Event(), threading.Event()

    def the_timer() -> None:
        try:
            with transaction.atomic():
                actions.recount_clocks(stream=f"ticket:{ticket}", by=HOUSE, at=late)
                has_noted.set()
                may_commit.wait(10)
        except Exception as error:
            failures.append(error)
        finally:
            has_noted.set()
            connection.close()

    timer = threading.Thread(target=the_timer)
    timer.start()
    has_noted.wait(10)
    threading.Timer(0.3, may_commit.set).start()
    with transaction.atomic():
        actions.recount_clocks(stream=f"ticket:{ticket}", by=HOUSE, at=late)
    timer.join()

    assert not failures
    assert desk.missed(ticket) == ["first_answer"]
    forget_drawn()
