"""What can happen to somebody who works here: hired, changed, gone, back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.staffing import abilities, state
from unbroken.staffing.actions.reach import check_gives, check_not_last_admin, check_reach
from unbroken.staffing.actions.roles import allowances
from unbroken.staffing.events import (
    WORDS,
    AgentChanged,
    AgentHired,
    AgentRetired,
    AgentReturned,
    PasswordSet,
)
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent, Membership
from unbroken.staffing.permissions import ADMIN, AGENT
from unbroken.staffing.state import browsers, keys

PASSWORD_LENGTH_MIN = 8

refusals(
    {
        "agent.email_taken": _("Somebody with this e-mail address works here already."),
        "agent.bad_abilities": _("A level is 1 to 3; limits are whole numbers from 0 to 10,000."),
        "agent.has_left": _("This agent works here no longer."),
        "agent.password_too_short": _("A password needs at least {least} characters."),
    }
)


def hire_agent(
    *,
    name: str,
    email: str,
    language: str = "en",
    timezone: str = "UTC",
    skills: Sequence[str] = (),
    role: str = AGENT,
    is_admin: bool = False,
    password: str | None = None,
    by: Actor,
    at: datetime,
) -> AgentId:
    """Somebody works here from now on; with a password they can sign in at once."""
    email, role = email.strip().lower(), ADMIN if is_admin else role
    with transaction.atomic():
        check_gives(allowances(role), by=by)
        if password is not None:
            _check_length(password)
        try:
            with transaction.atomic(), begin(Agent, by=by, at=at) as agent:
                agent.name, agent.email = name, email
                agent.language, agent.timezone = language, timezone
                agent.skills, agent.role = list(skills), role
                agent.is_admin = role == ADMIN
                agent.tell(AgentHired(is_admin=agent.is_admin, role=role))
        except IntegrityError as clash:
            raise Refused("agent.email_taken") from clash
        state.make_login(agent.id, email)
        if password is not None:
            set_password(agent_id=AgentId(agent.id), password=password, by=by, at=at)
    return AgentId(agent.id)


def change_agent(
    *,
    agent_id: AgentId,
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    timezone: str | None = None,
    skills: Sequence[str] | None = None,
    levels: Mapping[str, int] | None = None,
    languages: Sequence[str] | None = None,
    grants: Mapping[str, int] | None = None,
    capacity: Mapping[str, int] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """New values for what is given; the rest stays as it is."""
    wanted = {
        "name": name,
        "email": email.strip().lower() if email is not None else None,
        "language": language,
        "timezone": timezone,
        "skills": list(skills) if skills is not None else None,
        "languages": sorted(set(languages)) if languages is not None else None,
        **abilities.checked(levels=levels, grants=grants, capacity=capacity),
    }
    try:
        with transaction.atomic(), change(Agent, agent_id, by=by, at=at) as agent:
            check_reach(agent_id, by=by)
            changed = set_values(agent, wanted, words=WORDS, whose=Actor.agent(agent_id))
            if changed is not None:
                agent.tell(AgentChanged(**changed.told()))
                if "email" in changed.fields:
                    state.rename_login(agent_id, agent.email)
    except IntegrityError as clash:
        raise Refused("agent.email_taken") from clash


def set_password(
    *, agent_id: AgentId, password: str, but: str = "", by: Actor, at: datetime
) -> None:
    """A new password, which signs the agent out everywhere (but there). The record has no trace."""
    _check_length(password)
    with change(Agent, agent_id, by=by, at=at) as agent:
        if not agent.active:
            raise Refused("agent.has_left")
        check_reach(agent_id, by=by)
        state.set_password(agent_id, password)
        browsers.sign_out_elsewhere(agent_id, but=but)
        agent.tell(PasswordSet())


def retire_agent(*, agent_id: AgentId, by: Actor, at: datetime) -> None:
    """The agent leaves: no sign-in, no team. What they did stays theirs."""
    with transaction.atomic():
        check_not_last_admin(agent_id, by=by)
        with change(Agent, agent_id, by=by, at=at) as agent:
            if not agent.active:
                return
            check_reach(agent_id, by=by)
            agent.active = False
            for member in Membership.objects.filter(agent_id=agent_id, until_at=None):
                member.until_at = at
                agent.add(member)
            state.close_login(agent_id)
            browsers.sign_out_elsewhere(agent_id)
            keys.forget_keys(agent_id, keys.EVERY)
            agent.tell(AgentRetired())


def return_agent(*, agent_id: AgentId, by: Actor, at: datetime) -> None:
    """Somebody who had left works here again; they need a new password and their teams."""
    with change(Agent, agent_id, by=by, at=at) as agent:
        if agent.active:
            return
        check_reach(agent_id, by=by)
        agent.active = True
        state.open_login(agent_id)
        agent.tell(AgentReturned())


def _check_length(password: str) -> None:
    if len(password) < PASSWORD_LENGTH_MIN:
        raise Refused("agent.password_too_short", least=PASSWORD_LENGTH_MIN)
