"""The topology for the detector: what stands above a service, what hangs below an element."""

from collections.abc import Iterable, Mapping

from unbroken.evidence.facts import Element

SOURCES_OF_POWER = frozenset({"feeder", "site"})


class Network:
    """Elements by key, and the services on them. A circle in the inventory is cut, not followed."""

    def __init__(self, elements: Iterable[Element], services: Mapping[str, str]) -> None:
        """`services`: the key of a service → the key of its own resource (its device or line)."""
        self.elements = {element.key: element for element in elements}
        self.resource_of = dict(services)
        self._chains: dict[str, tuple[str, ...]] = {}
        self.above = {service: self.chain(of) for service, of in services.items() if of}
        self.below: dict[str, set[str]] = {}
        for service, chain in self.above.items():
            for key in chain:
                self.below.setdefault(key, set()).add(service)
        self._of_model: dict[str, set[str]] = {}
        for service in services:
            self._of_model.setdefault(self.model_of(service), set()).add(service)
        self.children: dict[str, set[str]] = {}
        for element in self.elements.values():
            for parent in element.parents:
                self.children.setdefault(parent, set()).add(element.key)

    def chain(self, key: str) -> tuple[str, ...]:
        """The element and all it stops working without, nearest first."""
        if key not in self._chains:
            found = [key]
            for at in found:
                element = self.elements.get(at)
                found += [up for up in (element.parents if element else ()) if up not in found]
            self._chains[key] = tuple(found)
        return self._chains[key]

    def kind(self, key: str) -> str:
        """Its kind, empty for one that the inventory does not know."""
        element = self.elements.get(key)
        return element.kind if element else ""

    def is_power(self, key: str) -> bool:
        """Whether it feeds others with electricity."""
        return self.kind(key) in SOURCES_OF_POWER

    def stands_on(self, key: str, other: str) -> bool:
        """Whether the first stops working without the second, or is the second."""
        return other in self.chain(key)

    def height(self, key: str) -> int:
        """How many elements it stands on: the more, the nearer to the customer."""
        return len(self.chain(key))

    def model_of(self, service: str) -> str:
        """The model of the customer's device, if the inventory knows it."""
        element = self.elements.get(self.resource_of.get(service, ""))
        return element.model if element else ""

    def with_model(self, model: str) -> set[str]:
        """The services whose customer has this model of device."""
        return self._of_model.get(model, set())
