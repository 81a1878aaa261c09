"""Questions about tokens: whose is this one, which are there."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.api.models import ApiToken
from unbroken.api.secrets import is_right, read_token
from unbroken.ground.actor import Actor


@dataclass(frozen=True, slots=True)
class Caller:
    """The other system that is asking, and what it may do."""

    token_id: int
    name: str
    scopes: frozenset[str]
    team_ids: tuple[int, ...]

    @property
    def actor(self) -> Actor:
        """The token as the one who acts."""
        return Actor.token(self.token_id)


def caller_with(token: str) -> Caller | None:
    """Who holds this token; nobody when it is wrong, unknown or withdrawn."""
    read = read_token(token)
    if read is None:
        return None
    number, secret = read
    kept = ApiToken.objects.filter(pk=number, revoked_at__isnull=True).first()
    if not is_right(secret, bytes(kept.hash) if kept else None) or kept is None:
        return None
    return Caller(kept.pk, kept.name, frozenset(kept.scopes), tuple(kept.team_ids))


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as an administrator sees it."""

    id: int
    name: str
    scopes: tuple[str, ...]
    team_ids: tuple[int, ...]
    created_at: datetime
    revoked_at: datetime | None


def tokens() -> list[TokenRow]:
    """Every token there ever was, the newest first."""
    return [
        TokenRow(
            row.pk,
            row.name,
            tuple(row.scopes),
            tuple(row.team_ids),
            row.created_at,
            row.revoked_at,
        )
        for row in ApiToken.objects.order_by("-id")
    ]
