"""Questions about the keys of other systems: whose is this one, which are there."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.actor import Actor
from unbroken.ground.sql import row, rows
from unbroken.staffing.token_secrets import is_right, read_token


@dataclass(frozen=True, slots=True)
class Caller:
    """The other system that is asking, and what it may do; `used_at`: when it last did."""

    token_id: int
    name: str
    scopes: frozenset[str]
    team_ids: tuple[int, ...]
    used_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """The token as the one who acts."""
        return Actor.token(self.token_id)


@dataclass(frozen=True, slots=True)
class _Held:
    id: int
    name: str
    hash: bytes
    scopes: list[str]
    team_ids: list[int]
    used_at: datetime | None


def caller_with(token: str) -> Caller | None:
    """Who holds this token; nobody when it is wrong, unknown or withdrawn."""
    read = read_token(token)
    if read is None:
        return None
    number, secret = read
    held = row(_Held, "staffing/queries/token.sql", number=number)
    if not is_right(secret, bytes(held.hash) if held else None) or held is None:
        return None
    scopes, teams = frozenset(held.scopes), tuple(held.team_ids)
    return Caller(held.id, held.name, scopes, teams, held.used_at)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as an administrator sees it; `made_by` is the actor who had it made."""

    id: int
    name: str
    scopes: list[str]
    team_ids: list[int]
    created_at: datetime
    revoked_at: datetime | None
    made_by: str
    used_at: datetime | None


def tokens() -> list[TokenRow]:
    """Every token there ever was, the newest first."""
    return rows(TokenRow, "staffing/queries/tokens.sql")
