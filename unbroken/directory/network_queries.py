"""The network as the pages of the administration show it: never a secret."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from django.db.models import Q
from django.db.models.functions import Upper

from unbroken.directory.ids import ProductId, ResourceId
from unbroken.directory.models import Partner, Product, Resource, ResourceParent, Service
from unbroken.ground.sql import rows

FOUND_MAX = 30


@dataclass(frozen=True, slots=True)
class ProductCard:
    """What we sell under one name."""

    id: ProductId
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ResourceCard:
    """A thing in the network; `parents` are the keys of what it stops working without."""

    id: ResourceId
    key: str
    kind: str
    name: str
    address: str
    model: str
    circuit: str
    owner: str
    place: str
    has_secret: bool
    parents: tuple[str, ...]
    below: int
    services: int


@dataclass(frozen=True, slots=True)
class FoundResource:
    """One line of the list."""

    id: int
    key: str
    kind: str
    name: str
    owner: str
    place: str


def products() -> list[ProductCard]:
    """Everything we sell, by name."""
    found = Product.objects.order_by("name", "id")
    return [ProductCard(ProductId(one.id), one.key, one.name) for one in found]


def partners() -> list[tuple[str, str]]:
    """Carriers and suppliers: key and name."""
    return list(Partner.objects.order_by("name").values_list("key", "name"))


def resource(resource_id: int) -> ResourceCard | None:
    """One resource with what it hangs below."""
    found = Resource.objects.select_related("place").filter(pk=resource_id).first()
    if found is None:
        return None
    links = ResourceParent.objects.filter(resource_id=found.pk, cut=False)
    return ResourceCard(
        id=ResourceId(found.id),
        key=found.key,
        kind=found.kind,
        name=found.name,
        address=found.address,
        model=found.model,
        circuit=found.circuit,
        owner=found.owner,
        place=found.place.key or "" if found.place else "",
        has_secret=bool(found.radius_secret),
        parents=tuple(links.order_by("parent__key").values_list("parent__key", flat=True)),
        below=ResourceParent.objects.filter(parent_id=found.pk, cut=False).count(),
        services=found.services.exclude(state="ended").count(),
    )


def resource_ids(keys: list[str]) -> dict[str, ResourceId]:
    """The numbers of those that there are."""
    found = Resource.objects.filter(key__in=keys).values_list("key", "id")
    return {key: ResourceId(number) for key, number in found}


def owners_of(keys: list[str]) -> dict[str, str]:
    """Who answers for each of these."""
    return dict(Resource.objects.filter(key__in=keys).values_list("key", "owner"))


def resource_keys(numbers: list[int]) -> list[str]:
    """How the inventory calls these."""
    found = Resource.objects.filter(pk__in=numbers).order_by("key")
    return list(found.values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class RadiusClient:
    """A NAS as whoever listens for it knows it. The secret is for the door alone."""

    key: str
    name: str
    address: str
    secret: str = field(repr=False)


def radius_clients() -> list[RadiusClient]:
    """Everything that may send accounting records, or is named in them."""
    found = Resource.objects.filter(Q(kind="nas") | ~Q(radius_secret=""))
    columns = found.order_by("id").values_list("key", "name", "address", "radius_secret")
    return [RadiusClient(*columns_of) for columns_of in columns]


def resource_of_host(host: str) -> str:
    """The key of the resource with this address, key or name; empty when it is none or several."""
    named = Q(address=host) | Q(key=host) | Q(name=host)
    found = list(Resource.objects.filter(named).order_by("id").values_list("key", flat=True)[:2])
    return found[0] if len(found) == 1 else ""


def address_of_resource(key: str) -> str:
    """Its address in the inventory; empty when it has none or there is no such thing."""
    found = Resource.objects.filter(key=key).values_list("address", flat=True)
    return found.first() or ""


def resource_of_circuit(circuit: str) -> str:
    """The key of the line with this circuit; empty when it is none or several."""
    same = Resource.objects.annotate(upper=Upper("circuit")).filter(upper=circuit.upper())
    found = list(same.exclude(circuit="").order_by("id").values_list("key", flat=True)[:2])
    return found[0] if len(found) == 1 else ""


def lines_of_services() -> tuple[dict[str, str], dict[str, str]]:
    """By access name and by fixed address: what carries the service, else the service itself."""
    by_access: dict[str, str] = {}
    by_ip: dict[str, str] = {}
    living = Service.objects.exclude(state="ended").exclude(access_name="", ip__isnull=True)
    for number, access, ip, key in living.values_list("id", "access_name", "ip", "resource__key"):
        line = key or f"service:{number}"
        if access:
            by_access[access] = line
        if ip:
            by_ip[str(ip)] = line
    return by_access, by_ip


def resource_meant(name: str) -> str:
    """The key of the one resource that another system calls so; empty when it is none or several.

    An address, key or name of its own, a circuit; or what a service on it is known by: its number
    at the provider, its access name, its IP address.
    """
    if found := resource_of_host(name) or resource_of_circuit(name):
        return found
    known = Q(key=name) | Q(access_name=name)
    if (address := _as_address(name)) is not None:
        known |= Q(ip=address)
    services = Service.objects.filter(known, resource__isnull=False).exclude(state="ended")
    keys = list(services.values_list("resource__key", flat=True).distinct()[:2])
    return keys[0] if len(keys) == 1 else ""


def _as_address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def find_resources(text: str) -> list[FoundResource]:
    """By key, name, address, circuit or kind: a few, those that begin so first."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return rows(
        FoundResource,
        "directory/queries/find_resources.sql",
        text=text,
        pattern=f"%{escaped}%",
        limit=FOUND_MAX,
    )
