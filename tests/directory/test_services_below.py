"""What hangs below a thing in the network."""

from town.town import Town
from unbroken.directory.topology_queries import service_ids, services_below


def test_a_cable_carries_its_street_and_a_stranger_carries_nobody(town: Town) -> None:
    below = {one.key for one in services_below("cable-44")}

    assert {"s-77", "s-78", "s-82"} <= below
    assert "s-20" not in below
    assert services_below("no-such-cable") == []
    assert list(service_ids(["s-77", "no-such"])) == ["s-77"]
