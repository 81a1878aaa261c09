"""What the other rooms get to see of the staff: frozen rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from unbroken.staffing.ids import AgentId, RoleId, TeamId
from unbroken.staffing.permissions import ADMIN, SEE_EVERY_QUEUE, allowed_by


@dataclass(frozen=True, slots=True)
class AgentCard:
    """An agent as the other rooms see them. `own_allows` is what a role of the desk's own says."""

    id: AgentId
    name: str
    email: str
    language: str
    timezone: str
    skills: tuple[str, ...]
    role: str
    own_allows: tuple[str, ...] | None
    active: bool
    availability: str
    team_ids: tuple[TeamId, ...]
    lead_of: tuple[TeamId, ...]
    version: int
    has_second_factor: bool
    status_words: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    grants: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("skills", "team_ids", "lead_of", "languages"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("levels", "grants", "capacity"):
            if isinstance(kept := getattr(self, name), str):
                object.__setattr__(self, name, json.loads(kept))

    def level(self, skill: str) -> int:
        """How well they know it: 0 not at all, 1 the usual, 2 well, 3 they teach it."""
        return self.levels.get(skill, 1) if skill in self.skills else 0

    def writes(self, language: str) -> bool:
        """Whether they can write to a customer in it."""
        return language == self.language or language in self.languages

    def may_grant(self, what: str, amount: int = 1) -> bool:
        """Whether it is theirs to grant: as far as that goes; see `abilities.GRANTS`."""
        return self.grants.get(what, 0) >= amount

    @property
    def permissions(self) -> frozenset[str]:
        """What they may do, by their role."""
        return allowed_by(self.role, self.own_allows)

    @property
    def takes_work(self) -> bool:
        """Whether somebody who gives them work may expect it to be begun: not away, not off."""
        return self.availability in ("here", "writing", "call")

    @property
    def is_admin(self) -> bool:
        """Whether everything is theirs to do."""
        return self.role == ADMIN

    @property
    def sees_all(self) -> bool:
        """Whether the requests of every queue are theirs to see."""
        return SEE_EVERY_QUEUE in self.permissions


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


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """An organisation that vouches for agents by SAML; attributes are named as it names them."""

    id: int
    name: str
    entity_id: str
    sign_in_url: str
    certificates: tuple[str, ...]
    subject_attribute: str
    email_attribute: str
    name_attribute: str
    by_address: bool
    role: str
    active: bool
    version: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "certificates", tuple(self.certificates))


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role of the desk's own; `people` have it now."""

    id: RoleId
    key: str
    name: str
    allows: tuple[str, ...]
    active: bool
    version: int
    people: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "allows", tuple(self.allows))


@dataclass(frozen=True, slots=True)
class KeyCard:
    """One thing that somebody signs in with besides a password; recovery codes are only counted."""

    id: int
    kind: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as it is needed to check what it signed."""

    id: int
    agent_id: AgentId
    credential: bytes
    public_key: bytes
    counter: int


@dataclass(frozen=True, slots=True)
class BrowserCard:
    """A browser in which somebody is signed in."""

    id: int
    session_key: str
    place: str
    device: str
    way: str
    since_at: datetime
    seen_at: datetime
