"""The network as a whole, for whoever looks for what many have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from unbroken.directory.models import Service
from unbroken.ground.sql import rows


@dataclass(frozen=True, slots=True)
class NetworkElement:
    """A thing in the network. `parents`: keys of what it stops working without."""

    key: str
    kind: str
    name: str
    model: str
    owner: str
    circuit: str
    place: str
    parents: list[str]


@dataclass(frozen=True, slots=True)
class ServiceOnNetwork:
    """A service, how records may name it (circuit in capitals), and the key of what carries it."""

    key: str
    access: str
    circuit: str
    ip: str
    resource: str


def network_elements() -> list[NetworkElement]:
    """Everything in the inventory, by key."""
    return rows(NetworkElement, "directory/queries/topology_elements.sql")


def services_on_network() -> list[ServiceOnNetwork]:
    """Every service that has a key and is not ended."""
    return rows(ServiceOnNetwork, "directory/queries/topology_services.sql")


@dataclass(frozen=True, slots=True)
class NamedResource:
    """A name that somebody used, and the key of what it stands for."""

    name: str
    key: str


def resources_named(names: Sequence[str]) -> dict[str, list[str]]:
    """What carriers may mean by these names (our key, a circuit, a service): keys by name."""
    found: dict[str, list[str]] = {}
    for one in rows(NamedResource, "directory/queries/resources_named.sql", names=list(names)):
        found.setdefault(one.name, []).append(one.key)
    return found


@dataclass(frozen=True, slots=True)
class ServiceBelow:
    """A service that stops working without an element; `agreement` is what was promised for it."""

    id: int
    key: str
    customer_id: int | None
    place_id: int | None
    agreement: str


def service_ids(keys: Sequence[str]) -> dict[str, int]:
    """The numbers of services by their keys; unknown keys are left out."""
    found = Service.objects.filter(key__in=list(keys))
    return {str(key): number for key, number in found.values_list("key", "id")}


def services_below(resource_key: str) -> list[ServiceBelow]:
    """Every running service that a thing in the network carries, directly or far below."""
    return rows(ServiceBelow, "directory/queries/services_below.sql", key=resource_key)
