"""Ways to sign in besides the password, as somebody adds and removes them.

What the agent does themselves and what an administrator does for them are the same actions;
the record shows who it was. Secrets are working state: the record keeps no trace of them.
"""

from datetime import datetime

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, change, refusals
from unbroken.ground.words import _
from unbroken.staffing import queries, totp
from unbroken.staffing.actions.reach import check_reach
from unbroken.staffing.events import (
    KeyAdded,
    KeyRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SignedOut,
)
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent
from unbroken.staffing.state import browsers, keys

PASSKEYS_MAX = 20

refusals(
    {
        "key.wrong_code": _("This is not the code that the app shows now. Try the next one."),
        "key.known_already": _("This passkey is known already."),
        "key.too_many": _("You have {most} passkeys. Remove one first."),
        "key.not_there": _("There is nothing to remove."),
    }
)


def add_totp(*, agent_id: AgentId, secret: str, code: str, by: Actor, at: datetime) -> list[str]:
    """From now on a code is asked for; returns the recovery codes, which are shown only once."""
    step = totp.matching_step(secret, code, at=at)
    if step is None:
        raise Refused("key.wrong_code")
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        keys.keep_totp(agent_id, secret, step=step, at=at)
        agent.tell(KeyAdded(way=keys.TOTP))
    return make_recovery_codes(agent_id=agent_id, by=by, at=at)


def make_recovery_codes(*, agent_id: AgentId, by: Actor, at: datetime) -> list[str]:
    """Ten new codes for the day the phone is lost; the older ones end."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        codes = keys.keep_recovery_codes(agent_id, at=at)
        agent.tell(RecoveryCodesMade())
    return codes


def use_recovery_code(*, agent_id: AgentId, code: str, at: datetime) -> bool:
    """One of the ten, used up; False when it is none of them."""
    with change(Agent, agent_id, by=Actor.agent(agent_id), at=at) as agent:
        if not agent.active or not keys.use_recovery_code(agent_id, code):
            return False
        agent.tell(RecoveryCodeUsed())
    return True


def add_passkey(
    *,
    agent_id: AgentId,
    credential: bytes,
    public_key: bytes,
    counter: int,
    name: str,
    by: Actor,
    at: datetime,
) -> None:
    """One more passkey; what it signed was checked before."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        if queries.passkey(credential) is not None:
            raise Refused("key.known_already")
        if len(queries.passkeys(agent_id)) >= PASSKEYS_MAX:
            raise Refused("key.too_many", most=PASSKEYS_MAX)
        keys.keep_passkey(
            agent_id, credential=credential, public_key=public_key, counter=counter,
            name=name, at=at,
        )  # fmt: skip
        agent.tell(KeyAdded(way=keys.PASSKEY))


def bind_identity(
    *, agent_id: AgentId, issuer: str, subject: str, way: str = keys.OPENID, at: datetime
) -> None:
    """Whoever comes from this place under this subject is this agent from now on."""
    with change(Agent, agent_id, by=Actor.agent(agent_id), at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        keys.keep_identity(agent_id, issuer=issuer, subject=subject, way=way, at=at)
        agent.tell(KeyAdded(way=way))


def remove_key(*, agent_id: AgentId, key_id: int, by: Actor, at: datetime) -> None:
    """One authenticator or passkey counts no longer; with the last one go the recovery codes."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        check_reach(agent_id, by=by)
        removable = [kind for kind in keys.EVERY if kind != keys.RECOVERY]
        gone = keys.forget_keys(agent_id, removable, key_id)
        if not gone:
            raise Refused("key.not_there")
        if not keys.has_factor(agent_id):
            keys.forget_keys(agent_id, (keys.RECOVERY,))
        agent.tell(KeyRemoved(way=gone[0]))


def reset_keys(*, agent_id: AgentId, by: Actor, at: datetime) -> None:
    """Somebody lost their phone: the password is enough again, and every session ends."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        check_reach(agent_id, by=by)
        gone = [one for one in keys.forget_keys(agent_id, keys.EVERY) if one != keys.RECOVERY]
        if not gone:
            raise Refused("key.not_there")
        browsers.sign_out_elsewhere(agent_id)
        agent.tell(KeyRemoved(way="+".join(gone)))


def sign_out_of(*, agent_id: AgentId, way: str, by: Actor, at: datetime) -> None:
    """End the sessions that began this way: whoever vouched for them says that they left."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        if browsers.sign_out_of(agent_id, way):
            agent.tell(SignedOut())


def sign_out(
    *, agent_id: AgentId, browser_id: int | None, but: str = "", by: Actor, at: datetime
) -> None:
    """End the session in that browser, or in every browser but this one."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        check_reach(agent_id, by=by)
        ended = (
            browsers.sign_out_there(agent_id, browser_id)
            if browser_id is not None
            else browsers.sign_out_elsewhere(agent_id, but=but)
        )
        if ended:
            agent.tell(SignedOut())
