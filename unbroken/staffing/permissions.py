"""What somebody may do here, by name, and which of it each built-in role allows. Pure.

The set is closed: a permission exists because code asks for it. A desk puts roles of its own
together from the same names.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from unbroken.ground.words import Phrase, _

ANSWER = "answer_tickets"
SEE_EVERY_QUEUE = "see_every_queue"
EDIT_KNOWLEDGE = "edit_knowledge"
WRITE_RULES = "write_rules"
SEE_REPORTS = "see_reports"
REVIEW_ANSWERS = "review_answers"
MANAGE_PROMISES = "manage_promises"
APPROVE_CREDITS = "approve_credits"
SELL = "sell_agreements"
STOP_CLOCKS = "stop_clocks"
MANAGE_QUEUES = "manage_queues"
PLAN_SHIFTS = "plan_shifts"
EDIT_DIRECTORY = "edit_directory"
MANAGE_CHANNELS = "manage_channels"
MANAGE_PEOPLE = "manage_people"
ERASE_PEOPLE = "erase_people"
MANAGE_SIGN_IN = "manage_sign_in"
MANAGE_TOKENS = "manage_tokens"
MANAGE_PROBLEMS = "manage_problems"
PLAN_WORK = "plan_work"
APPROVE_WORK = "approve_work"
READ_ADMINISTRATION = "read_administration"
READ_RECORD = "read_record"

PERMISSIONS: Mapping[str, Phrase] = {
    ANSWER: _("Answer and change the requests they see"),
    SEE_EVERY_QUEUE: _("See the requests of every queue"),
    EDIT_KNOWLEDGE: _("Edit topics, articles and canned answers"),
    WRITE_RULES: _("Write macros and rules for everybody"),
    SEE_REPORTS: _("See reports and dashboards"),
    REVIEW_ANSWERS: _("Draw answers and review them"),
    MANAGE_PROMISES: _("Change agreements and calendars"),
    APPROVE_CREDITS: _("Approve credits for missed promises, and take them back"),
    STOP_CLOCKS: _("Hold requests for reasons that stop clocks and are not for everybody"),
    SELL: _("Reckon prices and sell agreements"),
    EDIT_DIRECTORY: _("Change customers and their contacts"),
    PLAN_SHIFTS: _("Plan the shifts of the teams they lead"),
    MANAGE_QUEUES: _("Change queues and what flows into each"),
    MANAGE_CHANNELS: _("Change mailboxes and other channels"),
    MANAGE_PEOPLE: _("Change people, teams and roles"),
    MANAGE_SIGN_IN: _("Set up the organisations that vouch for who signs in"),
    MANAGE_TOKENS: _("Give other systems access to requests, and take it away"),
    ERASE_PEOPLE: _("Export or erase a person, and set how long data is kept"),
    MANAGE_PROBLEMS: _("Open, follow and end problems that many share"),
    PLAN_WORK: _("Plan work on the network, and decide on carriers' notices"),
    APPROVE_WORK: _("Approve work on the network that others planned"),
    READ_ADMINISTRATION: _("Read the administration without changing it"),
    READ_RECORD: _("Read the record of who changed and who read what"),
}


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A role that every desk has."""

    name: Phrase
    allows: frozenset[str]


AGENT, LEAD, HEAD, ADMIN, AUDITOR = "agent", "lead", "head", "admin", "auditor"

_LEADS = frozenset(
    {
        ANSWER,
        PLAN_SHIFTS,
        EDIT_KNOWLEDGE,
        WRITE_RULES,
        SEE_REPORTS,
        STOP_CLOCKS,
        MANAGE_PROBLEMS,
        PLAN_WORK,
    }
)
BUILT_IN: Mapping[str, BuiltIn] = {
    AGENT: BuiltIn(_("Agent"), frozenset({ANSWER})),
    LEAD: BuiltIn(_("Lead"), _LEADS),
    HEAD: BuiltIn(
        _("Head of support"),
        _LEADS
        | {SEE_EVERY_QUEUE, MANAGE_PROMISES, APPROVE_CREDITS, MANAGE_QUEUES, EDIT_DIRECTORY}
        | {READ_ADMINISTRATION, REVIEW_ANSWERS, SELL, APPROVE_WORK},
    ),
    ADMIN: BuiltIn(_("Administrator"), frozenset(PERMISSIONS)),
    AUDITOR: BuiltIn(
        _("Auditor"),
        frozenset({SEE_EVERY_QUEUE, SEE_REPORTS, READ_ADMINISTRATION, READ_RECORD}),
    ),
}


def allowed_by(role: str, own: Collection[str] | None) -> frozenset[str]:
    """What a role allows; `own` is what the desk's own role of that name says, if there is one.

    A name that nobody knows allows nothing.
    """
    if role in BUILT_IN:
        return BUILT_IN[role].allows
    return frozenset(own or ()) & PERMISSIONS.keys()
