"""What the detector found: an element that fell silent, with everybody below it."""

from dataclasses import dataclass, field

from unbroken.evidence.silence.lines import Loss
from unbroken.evidence.silence.signs import Sign


@dataclass(frozen=True, slots=True)
class Cluster:
    """Losses below one element that followed each other closely, the earliest first.

    `up`: how many services below it are still there.
    """

    element: str
    losses: tuple[tuple[str, Loss], ...]
    up: int

    @property
    def size(self) -> int:
        """How many fell silent."""
        return len(self.losses)

    @property
    def share(self) -> float:
        """Of those that were there before, so many are gone."""
        return self.size / (self.size + self.up)

    @property
    def since(self) -> float:
        """The first loss."""
        return self.losses[0][1].at

    @property
    def spread(self) -> float:
        """Seconds from the first loss to the last."""
        return self.losses[-1][1].at - self.losses[0][1].at

    @property
    def services(self) -> frozenset[str]:
        """Who fell silent."""
        return frozenset(service for service, _ in self.losses)

    def without(self, others: frozenset[str]) -> "Cluster | None":
        """What is left when these are explained by something else; None for nothing."""
        left = tuple(pair for pair in self.losses if pair[0] not in others)
        return Cluster(self.element, left, self.up) if left else None


@dataclass(slots=True)
class SilentElement:
    """One element that fell silent. Times are seconds since 1970.

    `affected`: every service it took with it, with the loss as it was. `away`: those not back yet.
    `detected_at`: when this could first be said, by what had arrived. `signs`: of the element
    itself: a NAS that restarted, polls without answer, a port without light.
    """

    element: str
    since: float
    detected_at: float
    affected: dict[str, Loss] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    signs: list[Sign] = field(default_factory=list)
    until: float | None = None
    back_at: float = 0.0

    def take(self, service: str, loss: Loss) -> None:
        """One more that fell silent with it."""
        self.affected[service] = loss
        self.away.add(service)
        self.until = None
