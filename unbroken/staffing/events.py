"""What can happen to the people of the house, their roles and their teams.

`was` and `now` hold the plain columns that changed; of those that people wrote (names,
addresses) `words_was` and `words_now` hold the ids of the words. So a change can be shown, and
taken back, without the log naming anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _

WORDS = frozenset({"name", "email"})
"""Columns that people wrote: the log carries the ids of the words, never the words."""

_SAMPLE = {
    "fields": ["timezone", "name"],
    "was": {"timezone": "UTC"},
    "now": {"timezone": "Europe/Berlin"},
    "words_was": {"name": 7},
    "words_now": {"name": 8},
}


@event(
    "agent.hired",
    says=_("The agent works here from now on."),
    sample={"is_admin": False, "role": "agent"},
)
@dataclass(frozen=True, slots=True)
class AgentHired:
    """Somebody works here from now on and may sign in once a password is set."""

    is_admin: bool = False
    role: str = ""


@event("agent.changed", says=_("The agent was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class AgentChanged:
    """Some columns of an agent have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
    words_was: Mapping[str, int] | None = None
    words_now: Mapping[str, int] | None = None


@event(
    "agent.status_set", says=_("How the agent can be reached changed."), sample={"status": "call"}
)
@dataclass(frozen=True, slots=True)
class StatusSet:
    """The agent says how they can be reached; falling back to away by itself is no event."""

    status: str


@event(
    "agent.role_given",
    says=_("The agent has another role."),
    sample={"role": "lead", "was": "agent"},
)
@dataclass(frozen=True, slots=True)
class RoleGiven:
    """The agent may do what another role allows."""

    role: str
    was: str


@event(
    "agent.joined_team",
    says=_("The agent joined a team."),
    sample={"team": 2, "role": "lead", "was": "member"},
)
@dataclass(frozen=True, slots=True)
class TeamJoined:
    """The agent belongs to a team, or has another role in it."""

    team: int
    role: str
    was: str | None = None


@event("agent.left_team", says=_("The agent left a team."), sample={"team": 2, "was": "lead"})
@dataclass(frozen=True, slots=True)
class TeamLeft:
    """The agent belongs to the team no longer."""

    team: int
    was: str | None = None


@event("agent.password_set", says=_("A new password was set for the agent."))
@dataclass(frozen=True, slots=True)
class PasswordSet:
    """The agent has a new password. The record keeps no trace of it."""


@event(
    "agent.key_added",
    says=_("A way to sign in was added for the agent."),
    sample={"way": "totp"},
)
@dataclass(frozen=True, slots=True)
class KeyAdded:
    """The agent proves themselves with an authenticator, a passkey, or at a provider."""

    way: str


@event(
    "agent.key_removed",
    says=_("A way to sign in was removed from the agent."),
    sample={"way": "totp"},
)
@dataclass(frozen=True, slots=True)
class KeyRemoved:
    """An authenticator, a passkey or an identity at a provider counts no longer."""

    way: str


@event("agent.recovery_codes_made", says=_("New recovery codes were made for the agent."))
@dataclass(frozen=True, slots=True)
class RecoveryCodesMade:
    """The agent has ten codes for signing in without their phone. The record keeps no trace."""


@event("agent.recovery_code_used", says=_("The agent signed in with a recovery code."))
@dataclass(frozen=True, slots=True)
class RecoveryCodeUsed:
    """One of the ten codes is used up."""


@event("agent.signed_out", says=_("The agent was signed out elsewhere."))
@dataclass(frozen=True, slots=True)
class SignedOut:
    """Sessions of the agent were ended from another browser."""


@event("agent.retired", says=_("The agent works here no longer."))
@dataclass(frozen=True, slots=True)
class AgentRetired:
    """The agent left: no sign-in, no team."""


@event("agent.returned", says=_("The agent works here again."))
@dataclass(frozen=True, slots=True)
class AgentReturned:
    """Somebody who had left is back, in no team, and needs a new password to sign in."""


@event(
    "agent.shifts_set",
    says=_("The agent's week of work is another one."),
    sample={"since": "2026-06-01", "week": {"mon": [["08:00", "16:00"]]}, "week_was": {}},
)
@dataclass(frozen=True, slots=True)
class ShiftsSet:
    """The week that repeats from this day on; `week_was` is what this day's entry said before."""

    since: str
    week: Mapping[str, object]
    week_was: Mapping[str, object] | None = None


@event(
    "agent.shift_day_set",
    says=_("A day of the agent's work is different."),
    sample={
        "day": "2026-06-02",
        "hours": [],
        "reason": "leave",
        "day_was": {"hours": [["08:00", "16:00"]], "reason": "swap"},
    },
)
@dataclass(frozen=True, slots=True)
class ShiftDaySet:
    """Other hours on one day, or (without `hours`) those of the week again."""

    day: str
    hours: tuple[tuple[str, ...], ...] | None = None
    reason: str = ""
    day_was: Mapping[str, object] | None = None


@event(
    "swap.asked",
    says=_("Somebody asked to swap shifts."),
    sample={"asker": 3, "other": 4, "day": "2026-06-02", "back": "2026-06-04"},
)
@dataclass(frozen=True, slots=True)
class SwapAsked:
    """One agent asks another to take their shift of a day; `back`: whose they take for it."""

    asker: int
    other: int
    day: str
    back: str | None = None


@event(
    "swap.answered",
    says=_("The swap of shifts was answered."),
    sample={"state": "approved", "was": "agreed"},
)
@dataclass(frozen=True, slots=True)
class SwapAnswered:
    """Agreed by the other, approved by a lead (the shifts are swapped), refused or withdrawn."""

    state: str
    was: str


@event("team.opened", says=_("The team was opened."))
@dataclass(frozen=True, slots=True)
class TeamOpened:
    """People may join this team and its queue."""


@event("team.changed", says=_("The team was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class TeamChanged:
    """Some columns of a team have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
    words_was: Mapping[str, int] | None = None
    words_now: Mapping[str, int] | None = None


@event("provider.added", says=_("A sign-in was set up."), sample={"entity_id": "https://idp/"})
@dataclass(frozen=True, slots=True)
class ProviderAdded:
    """An organisation vouches for agents by SAML from now on."""

    entity_id: str


@event("provider.changed", says=_("The sign-in was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class ProviderChanged:
    """Some columns of an organisation that vouches for agents have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
    words_was: Mapping[str, int] | None = None
    words_now: Mapping[str, int] | None = None


@event("role.made", says=_("The role was made."), sample={"allows": ["answer_tickets"]})
@dataclass(frozen=True, slots=True)
class RoleMade:
    """The desk has a role of its own."""

    allows: tuple[str, ...]


@event("role.changed", says=_("The role was changed."), sample=_SAMPLE)
@dataclass(frozen=True, slots=True)
class RoleChanged:
    """Some columns of a role have new values."""

    fields: tuple[str, ...]
    was: Mapping[str, object] | None = None
    now: Mapping[str, object] | None = None
    words_was: Mapping[str, int] | None = None
    words_now: Mapping[str, int] | None = None


from unbroken.staffing import events_token as events_token  # noqa: E402
