"""When enough was looked at, nothing more is asked for."""

from unbroken.search.queries.finding import Hit, _looked_at


def test_what_the_reader_may_not_see_counts_as_looked_at() -> None:
    """One of two hundred had moved to another team: all of them were gathered a second time."""
    assert _looked_at([Hit(7, 0.5, 200), Hit(9, 0.4, 200)]) == 200
    assert _looked_at([]) == 0
