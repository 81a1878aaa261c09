"""Rules that would run in circles are stopped, whatever the rules say."""

from hypothesis import given
from hypothesis import strategies as st

from unbroken.routines.guard import DEPTH_MAX, PER_HOUR_MAX, TRIPPED, stopped


@given(st.lists(st.tuples(st.integers(1, 4), st.lists(st.integers(1, 4), max_size=3)), max_size=6))
def test_whatever_starts_whatever_it_ends(links: list[tuple[int, list[int]]]) -> None:
    """Attack: any web of rules that start each other."""
    starts = dict(links)
    waiting: list[tuple[int, tuple[int, ...]]] = [(rule, ()) for rule in starts]
    fired = 0
    while waiting:
        rule, chain = waiting.pop()
        if stopped(rule, chain, within_hour=fired):
            continue
        fired += 1
        assert len(chain) < DEPTH_MAX
        assert rule not in chain
        waiting += [(other, (*chain, rule)) for other in starts.get(rule, [])]
    assert fired <= PER_HOUR_MAX


@given(st.integers(1, 9), st.lists(st.integers(1, 9), max_size=9), st.integers(0, 40))
def test_every_stop_has_words(rule: int, chain: list[int], within_hour: int) -> None:
    why = stopped(rule, chain, within_hour=within_hour)

    assert why == "" or why in TRIPPED
    if why == "":
        assert rule not in chain
