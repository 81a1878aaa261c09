"""What follows gives way in the database too, and a loop that sleeps holds no connection."""

import os
import threading

import psycopg
import pytest
from django.db import connection

from unbroken.ground import loops
from unbroken.ground.loops import Stop
from unbroken.house import wire


@pytest.mark.django_db
def test_the_database_works_for_what_follows_as_patiently_as_that_is() -> None:
    with wire.open_wire() as line:
        process = line.info.backend_pid

        wire.hold_back(process, 19)
        assert os.getpriority(os.PRIO_PROCESS, process) == 19

        wire.hold_back(process, 5)
        assert os.getpriority(os.PRIO_PROCESS, process) == 19, "who waited must not push forward"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("woken", [False, True])
def test_a_loop_that_nothing_wakes_lends_its_connection(
    monkeypatch: pytest.MonkeyPatch, woken: bool
) -> None:
    monkeypatch.setattr(loops, "QUIET_SECONDS", 0.01)
    found: list[psycopg.Connection[tuple[object, ...]] | None] = []

    def turn() -> None:
        connection.ensure_connection()
        stop = Stop()
        if woken:
            stop.wake()
        stop.wait(0.02)
        found.append(connection.connection)
        connection.close()

    thread = threading.Thread(target=turn)
    thread.start()
    thread.join()

    assert (found[0] is not None) == woken
