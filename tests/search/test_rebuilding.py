"""The index is built anew from the record, and finds by itself what came without letters."""

from tests.console.desk import SOFIE, Desk
from tests.console.test_search import found, numbers
from unbroken.conversation.history import PastMessage, PastTicket, write_tickets
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.history import Historian
from unbroken.search.loops import Watch
from unbroken.search.projections import index_stale, note_progress, progress_of
from unbroken.search.rebuilding import MARK, rebuild


def from_the_past(words: str) -> int:
    """A request that another desk took, as an import writes it."""
    said = Incoming(author=HOUSE, channel="mail", words=words, at=now(), subject="Old")
    opening = Opening(name="Old", channel="mail", reported_at=now())
    (number,) = write_tickets([PastTicket(opening, (PastMessage(said),))], historian=Historian())
    return int(number)


def silent(_done: int, _total: int, _seconds: float) -> None:
    """Nobody wants to know how far it is."""


def test_everything_is_gathered_anew(desk: Desk) -> None:
    tickets = [desk.asks("Anneke de Wit", "Lamp", "wombat") for _ in range(3)]

    done, _seconds = rebuild(again=True, processes=1, told=silent)

    assert done == len(tickets)
    assert not index_stale(), "the rebuild did what waited"
    watch = Watch()
    watch.look()
    assert not watch.turn(), "and nothing in the log was overlooked"
    assert sorted(numbers(found(desk, SOFIE, "wombat anneke"))) == tickets
    assert f"customer%3A{desk.customers['Anneke de Wit']}" in found(desk, SOFIE, "anneke")


def test_a_rebuild_goes_on_where_it_was_interrupted(desk: Desk) -> None:
    """Accident: the machine was switched off half-way."""
    first = desk.asks("Anneke de Wit", "Lamp", "wombat")
    second = desk.asks("Anneke de Wit", "Lamp", "wombat")
    note_progress(MARK, second)

    rebuild(again=False, processes=1, told=silent)

    assert numbers(found(desk, SOFIE, "wombat")) == [first]
    assert progress_of(MARK) == 0


def test_history_is_found_although_it_sends_no_letters(desk: Desk) -> None:
    number = from_the_past("The wombat of yesteryear")
    watch = Watch()
    while watch.turn():
        pass
    index_stale()

    assert numbers(found(desk, SOFIE, "wombat")) == [number]
    watch.look()
    assert not watch.turn()
    assert not index_stale()
