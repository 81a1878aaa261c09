"""Sessions come out the same, whatever the order in which a NAS's records arrive."""

from datetime import timedelta
from itertools import permutations

from tests.evidence.radius import INTERIM, MORNING, START, STOP, said
from unbroken.evidence.radius.folding import Restart, Session, end_by_restart, fold
from unbroken.evidence.radius.records import Record


def folded(*records: Record, restarts: tuple[int, ...] = ()) -> list[Session]:
    """What these amount to, with an Accounting-On at each of these minutes."""
    ons = [
        Restart(MORNING + timedelta(minutes=m), "accounting_on", MORNING + timedelta(minutes=m))
        for m in restarts
    ]
    sessions: list[Session] = []
    for record in records:
        fold(sessions, [record], ons)
    for session in sessions:
        end_by_restart(session, ons)
    return sorted(sessions, key=lambda one: one.started_at)


def minutes(session: Session) -> tuple[float, float | None]:
    """From when to when."""
    ended = session.ended_at
    return (
        (session.started_at - MORNING) / timedelta(minutes=1),
        None if ended is None else (ended - MORNING) / timedelta(minutes=1),
    )


def test_every_order_of_arrival_gives_the_same_session() -> None:
    records = [
        said(START, 0),
        said(INTERIM, 10, seconds=600, input_octets=100, output_octets=10_000),
        said(INTERIM, 20, seconds=1200, input_octets=300, output_octets=20_000),
        said(STOP, 25, seconds=1500, input_octets=400, output_octets=30_000, cause=2),
    ]
    for order in permutations(records):
        (session,) = folded(*order)

        assert minutes(session) == (0, 25)
        assert (session.input_octets, session.output_octets) == (400, 30_000)
        assert (session.ended_by, session.cause, session.seconds) == ("stop", 2, 1500)


def test_a_stop_alone_makes_the_session() -> None:
    (session,) = folded(said(STOP, 60, seconds=3000, input_octets=5))

    assert minutes(session) == (10, 60)


def test_a_start_is_the_start_whatever_session_time_it_tells() -> None:
    (session,) = folded(said(START, 0, seconds=60), said(STOP, 1, seconds=60))

    assert minutes(session) == (0, 1)


def test_counters_never_fall() -> None:
    (session,) = folded(said(INTERIM, 20, input_octets=900), said(INTERIM, 30, input_octets=10))

    assert session.input_octets == 900


def test_an_id_seen_again_after_a_restart_is_a_new_session_in_every_order() -> None:
    records = [said(START, 0), said(INTERIM, 10, seconds=600), said(START, 40)]
    for order in permutations(records):
        before, after = folded(*order, restarts=(30,))

        assert (minutes(before), before.ended_by) == ((0, 30), "accounting_on")
        assert minutes(after) == (40, None)


def test_a_late_stop_corrects_the_end_that_a_restart_assumed() -> None:
    (session,) = folded(said(START, 0), said(STOP, 12, seconds=720), restarts=(30,))

    assert (minutes(session), session.ended_by) == ((0, 12), "stop")


def test_a_known_id_with_another_name_is_another_session() -> None:
    first, second = folded(said(START, 0), said(START, 1, user="bram@isp"))

    assert (first.user, second.user) == ("anneke@isp", "bram@isp")


def test_an_id_used_again_after_its_stop_is_a_new_session() -> None:
    """Accident: a NAS counts its sessions from 1 again, and its Accounting-On got lost."""
    records = [said(START, 0), said(STOP, 5, seconds=300)]
    records += [said(START, 5.5), said(STOP, 9, seconds=210)]

    assert [minutes(one) for one in folded(*records)] == [(0, 5), (5.5, 9)]


def test_a_start_that_is_only_reckoned_gives_way_to_the_true_one() -> None:
    (session,) = folded(said(INTERIM, 20), said(START, 0))

    assert minutes(session) == (0, None)


def test_two_stops_are_one_end() -> None:
    (session,) = folded(said(START, 0), said(STOP, 8, cause=1), said(STOP, 9, cause=1))

    assert minutes(session) == (0, 8)


def test_a_record_without_a_name_belongs_to_the_session_it_fits() -> None:
    for order in permutations([said(START, 0), said(STOP, 5, user="", seconds=300)]):
        (session,) = folded(*order)

        assert session.user == "anneke@isp"
