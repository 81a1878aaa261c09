"""Every loop runs once over the whole installation, is woken, falls and stands up again."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from unbroken.ground.loops import Loop, Stop, every
from unbroken.house import wire
from unbroken.house.watch import Watch, all_loops
from unbroken.house.wire import Wire


class Counting:
    """A loop that notes each time it comes round."""

    def __init__(
        self, name: str, *, wakes_on: frozenset[str] | None = None, urgent: bool = False
    ) -> None:
        self.rounds = 0
        self.failures_left = 0
        self.loop = Loop(name, self.run, wakes_on, urgent)

    def run(self, stop: Stop) -> None:
        while not stop.is_asked:
            if self.failures_left:
                self.failures_left -= 1
                raise RuntimeError("this loop fails on purpose")
            self.rounds += 1
            stop.wait(600)


Begin = Callable[..., Watch]


@pytest.fixture
def begin(transactional_db: None) -> Iterator[Begin]:
    """Begin to watch in a thread, as a process would."""
    watches: list[tuple[Watch, threading.Thread]] = []

    def begin(*loops: Loop, favours: str = "") -> Watch:
        watch = Watch(loops, favours)
        thread = threading.Thread(target=watch.run)
        thread.start()
        watches.append((watch, thread))
        return watch

    yield begin
    for watch, thread in watches:
        watch.end()
        thread.join(60)
        assert not thread.is_alive(), "a watch hangs: nobody else gets its loops either"


def wait_until(is_so: Callable[[], bool], *, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.01)


def notify(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('unbroken', %s)", [text])


def test_a_loop_has_one_owner_and_the_other_takes_over_when_it_leaves(begin: Begin) -> None:
    first, second = Counting("one"), Counting("one")
    owner = begin(first.loop)
    wait_until(lambda: first.rounds == 1)
    begin(second.loop)
    time.sleep(0.5)
    assert second.rounds == 0

    owner.end()

    wait_until(lambda: second.rounds == 1)


def test_a_watch_stands_in_for_the_loops_it_does_not_favour_and_gives_them_back(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that reads mail was killed: its work goes on, and it gets it back."""
    monkeypatch.setattr("unbroken.house.watch.OTHERS_AFTER_SECONDS", 0.1)
    monkeypatch.setattr("unbroken.house.watch.ASK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr("unbroken.house.watch.HEAR_SECONDS", 0.05)
    stand_in = begin(Counting("read", urgent=True).loop, Counting("tell").loop, favours="rest")
    wait_until(lambda: set(stand_in.running) == {"read", "tell"})

    back = begin(Counting("read", urgent=True).loop, Counting("tell").loop, favours="urgent")

    wait_until(lambda: (set(stand_in.running), set(back.running)) == ({"tell"}, {"read"}))


def test_nobody_stands_in_for_a_watch_that_is_slow_to_take_its_loops(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine it takes longer than the others wait: they took its loops for good."""
    monkeypatch.setattr("unbroken.house.watch.OTHERS_AFTER_SECONDS", 600.0)
    monkeypatch.setattr("unbroken.house.watch.ASK_AGAIN_SECONDS", 0.02)
    monkeypatch.setattr("unbroken.house.watch.HEAR_SECONDS", 0.02)
    asked: list[Wire] = []
    is_slow = True
    take = wire.take

    def taken(ears: Wire, family: int, key: str) -> bool:
        asked.append(ears)
        return not (is_slow and ears is asked[0]) and take(ears, family, key)

    monkeypatch.setattr(wire, "take", taken)
    slow = begin(Counting("read", urgent=True).loop, favours="urgent")
    wait_until(lambda: bool(asked))
    others = Counting("tell"), Counting("read", urgent=True)
    stand_in = begin(*(one.loop for one in others), favours="rest")
    wait_until(lambda: others[0].rounds == 1)
    until = stand_in.alone_from
    wait_until(lambda: stand_in.alone_from > until)  # it was asked to go on waiting

    is_slow = False

    wait_until(lambda: "read" in slow.running)
    assert [one.rounds for one in others] == [1, 0]


def test_an_event_wakes_the_loops_that_listen_to_it_and_no_other(begin: Begin) -> None:
    all_ears = Counting("all ears")
    choosy = Counting("choosy", wakes_on=frozenset({"ticket.replied"}))
    deaf = Counting("deaf", wakes_on=frozenset())
    begin(all_ears.loop, choosy.loop, deaf.loop)
    wait_until(lambda: (all_ears.rounds, choosy.rounds, deaf.rounds) == (1, 1, 1))

    notify("ticket:100001 ticket.held")
    wait_until(lambda: all_ears.rounds == 2)
    assert choosy.rounds == 1
    notify("ticket:100001 ticket.replied")

    wait_until(lambda: (all_ears.rounds, choosy.rounds) == (3, 2))
    assert deaf.rounds == 1


def test_a_loop_that_fails_stands_up_again_and_takes_no_other_with_it(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    failing, steady = Counting("failing"), Counting("steady")
    failing.failures_left = 1
    begin(failing.loop, steady.loop)

    wait_until(lambda: failing.rounds == 1)

    assert steady.rounds == 1
    assert "loop failing failed; it begins again" in caplog.text


def test_when_the_wire_is_cut_every_loop_ends_and_begins_anew(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    """Its locks went with the wire: somebody else may own the loops in the meantime."""
    counting = Counting("counting")
    begin(counting.loop)
    wait_until(lambda: counting.rounds == 1)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%%' OR query = 'SELECT 1'"
            " OR query LIKE '%%pg_try_advisory_lock%%' AND pid <> pg_backend_pid()"
        )

    wait_until(lambda: counting.rounds == 2)
    assert "the database is gone" in caplog.text


def test_asked_to_end_it_ends_at_once(begin: Begin) -> None:
    counting = Counting("counting")
    watch = begin(counting.loop)
    wait_until(lambda: counting.rounds == 1)
    began = time.monotonic()

    watch.end()

    wait_until(lambda: not watch.running)
    assert time.monotonic() - began < 60


def test_news_that_came_while_a_loop_worked_is_not_lost() -> None:
    stop = Stop()

    stop.wake()

    began = time.monotonic()
    assert stop.wait(600) is False
    assert time.monotonic() - began < 60


def test_a_pause_is_not_cut_short_by_news_but_by_the_end() -> None:
    stop = Stop()
    stop.wake()

    assert stop.pause(0.05) is False
    stop.ask()

    assert stop.pause(600) is True
    assert stop.wait(600) is True


def test_a_wait_in_the_desks_time_is_bounded_in_real_time() -> None:
    stop = Stop()
    began = time.monotonic()

    stop.wait_for(timedelta(days=30), seconds_max=0.05)
    stop.wait_for(timedelta(days=-1))

    assert time.monotonic() - began < 60


def test_every_does_one_thing_again_and_again() -> None:
    done: list[int] = []
    stop = Stop()

    def do() -> None:
        done.append(1)
        if len(done) == 3:
            stop.ask()

    every("tick", 0.001, do).run(stop)

    assert len(done) == 3


def test_the_desks_own_loops_have_names_of_their_own() -> None:
    names = [loop.name for loop in all_loops()]

    assert len(names) == len(set(names))
    assert "erasures kept outside" in names
