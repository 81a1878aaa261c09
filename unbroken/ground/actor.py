"""Who acts: an agent, a contact, a partner, a crew on the road, another system, or the house.

Every event carries its actor as text ("agent:3"), never a name, so that erasing a
person leaves the record standing.
"""

from dataclasses import dataclass
from typing import Literal, get_args

ActorKind = Literal["agent", "contact", "partner", "crew", "token", "house"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, by kind and key; `str(actor)` is the stored form."""

    kind: ActorKind
    key: str = ""

    @staticmethod
    def agent(agent_id: int) -> "Actor":
        return Actor("agent", str(agent_id))

    @staticmethod
    def contact(contact_id: int) -> "Actor":
        return Actor("contact", str(contact_id))

    @staticmethod
    def partner(key: str) -> "Actor":
        return Actor("partner", key)

    @staticmethod
    def crew(pass_id: int) -> "Actor":
        """Whoever has this pass."""
        return Actor("crew", str(pass_id))

    @staticmethod
    def token(token_id: int) -> "Actor":
        return Actor("token", str(token_id))

    @staticmethod
    def parse(text: str) -> "Actor":
        """Read the stored form back; ValueError for anything else."""
        kind, _, key = text.partition(":")
        if kind not in get_args(ActorKind):
            raise ValueError(f"not an actor: {text!r}")
        return Actor(kind, key)  # type: ignore[arg-type]  # checked on the line above

    @property
    def id(self) -> int | None:
        """The number of an agent or contact; None for those without one."""
        return int(self.key) if self.key.isdigit() else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


HOUSE = Actor("house")
