"""What happens to the keys of other systems."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "token.issued",
    says=_("An API token was issued"),
    sample={"scopes": ["tickets:read"], "teams": [1]},
)
@dataclass(frozen=True)
class TokenIssued:
    """Another system can speak to us from now on."""

    scopes: tuple[str, ...]
    teams: tuple[int, ...] = ()


@event("token.revoked", says=_("An API token was withdrawn"))
@dataclass(frozen=True)
class TokenRevoked:
    """Whoever holds it is let in no more."""
