"""What the other rooms get to see of the staff: frozen rows."""

from dataclasses import dataclass

from unbroken.staffing.ids import AgentId, TeamId


@dataclass(frozen=True, slots=True)
class AgentCard:
    """An agent as the other rooms see them."""

    id: AgentId
    name: str
    email: str
    language: str
    timezone: str
    skills: tuple[str, ...]
    is_admin: bool
    active: bool
    availability: str
    team_ids: tuple[TeamId, ...]
    lead_of: tuple[TeamId, ...]

    def __post_init__(self) -> None:
        for name in ("skills", "team_ids", "lead_of"):
            object.__setattr__(self, name, tuple(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as the other rooms see it."""

    id: TeamId
    key: str
    name: str
    languages: tuple[str, ...]
    active: bool
    members: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", tuple(self.languages))
