"""The detector on a town with known truth; the whole measure stands in docs/diagnosis.md."""

from town.network.cases import make
from town.network.ranges import TUNING
from town.network.silences import listen


def test_a_fault_that_takes_many_is_found_where_it_is_and_nothing_else() -> None:
    found = listen(make("area_power", 0, TUNING), 0)
    assert found.right is not None
    assert (found.right.element, found.cause, found.false) == (found.element, "area_power", 0)
