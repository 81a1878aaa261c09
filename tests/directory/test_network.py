"""The graph of resources has no circles, and says who answers for what."""

import threading

import pytest

from tests.directory.people import MONDAY, customer
from tests.directory.test_recognition import together
from unbroken.directory import actions, queries
from unbroken.directory.ids import ResourceId, ServiceId
from unbroken.directory.models import ResourceParent
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of

pytestmark = pytest.mark.django_db


def resource(key: str, kind: str, *parents: ResourceId, owner: str = "us") -> ResourceId:
    return actions.register_resource(
        key=key, kind=kind, parents=parents, owner=owner, circuit=f"C-{key}", by=HOUSE, at=MONDAY
    )


def hang(below: ResourceId, *parents: ResourceId) -> bool:
    return actions.change_resource(resource_id=below, parents=parents, by=HOUSE, at=MONDAY)


def annekes_line() -> ServiceId:
    """A line of NetCo's, from our DSLAM to Anneke's own modem."""
    actions.register_partner(key="netco", name="NetCo", by=HOUSE, at=MONDAY)
    dslam = resource("dslam-7", "dslam", resource("nas-1", "nas"), resource("feeder-3", "feeder"))
    line = resource("line-123", "line", resource("cable-44", "cable", dslam), owner="netco")
    modem = resource("cpe-123", "cpe", line, owner="customer")
    return actions.register_service(
        key="s-77",
        customer_id=customer("Anneke"),
        access_name="anneke@isp",
        ip="2001:DB8::77",
        resource_id=modem,
        by=HOUSE,
        at=MONDAY,
    )


def test_each_border_on_the_way_up_names_who_answers_next() -> None:
    annekes_line()

    answer = queries.who_answers_for("cpe-123")

    assert answer is not None
    assert answer.owner == "customer"
    assert [(b.below.key, b.above.key, b.above.owner) for b in answer.borders] == [
        ("cpe-123", "line-123", "netco"),
        ("line-123", "cable-44", "us"),
    ]


def test_a_partners_element_is_answered_for_by_the_partner() -> None:
    annekes_line()

    answer = queries.who_answers_for("line-123")

    assert answer is not None
    assert (answer.owner, answer.owner_name) == ("netco", "NetCo")
    assert queries.who_answers_for("nobody-knows") is None


@pytest.mark.parametrize(
    "text", ["s-77", "anneke@isp", "C-cpe-123", "c-line-123", "2001:db8::77", " s-77 "]
)
def test_a_service_is_found_by_id_access_name_circuit_or_address(text: str) -> None:
    service_id = annekes_line()

    found = queries.service_by_any_key(text)

    assert found is not None
    assert found.id == service_id


def test_a_circuit_that_carries_two_services_names_neither() -> None:
    annekes_line()
    actions.register_service(
        key="s-78",
        customer_id=customer("Bram"),
        circuit="C-cpe-123",
        by=HOUSE,
        at=MONDAY,
    )

    assert len(queries.services_by_any_key("C-cpe-123")) == 2
    assert queries.service_by_any_key("C-cpe-123") is None


def test_a_resource_cannot_depend_on_itself_however_long_the_way() -> None:
    top = resource("a", "nas")
    middle = resource("b", "dslam", top)
    bottom = resource("c", "line", middle)

    with pytest.raises(Refused, match="depend on itself"):
        hang(top, bottom)


def test_a_resource_may_stand_on_network_and_power() -> None:
    nas, feeder = resource("a", "nas"), resource("f", "feeder")

    resource("b", "dslam", nas, feeder)

    assert {step.key for step in queries.way_up("b")} == {"a", "b", "f"}


def test_a_link_is_cut_and_taken_up_again_never_deleted() -> None:
    one, other = resource("a", "nas"), resource("b", "nas")
    below = resource("c", "dslam", one)

    assert [hang(below, other), hang(below, other), hang(below, one)] == [True, False, True]

    links = ResourceParent.objects.filter(resource_id=below)
    assert {(link.parent_id, link.cut) for link in links} == {(one, False), (other, True)}
    kinds = [event.kind for event in events_of([f"resource:{below}"])]
    assert kinds == ["resource.registered", "resource.changed", "resource.changed"]


def test_an_owner_must_be_us_the_customer_or_a_known_partner() -> None:
    with pytest.raises(Refused, match="stranger"):
        resource("a", "line", owner="stranger")


@pytest.mark.django_db(transaction=True)
def test_two_who_hang_one_below_the_other_at_once_do_not_make_a_circle() -> None:
    """Accident: two engineers rearrange the network in the same second."""
    one, other = resource("a", "nas"), resource("b", "nas")
    ready = threading.Barrier(2)
    refused: list[Refused] = []

    def engineer(below: ResourceId, above: ResourceId) -> None:
        ready.wait()
        try:
            hang(below, above)
        except Refused as refusal:
            refused.append(refusal)

    together([lambda: engineer(one, other), lambda: engineer(other, one)])

    assert len(refused) == 1
