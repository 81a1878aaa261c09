"""What can happen to an agent, a team, a role: hire, join, leave, retire, open, and take back.

Nothing else in the house writes them. Nobody is ever deleted: an agent retires, a membership
ends. Nobody hands out more than they may do themselves, or changes who may do more.
"""

from unbroken.staffing.actions import undo as _undo  # noqa: F401 (registers itself)
from unbroken.staffing.actions.agents import (
    change_agent,
    hire_agent,
    retire_agent,
    return_agent,
    set_password,
)
from unbroken.staffing.actions.keys import (
    add_passkey,
    add_totp,
    bind_identity,
    make_recovery_codes,
    remove_key,
    reset_keys,
    sign_out,
    sign_out_of,
    use_recovery_code,
)
from unbroken.staffing.actions.planning import answer_swap, ask_swap, take_plan
from unbroken.staffing.actions.providers import add_provider, change_provider
from unbroken.staffing.actions.roles import change_role, give_role, make_role
from unbroken.staffing.actions.shifts import set_shift_day, set_shifts
from unbroken.staffing.actions.status import set_status
from unbroken.staffing.actions.teams import change_team, join_team, leave_team, open_team
from unbroken.staffing.actions.tokens import issue_token, revoke_token

__all__ = [
    "add_passkey",
    "add_provider",
    "add_totp",
    "answer_swap",
    "ask_swap",
    "bind_identity",
    "change_agent",
    "change_provider",
    "change_role",
    "change_team",
    "give_role",
    "hire_agent",
    "issue_token",
    "join_team",
    "leave_team",
    "make_recovery_codes",
    "make_role",
    "open_team",
    "remove_key",
    "reset_keys",
    "retire_agent",
    "return_agent",
    "revoke_token",
    "set_password",
    "set_shift_day",
    "set_shifts",
    "set_status",
    "sign_out",
    "sign_out_of",
    "take_plan",
    "use_recovery_code",
]
