"""What can happen to a token: it is issued and withdrawn."""

from collections.abc import Collection
from datetime import datetime

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.staffing import queries as staffing
from unbroken.staffing.events_token import TokenIssued, TokenRevoked
from unbroken.staffing.ids import TokenId
from unbroken.staffing.models import ApiToken
from unbroken.staffing.token_scopes import SCOPES
from unbroken.staffing.token_secrets import as_token, hash_of, new_secret

refusals(
    {
        "token.no_name": _("Give the token a name, so that others know what it is for."),
        "token.unknown_scope": _("There is no scope {scope}; there are: {known}."),
        "token.unknown_team": _("There is no team {team}."),
    }
)


def issue_token(
    *,
    name: str,
    scopes: Collection[str] = SCOPES,
    teams: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> tuple[TokenId, str]:
    """A new key for another system; its text is returned here and never again.

    `teams` are short names; with some, it sees only their tickets and those it opened.
    """
    if not name.strip():
        raise Refused("token.no_name")
    for scope in scopes:
        if scope not in SCOPES:
            raise Refused("token.unknown_scope", scope=scope, known=", ".join(SCOPES))
    team_ids = [_team_id(key) for key in teams]
    secret = new_secret()
    with begin(ApiToken, by=by, at=at) as token:
        token.name, token.hash, token.created_at = name.strip(), hash_of(secret), at
        token.scopes, token.team_ids = sorted(scopes), sorted(team_ids)
        token.tell(TokenIssued(scopes=tuple(token.scopes), teams=tuple(token.team_ids)))
    return TokenId(token.id), as_token(token.id, secret)


def revoke_token(*, token_id: TokenId, by: Actor, at: datetime) -> None:
    """Whoever holds it is let in no more. Twice changes nothing."""
    with change(ApiToken, token_id, by=by, at=at) as token:
        if token.revoked_at is None:
            token.revoked_at = at
            token.tell(TokenRevoked())


def _team_id(key: str) -> int:
    team = staffing.team_by_key(key)
    if team is None:
        raise Refused("token.unknown_team", team=key)
    return team.id
