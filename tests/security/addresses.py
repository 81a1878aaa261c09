"""Every address of the house, found by itself; and what each is for, said by hand.

`ADDRESSES` is written by hand, `routes()` is read from the urlconf and `operations()` from the
API's description of itself: a test holds them together, so that nobody adds a door unseen.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from tests.console.desk import PASSWORD
from tests.security.ageing_there import ageing_line_of, filling_link_of
from tests.security.crowd import ANNEKE, BRAM, CARLA, MILA, SOFIE, Crowd
from tests.security.escalated import (
    climbing,
    paged_token,
    path_by_hand,
    path_there,
    path_typed,
    rota_typed,
)
from tests.security.handing import cable, complained, handed, one_step_more, to_be_handed
from tests.security.lines import line_of, session_of
from tests.security.noticed import notice_there, pass_there
from tests.security.order_there import order_of, order_typed, step_of
from tests.security.owed import credit_of, miss_of, month_of, rule_of
from tests.security.sold import (
    costs_changed,
    costs_typed,
    drafted,
    reckons,
    sale_there,
    shift_to_give,
    swap_there,
)
from unbroken.api.urls import api
from unbroken.conversation import queries as conversation
from unbroken.conversation.actions import set_topic
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.directory.network_queries import owners_of
from unbroken.ground import retention
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import begin
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.intake.actions.notices import take_notice
from unbroken.intake.mail.carrier_forms import NoticeRead
from unbroken.intake.notices.queries import waiting_notices
from unbroken.knowledge import actions as knowledge_actions
from unbroken.knowledge import queries as knowledge
from unbroken.outage import queries as outage
from unbroken.outage.actions import open_problem
from unbroken.outage.plans import actions as plan_actions
from unbroken.outage.plans import queries as plan_queries
from unbroken.outage.plans.actions import PlanSheet
from unbroken.portal.embed import _token
from unbroken.portal.once import form_number
from unbroken.quality.events import ReviewDrawn
from unbroken.quality.models import Review
from unbroken.quality.state import reports
from unbroken.routines import queries as routines
from unbroken.routines.actions import set_macro, set_rule
from unbroken.routines.queries import rules as kept_by_rules
from unbroken.routines.queries.recurrences import recurrences
from unbroken.routines.recurring import set_recurrence
from unbroken.routines.schedule import Schedule
from unbroken.routines.sheets import MacroSheet, RecurrenceSheet, RuleSheet
from unbroken.staffing.actions import issue_token

Fill = Callable[[Crowd], Mapping[str, object]]

OF_TICKET, OF_AGENTS, OF_PORTAL, OF_ALL = "ticket", "agents", "portal", "all"
OF_ADMIN = "admin"
OF_DESK = "desk"
"""For everybody who works here, and about no ticket."""


@dataclass(frozen=True)
class Address:
    """One address: whose it is, how its gaps are filled, what a right POST carries.

    `tells`: a GET by whoever may read shows something of Anneke's. `is_deed`: only POST.
    `is_own`: a POST changes only what belongs to the one who posts.
    """

    whose: str
    fill: Fill = lambda crowd: {}
    post: Fill | None = None
    is_deed: bool = False
    tells: bool = False
    is_own: bool = False

    def path(self, route: str, crowd: Crowd) -> str:
        """The address itself."""
        for name, value in self.fill(crowd).items():
            route = route.replace(f"<{name}>", str(value))
        assert "<" not in route, route
        return f"/{route}"

    def body(self, crowd: Crowd) -> dict[str, Any]:
        """The form of a right POST."""
        return dict(self.post(crowd)) if self.post else {}


def routes() -> set[str]:
    """Every route of the house but those of the API, which describes itself."""
    found = {re.sub(r"<\w+:", "<", route) for route in _walk(get_resolver().url_patterns)}
    return {route for route in found if not route.startswith("api/")}


def operations() -> set[tuple[str, str]]:
    """Every address and method of the API."""
    described = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return {(method.upper(), path) for path, methods in described.items() for method in methods}


def _walk(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        else:
            yield route


def _number(crowd: Crowd) -> dict[str, object]:
    return {"number": crowd.ticket}


def _contact(crowd: Crowd) -> dict[str, object]:
    return {"contact_id": crowd.contacts[ANNEKE]}


def _customer(crowd: Crowd) -> dict[str, object]:
    card = directory.contact(ContactId(crowd.contacts[ANNEKE]))
    assert card is not None
    return {"customer_id": card.customer_id or 0}


def _message(crowd: Crowd) -> dict[str, object]:
    return {"number": crowd.ticket, "message": crowd.message}


def _answer(crowd: Crowd) -> dict[str, object]:
    return {"number": crowd.ticket, "message": crowd.reply}


def _file(crowd: Crowd) -> dict[str, object]:
    return {"number": crowd.ticket, "attachment": crowd.mail_file}


def _mail(crowd: Crowd) -> dict[str, object]:
    return {"name": crowd.sent_name}


def _canned() -> int:
    """A short text that fits every request."""
    there = knowledge.canned_answers()
    if there:
        return there[0].id
    return knowledge_actions.set_canned_answer(
        name="hello", texts={"en": "Hello."}, by=HOUSE, at=now()
    )


def _macro(crowd: Crowd) -> dict[str, object]:
    """A macro for everybody; it is written when it is first asked for."""
    there = routines.macros()
    if there:
        return {"macro_id": there[0].id}
    sheet = MacroSheet(name="Mark it", scope="all", steps={"add": ["marked"]})
    return {"macro_id": set_macro(sheet, by=HOUSE, at=now())}


def _rule(crowd: Crowd) -> dict[str, object]:
    """A rule that is switched off; it is written when it is first asked for."""
    there = kept_by_rules.rules()
    if there:
        return {"rule_id": there[0].id}
    sheet = RuleSheet(name="Mark it", on=("new",), steps={"add": ["marked"]})
    return {"rule_id": set_rule(sheet, by=HOUSE, at=now())}


def _recurrence(crowd: Crowd) -> dict[str, object]:
    """Something that recurs; it is written when it is first asked for."""
    there = recurrences()
    if there:
        return {"recurrence_id": there[0].id}
    plan = Schedule(first=now().date())
    sheet = RecurrenceSheet(name="Check", schedule=plan, subject="Check the backups")
    return {"recurrence_id": set_recurrence(sheet, by=HOUSE, at=now())}


def _article(crowd: Crowd) -> dict[str, object]:
    """An article for everybody; it is written when it is first asked for."""
    at = now()
    known = knowledge.shelf("en", at=at)
    if known:
        return {"article_id": known[0].id}
    set_topic(key="internet", names={"en": "Internet"}, by=HOUSE, at=at)
    texts = {"en": ("Lamp", "The lamp is dark.")}
    article = knowledge_actions.write_article(
        topic_key="internet", texts=texts, audience="public", by=HOUSE, at=at
    )
    knowledge_actions.publish_article(article_id=article, by=HOUSE, at=at)
    return {"article_id": article}


def _problem(crowd: Crowd) -> dict[str, object]:
    """A problem that is open; it was opened when it is first asked for."""
    there = outage.open_problems()
    if there:
        return {"problem_id": there[0].id}
    at = now()
    number = open_problem(
        element="cable-1", origin="agent", severity="minor", since=at, services={}, by=HOUSE, at=at
    )
    return {"problem_id": number}


def _notice(crowd: Crowd) -> dict[str, object]:
    """A carrier's notice that waits for a person; it came when it is first asked for."""
    there = waiting_notices()
    if there:
        return {"notice_id": there[0].id}
    read = NoticeRead("netco.example", "MW-1", doubts=("no_time",))
    return {"notice_id": take_notice(read, intake_id=1, ticket_id=crowd.ticket, at=now())}


def _accepted() -> dict[str, object]:
    """What a person makes of that notice."""
    if not owners_of(["notice-1"]):
        directory_actions.register_resource(key="notice-1", kind="link", by=HOUSE, at=now())
    return {
        "provider": "netco.example", "number": "MW-1", "status": "CONFIRMED", "impact": "OUTAGE",
        "starts_at": "2030-05-24T01:00", "ends_at": "2030-05-24T05:00", "things": "notice-1",
    }  # fmt: skip


def _plans_sheet() -> dict[str, object]:
    """Work that somebody plans."""
    _accepted()
    return {
        "name": "Splices", "since": "2030-06-07T01:00", "until": "2030-06-07T05:00",
        "impact": "OUTAGE", "resources": "notice-1",
    }  # fmt: skip


def _plan(crowd: Crowd) -> dict[str, object]:
    """A plan that waits for approval; it is made when it is first asked for."""
    there = [one for one in plan_queries.latest_plans() if one.state == "proposed"]
    if there:
        return {"plan_id": there[0].id}
    _accepted()
    night, told = now() + timedelta(days=30), {"by": HOUSE, "at": now()}
    sheet = PlanSheet("Ring", night, night + timedelta(hours=4), ("notice-1",), "OUTAGE")
    number = plan_actions.draft_plan(sheet, **told)  # type: ignore[arg-type]
    plan_actions.propose_plan(plan_id=number, **told)  # type: ignore[arg-type]
    return {"plan_id": number}


def _freeze(crowd: Crowd) -> dict[str, object]:
    """Days without work; they are set when they are first asked for."""
    there = plan_queries.freezes()
    if there:
        return {"freeze_id": there[0].id}
    day = date(2030, 12, 24)
    told: dict[str, Any] = {"by": HOUSE, "at": now()}
    return {"freeze_id": plan_actions.set_freeze(name="Eve", first=day, last=day, **told)}


def _topic(crowd: Crowd) -> dict[str, object]:
    """Where the article belongs."""
    _article(crowd)
    return {"topic_id": conversation.topic_tree()[0].id}


def _personal(crowd: Crowd) -> dict[str, object]:
    return {"contact_id": crowd.contacts[CARLA]}


def _beside(**names: str) -> Fill:
    """The numbers of what stands beside Anneke's request, under the names of an address."""
    return lambda crowd: {
        "number": crowd.ticket, **{name: crowd.beside[what] for name, what in names.items()}
    }  # fmt: skip


def _kept(crowd: Crowd) -> dict[str, object]:
    retention.settle(key="drafts", days=100, by=HOUSE, at=now())
    return {"key": "drafts"}


def _kept_last(crowd: Crowd) -> dict[str, object]:
    kept = retention.kept("drafts")
    return {"version": events_of([f"retention:{kept.id}"])[-1].version} if kept else {}


def _key(crowd: Crowd) -> dict[str, object]:
    return {"token_id": issue_token(name="Carla", by=HOUSE, at=now())[0]}


def _letter(crowd: Crowd) -> dict[str, object]:
    return {"letter": crowd.letter}


def _view(crowd: Crowd) -> dict[str, object]:
    return {"list_id": crowd.view}


def _says(**fields: object) -> Fill:
    return lambda crowd: fields


def _form(**fields: object) -> Fill:
    return lambda crowd: {"form": form_number(), **fields}


def deed(fill: Fill, post: Fill) -> Address:
    """Something an agent does to a ticket of their queue."""
    return Address(OF_TICKET, fill, post, is_deed=True)


def _person(crowd: Crowd) -> dict[str, object]:
    return {"agent_id": crowd.agents[SOFIE]}


def _team(crowd: Crowd) -> dict[str, object]:
    return {"team_id": crowd.team}


def _role(crowd: Crowd) -> dict[str, object]:
    return {"role_id": crowd.role}


def _provider(crowd: Crowd) -> dict[str, object]:
    return {"provider_id": crowd.provider}


def _queue(crowd: Crowd) -> dict[str, object]:
    return {"queue_id": crowd.queue}


def _calendar(crowd: Crowd) -> dict[str, object]:
    return {"calendar_id": crowd.calendar}


def _holidays(crowd: Crowd) -> dict[str, object]:
    return {"set_id": crowd.holiday_set}


def _agreement(crowd: Crowd) -> dict[str, object]:
    return {"agreement_id": crowd.agreement}


def _mailbox(crowd: Crowd) -> dict[str, object]:
    return {"mailbox_id": crowd.mailbox}


def _contact_of(crowd: Crowd) -> dict[str, object]:
    return {"contact_id": crowd.contacts[BRAM]}


def _service_of(crowd: Crowd) -> dict[str, object]:
    told: dict[str, Any] = {"by": HOUSE, "at": now()}
    number = directory_actions.register_service(customer_id=crowd.customer, **told)
    directory_actions.change_service(service_id=number, technology="ftth", **told)
    return {"service_id": number}


def _resource_of(crowd: Crowd) -> dict[str, object]:
    key = f"port-{secrets.token_hex(4)}"
    told: dict[str, Any] = {"by": HOUSE, "at": now()}
    number = directory_actions.register_resource(key=key, kind="port", **told)
    directory_actions.change_resource(resource_id=number, name="Mine", **told)
    return {"resource_id": number}


def _another_customer() -> int:
    return int(directory_actions.register_customer(name="Another", by=HOUSE, at=now()))


def _kept_customer(crowd: Crowd) -> dict[str, object]:
    return {"customer_id": crowd.customer}


def _last(stream: str) -> Fill:
    """The form that takes back what happened last to Sofie, the team, the role and so on."""

    def form(crowd: Crowd) -> Mapping[str, object]:
        people = {"agent": crowd.agents[SOFIE], "contact": crowd.contacts[BRAM]}
        row = people[stream] if stream in people else getattr(crowd, stream)
        return {"version": events_of([f"{stream}:{row}"])[-1].version}

    return form


def _kept_report(crowd: Crowd) -> dict[str, object]:
    """A report for everybody; it is kept when it is first asked for."""
    sofie = crowd.agents[SOFIE]
    known = reports.saved_reports(agent_id=sofie, team_ids=[])
    if not known:
        reports.keep(
            name="All", asked={"group": "team"}, scope="all", team_id=None, owner_id=sofie, at=now()
        )
        known = reports.saved_reports(agent_id=sofie, team_ids=[])
    return {"report_id": known[0].id}


def _review(crowd: Crowd) -> dict[str, object]:
    """Sofie's answer to Anneke, drawn when it is first asked for."""
    known = Review.objects.first()
    if known is None:
        with begin(Review, by=HOUSE, at=now()) as known:
            known.ticket_id, known.message_id = crowd.ticket, crowd.reply
            known.writer_id, known.day, known.drawn_at = crowd.agents[SOFIE], now().date(), now()
            known.tell(ReviewDrawn(crowd.ticket, crowd.reply, crowd.agents[SOFIE]))
    return {"review_id": known.id}


def _aged(crowd: Crowd) -> dict[str, object]:
    """The first line of the list."""
    return {"line": ageing_line_of(int(str(line_of(crowd)["service_id"])))}


def _filling(crowd: Crowd) -> dict[str, object]:
    """The first link of the list."""
    return {"link": filling_link_of()}


def admin(fill: Fill = lambda crowd: {}, post: Fill | None = None) -> Address:
    """A page of the administration, with a form to those who may change it."""
    return Address(OF_ADMIN, fill, post)


def admin_deed(fill: Fill, post: Fill = lambda crowd: {}) -> Address:
    """Something only an administrator does."""
    return Address(OF_ADMIN, fill, post, is_deed=True)


def own_deed(post: Fill = lambda crowd: {}, **fill: object) -> Address:
    """Something an agent does about their own signing in, and nobody else's."""
    return Address(OF_AGENTS, _says(**fill), post, is_deed=True, is_own=True)


TICKET = "console/tickets/<number>"
OWN = "console/own"
PERSON, TEAM = "console/admin/people/<agent_id>", "console/admin/teams/<team_id>"
PROVIDER = "console/admin/sign-in/<provider_id>"
ROLE, QUEUE = "console/admin/roles/<role_id>", "console/admin/queues/<queue_id>"
CALENDAR = "console/admin/calendars/<calendar_id>"
AGREEMENT = "console/admin/agreements/<agreement_id>"
MAILBOX = "console/admin/channels/<mailbox_id>"
SHIFT = "console/admin/shifts/<agent_id>"
CUSTOMER = "console/admin/customers/<customer_id>"
CONTACT = "console/admin/contacts/<contact_id>"
HOLIDAYS = "console/admin/holidays/<set_id>"
NEW = {"name": "Eve", "email": "eve@desk.example", "role": "admin", "timezone": "UTC"}
REQUEST = "requests/<number>"
COLLEAGUE, COMPANY = "company/people/<contact_id>", "console/companies/<customer_id>"
ARTICLE = "console/knowledge/articles/<article_id>"
WRITTEN = {"topic": "internet", "audience": "public", "title_en": "Mine", "body_en": "Mine."}
RECURRING = {"name": "Mine", "subject": "Look", "first": "2030-01-01", "at": "08:00"}
RECURRING |= {"zone": "UTC", "every": "1", "unit": "month"}
CLASSIFIED = {"name": "x", "type": "incident", "impact": "low", "urgency": "low"}
ASKED = {"kind": "incident", "words": "Mine.", "name": "Eve", "email": "eve@elsewhere.example"}

ADDRESSES: dict[str, Address] = {
    "alive": Address(OF_ALL),
    "": Address(OF_ALL),
    "ask/details": Address(OF_ALL),
    "status": Address(OF_ALL),
    "status.atom": Address(OF_ALL),
    "status/mail": Address(OF_ALL, post=_says(email="nobody@elsewhere.example")),
    "status/mail/<token>": Address(OF_ALL, _says(token="1.forged"), _says(part="aa")),
    "status/mail/<token>/end": Address(OF_ALL, _says(token="1.forged"), _says()),
    "ask": Address(OF_ALL, post=_form(**ASKED)),
    "articles/<article_id>": Address(OF_ALL, _article),
    "help": Address(OF_ALL),
    "help/<place>": Address(OF_ALL, _says(place="internet/lamp")),
    "help/pictures/<place>": Address(OF_ALL, _says(place="1-lamp.png")),
    "help/feedback/<article_id>": Address(OF_ALL, _article, _says(helped="yes"), is_deed=True),
    "help/suggestions": Address(OF_ALL, post=_says(words="quokka in the lamp"), is_deed=True),
    "sign-in": Address(OF_ALL, post=_says(email="eve@elsewhere.example", password="x")),
    "sign-in/code": Address(OF_ALL, post=_says(code="123456")),
    "sign-in/passkey": Address(OF_ALL, post=_says(credential="{}")),
    "sign-in/openid": Address(OF_ALL),
    "sign-in/openid/back": Address(OF_ALL),
    "sign-in/openid/left": Address(OF_ALL, post=_says(logout_token="x"), is_deed=True),
    "sign-in/saml/<provider_id>": Address(OF_ALL, _provider),
    "sign-in/saml/back": Address(OF_ALL, post=_says(SAMLResponse="PGEvPg=="), is_deed=True),
    "sign-in/saml/done": Address(OF_ALL),
    "sign-in/saml/metadata": Address(OF_ALL),
    "first-steps": Address(OF_ALL, post=_says(code="x", name="Eve", email="eve@e.example")),
    "sign-out": Address(OF_ALL, is_deed=True),
    "look": Address(OF_ALL, post=_says(theme="dark"), is_deed=True),
    "live": Address(OF_ALL),
    "sign-in-link": Address(OF_ALL, post=_says(email="eve@elsewhere.example")),
    "sign-in-link/<key>": Address(OF_ALL, _says(key="A" * 43)),
    "sign-in-code": Address(
        OF_ALL, post=lambda crowd: {"number": crowd.ticket, "email": "eve@elsewhere.example"}
    ),
    "sign-in-code/digits": Address(OF_ALL, post=_says(code="123456")),
    "leave": Address(OF_ALL, is_deed=True),
    "r/<token>": Address(OF_ALL, _says(token="100001.1.forged")),
    "requests": Address(OF_PORTAL, tells=True),
    "asked/<number>": Address(OF_PORTAL, _number),
    "ends": Address(
        OF_PORTAL, post=lambda c: {"problem": _problem(c)["problem_id"]}, is_deed=True, is_own=True
    ),
    "lines/<service_id>": Address(OF_PORTAL, line_of),
    "orders": Address(OF_PORTAL),
    "orders/new": Address(OF_PORTAL, post=_form(product="", address="Lindenstrasse 4")),
    "company": Address(OF_PORTAL),
    "company/people": Address(OF_PORTAL),
    COLLEAGUE: Address(OF_PORTAL, _contact, _says(sees="all", manages="on")),
    f"{COLLEAGUE}/departure": Address(OF_PORTAL, _contact, is_deed=True),
    "company/<customer_id>/invitation": Address(
        OF_PORTAL, _customer, _says(name="Eve", email="eve@elsewhere.example", sees="all")
    ),
    "embed/ask": Address(OF_ALL, post=lambda crowd: {"form": _token(), **ASKED}),
    "sitemap.xml": Address(OF_ALL),
    "robots.txt": Address(OF_ALL),
    "approvals": Address(OF_PORTAL),
    "settings": Address(
        OF_PORTAL, post=_says(mails="mine", language="ru", timezone=""), is_own=True
    ),
    f"{REQUEST}/following": Address(OF_PORTAL, _number, _says(follows="no"), is_deed=True),
    "less/<token>": Address(OF_ALL, _says(token="1.forged")),
    "unfollow/<token>": Address(OF_ALL, _says(token="100001.1.forged")),
    "approvals/<approval_id>": Address(OF_PORTAL, _says(approval_id=1), _says(decision="approve")),
    "well/<token>": Address(OF_ALL, _says(token="1.forged"), _says(says="no")),
    "crew/<token>": Address(OF_ALL, _says(token="1.forged"), _says(step="done", seen=".")),
    "approve/<token>": Address(OF_ALL, _says(token="1.1.forged"), _says(decision="approve")),
    "invitation/<key>": Address(OF_ALL, _says(key="A" * 43)),
    REQUEST: Address(OF_PORTAL, _number, tells=True),
    "service-level": Address(OF_PORTAL, lambda crowd: reckons()),
    "service-level/order": Address(
        OF_PORTAL, lambda crowd: reckons(), _form(sent="yes", cover="0"), is_deed=True
    ),
    f"{REQUEST}/facts": Address(OF_PORTAL, _number, _form(words="More."), is_deed=True),
    f"{REQUEST}/recovery": Address(OF_PORTAL, _number, _form(), is_deed=True),
    f"{REQUEST}/relapse": Address(OF_PORTAL, _number, _form(), is_deed=True),
    f"{REQUEST}/test": Address(OF_PORTAL, _number, _says(), is_deed=True),
    f"{REQUEST}/complaint": Address(OF_PORTAL, _number, _form(words="Slow.")),
    "files/<file_id>/<name>": Address(
        OF_PORTAL, lambda crowd: {"file_id": crowd.mail_file, "name": "plan.txt"}, tells=True
    ),
    "console/": Address(OF_AGENTS, tells=True),
    "console/requests.csv": Address(OF_AGENTS, tells=True),
    "console/search": Address(OF_AGENTS),
    "console/palette": Address(OF_AGENTS),
    "console/bell": Address(OF_AGENTS),
    "console/bell/<number>/seen": deed(_number, _says()),
    "console/status": Address(OF_AGENTS, post=_says(status="call"), is_deed=True, is_own=True),
    "console/new": Address(OF_AGENTS, post=_says(caller="Eve", words="Mine.")),
    "console/habits": Address(OF_AGENTS, post=_says(shortcuts="on"), is_own=True),
    "console/habits/calendar": Address(OF_AGENTS, post=_says(), is_deed=True, is_own=True),
    "calendar/<token>": Address(OF_ALL, _says(token="1-1.forged")),
    "console/many": Address(
        OF_AGENTS,
        post=lambda crowd: {"ticket": crowd.ticket, "deed": "tag:add", "word": "mine"},
        is_deed=True,
    ),
    "console/many/<done_id>": Address(
        OF_AGENTS, lambda crowd: {"done_id": crowd.done}, is_own=True
    ),
    "console/many/<done_id>/undo": Address(
        OF_AGENTS, lambda crowd: {"done_id": crowd.done}, _says(), is_deed=True, is_own=True
    ),
    "console/views": Address(OF_AGENTS),
    "console/views/new": Address(
        OF_AGENTS, post=_says(name="Mine", words="lamp", scope="mine"), is_deed=True, is_own=True
    ),
    "console/views/<list_id>": Address(
        OF_AGENTS, _view, _says(name="Mine", words="x", scope="mine"), is_deed=True, is_own=True
    ),
    "console/views/<list_id>/place": Address(
        OF_AGENTS, _view, _says(to="up"), is_deed=True, is_own=True
    ),
    "console/views/<list_id>/end": Address(OF_AGENTS, _view, _says(), is_deed=True, is_own=True),
    "console/contacts": Address(OF_AGENTS),
    "console/contacts/<contact_id>": Address(
        OF_AGENTS, lambda crowd: {"contact_id": crowd.contacts[CARLA]}, _says(name="Carla's")
    ),
    COMPANY: Address(OF_TICKET, _customer),
    f"{COMPANY}/managers": admin_deed(
        _customer, lambda crowd: {"contact": crowd.contacts[ANNEKE], "manages": "yes"}
    ),
    "console/mail": Address(OF_AGENTS, tells=True),
    "console/mail/<name>": Address(OF_TICKET, _mail, tells=True),
    "console/mail/<name>/html": Address(OF_TICKET, _mail, tells=True),
    "console/operations": Address(OF_AGENTS, tells=True),
    "console/operations/<letter>/retry": Address(OF_AGENTS, _letter, is_deed=True),
    "console/operations/<letter>/skip": Address(OF_AGENTS, _letter, is_deed=True),
    TICKET: Address(OF_TICKET, _number, tells=True),
    f"{TICKET}/messages/<message>/source": Address(OF_TICKET, _message, tells=True),
    f"{TICKET}/files/<attachment>": Address(OF_TICKET, _file, tells=True),
    f"{TICKET}/files/<attachment>/page": Address(OF_TICKET, _file),
    f"{TICKET}/files/<attachment>/preview": Address(OF_TICKET, _file, tells=True),
    f"{TICKET}/messages": deed(
        _number,
        lambda crowd: {
            "mode": "note",
            "words": "Mine.",
            "files": SimpleUploadedFile("a.txt", b"hello", "text/plain"),
        },
    ),
    f"{TICKET}/draft": deed(_number, _says(mode="note", words="Begun.")),
    f"{TICKET}/draft/sharing": deed(_number, _says(mode="note", words="Begun.")),
    f"{TICKET}/drafts/<draft_id>/taking": deed(_beside(draft_id="draft"), _says()),
    f"{TICKET}/copies": deed(_number, _says(cc_more="eve@elsewhere.example")),
    f"{TICKET}/canned": Address(OF_TICKET, _number),
    f"{TICKET}/people": Address(OF_TICKET, _number),
    f"{TICKET}/canned/<canned_id>": deed(
        lambda crowd: {**_number(crowd), "canned_id": _canned()}, _says()
    ),
    f"{TICKET}/messages/<message>/withdrawal": deed(_answer, _says()),
    f"{TICKET}/messages/<message>/forward": Address(
        OF_TICKET, _message, _says(to="eve@elsewhere.example"), tells=True
    ),
    f"{TICKET}/messages/<message>/note-withdrawal": deed(_message, _says()),
    f"{TICKET}/messages/<message>/marks": deed(_message, _says(start="0", passage="T")),
    f"{TICKET}/marks/<mark>/removal": deed(_beside(mark="mark"), _says()),
    f"{TICKET}/messages/<message>/split": Address(
        OF_TICKET, _message, _says(name="Another"), tells=True
    ),
    f"{TICKET}/state": deed(_number, _says(to="resolve")),
    f"{TICKET}/assignment": deed(_number, lambda crowd: {"agent": crowd.agents[SOFIE]}),
    f"{TICKET}/classification": deed(_number, _says(**CLASSIFIED)),
    f"{TICKET}/macros": Address(OF_TICKET, _number),
    f"{TICKET}/macros/<macro_id>": Address(
        OF_TICKET, lambda c: {**_number(c), **_macro(c)}, _says()
    ),
    f"{TICKET}/macros/done/<done_id>/undo": Address(
        OF_TICKET,
        lambda crowd: {**_number(crowd), "done_id": 1},
        _says(),
        is_deed=True,
        is_own=True,
    ),
    "console/recurring": Address(OF_DESK),
    "console/recurring/new": Address(OF_DESK, post=_says(**RECURRING)),
    "console/ahead/": Address(OF_DESK),
    "console/ahead/plans": Address(OF_DESK),
    "console/ahead/plans/new": Address(OF_ADMIN, post=lambda crowd: _plans_sheet()),
    "console/ahead/plans/<plan_id>": Address(OF_DESK, _plan, lambda crowd: _plans_sheet()),
    "console/ahead/plans/<plan_id>/deed": Address(
        OF_ADMIN, _plan, _says(deed="call_off"), is_deed=True
    ),
    "console/ahead/plans/<plan_id>/decision": Address(
        OF_ADMIN, _plan, _says(decision="back"), is_deed=True
    ),
    "console/ahead/rules": Address(OF_DESK),
    "console/ahead/rules/freezes": Address(
        OF_ADMIN, post=_says(name="Feast", first="2030-12-20", last="2030-12-27"), is_deed=True
    ),
    "console/ahead/rules/freezes/<freeze_id>/end": Address(OF_ADMIN, _freeze, is_deed=True),
    "console/ahead/rules/notice": Address(OF_ADMIN, post=_says(days="7"), is_deed=True),
    "console/problems": Address(OF_DESK),
    "console/problems/now": Address(OF_DESK),
    "console/problems/full": Address(OF_DESK),
    "console/problems/after": admin(),
    "console/problems/after.csv": admin(),
    "console/problems/new": Address(OF_ADMIN, post=cable, is_deed=True),
    "console/problems/<problem_id>": Address(OF_DESK, _problem),
    "console/problems/<problem_id>/changes": Address(
        OF_ADMIN, _problem, _says(deed="workaround", text="Wait."), is_deed=True
    ),
    "console/problems/<problem_id>/crew": Address(OF_DESK, _problem, _says(whom="Mine")),
    "console/problems/<problem_id>/crew/<pass_id>/end": Address(
        OF_ADMIN, lambda crowd: pass_there(_problem(crowd)), is_deed=True
    ),
    "console/ahead/orders": Address(OF_DESK),
    "console/ahead/orders/new": Address(OF_DESK, post=order_typed),
    "console/ahead/orders/<order_id>": Address(OF_DESK, order_of),
    "console/ahead/orders/<order_id>/steps/<step_id>": Address(
        OF_DESK, step_of, _says(state="inProgress"), is_deed=True
    ),
    "console/ahead/orders/<order_id>/end": Address(OF_DESK, order_of, is_deed=True),
    "console/ahead/lines": admin(),
    "console/ahead/lines.csv": admin(),
    "console/ahead/lines/request": admin_deed(lambda crowd: {}, _aged),
    "console/ahead/links": admin(),
    "console/ahead/links.csv": admin(),
    "console/ahead/links/offer": admin_deed(lambda crowd: {}, _filling),
    "console/ahead/links/task": admin_deed(lambda crowd: {}, _filling),
    "console/ahead/links/planners": admin_deed(lambda crowd: {}),
    "console/ahead/lines/mail": admin_deed(lambda crowd: {}, _says(wants="yes")),
    "console/ahead/notices": Address(OF_ADMIN),
    "console/ahead/notices/<notice_id>": Address(OF_ADMIN, _notice),
    "console/ahead/notices/<notice_id>/acceptance": Address(
        OF_ADMIN, _notice, lambda crowd: _accepted(), is_deed=True
    ),
    "console/ahead/notices/<notice_id>/refusal": Address(OF_ADMIN, _notice, _says(), is_deed=True),
    "console/recurring/<recurrence_id>": Address(OF_DESK, _recurrence, _says(**RECURRING)),
    "console/recurring/<recurrence_id>/switch": Address(
        OF_DESK, _recurrence, _says(on="no"), is_deed=True
    ),
    "console/recurring/<recurrence_id>/skip": Address(OF_DESK, _recurrence, _says(), is_deed=True),
    "console/recurring/<recurrence_id>/undo": Address(
        OF_DESK, _recurrence, _says(version=1), is_deed=True
    ),
    "console/rules": Address(OF_DESK),
    "console/rules/new": Address(OF_DESK, post=_says(name="Mine", on="new", do_add="mine")),
    "console/rules/<rule_id>": Address(OF_DESK, _rule, _says(name="Mine", on="new", do_add="x")),
    "console/rules/<rule_id>/switch": Address(OF_DESK, _rule, _says(on="yes"), is_deed=True),
    "console/rules/<rule_id>/place": Address(OF_DESK, _rule, _says(to="up"), is_deed=True),
    "console/rules/<rule_id>/undo": Address(OF_DESK, _rule, _says(version=1), is_deed=True),
    "console/macros": Address(OF_DESK),
    "console/macros/new": Address(OF_DESK, post=_says(name="Mine", do_add="mine"), is_own=True),
    "console/macros/<macro_id>": Address(OF_DESK, _macro, _says(name="Mine", do_add="mine")),
    "console/macros/<macro_id>/undo": Address(OF_DESK, _macro, _says(version=1), is_deed=True),
    f"{TICKET}/sleep": deed(_number, _says(until="answer")),
    f"{TICKET}/sleep/end": deed(_number, _says()),
    f"{TICKET}/tags": deed(_number, _says(add="mine")),
    f"{TICKET}/links": deed(_number, lambda crowd: {"other": crowd.own, "relation": "duplicate"}),
    f"{TICKET}/links/end": deed(_number, lambda crowd: {"other": crowd.own, "relation": "parent"}),
    f"{TICKET}/articles": Address(OF_TICKET, _number),
    f"{TICKET}/line": Address(OF_TICKET, _number),
    f"{TICKET}/line/claims": deed(_number, _says(claim="about", reading="other", kinds="slow")),
    f"{TICKET}/line/cause": deed(_number, _says(true_cause="wet_joint")),
    "console/dashboards/verdicts": admin(),
    f"{TICKET}/tests": Address(OF_TICKET, _number, _says(way="yes")),
    "console/lines/<service_id>": Address(OF_TICKET, line_of),
    "console/lines/<service_id>/annex": Address(OF_TICKET, line_of),
    "console/lines/<service_id>/records": Address(OF_TICKET, line_of),
    "console/lines/<service_id>/sessions/<session_id>": Address(OF_TICKET, session_of),
    f"{TICKET}/articles/draft": Address(OF_TICKET, _number, tells=True),
    f"{TICKET}/articles/<article_id>/use": deed(
        lambda crowd: {**_number(crowd), **_article(crowd)}, _says(inserted="1")
    ),
    "console/dashboards/": Address(OF_AGENTS),
    "console/dashboards/team": Address(OF_AGENTS),
    "console/dashboards/team/full": Address(OF_AGENTS),
    "console/dashboards/promises": admin(),
    "console/dashboards/telling": admin(),
    "console/dashboards/notices": admin(),
    "console/dashboards/notices/<notice_id>": admin(lambda crowd: {"notice_id": notice_there()}),
    "console/dashboards/notices/<notice_id>/stop": admin_deed(
        lambda crowd: {"notice_id": notice_there()}
    ),
    "console/dashboards/notices/<notice_id>/approval": admin_deed(
        lambda crowd: {"notice_id": notice_there()}
    ),
    "console/dashboards/promises.csv": admin(),
    "console/dashboards/promises/requests": admin(),
    "console/dashboards/support": admin(),
    "console/dashboards/support.csv": admin(),
    "console/dashboards/foreseen": admin(),
    "console/dashboards/foreseen.csv": admin(),
    "console/reports/": admin(),
    "console/reports/table.csv": admin(),
    "console/reports/new": admin_deed(_says(), _says(name="Mine", group="team")),
    "console/reports/<report_id>": admin(_kept_report),
    "console/reports/<report_id>/change": admin_deed(_kept_report, _says(group="team")),
    "console/reports/<report_id>/end": admin_deed(_kept_report),
    "console/reports/<report_id>/mail": admin_deed(_kept_report, _says(every="day")),
    "console/dashboards/reviews": Address(OF_AGENTS),
    "console/dashboards/reviews/draw": admin_deed(_says()),
    "console/dashboards/reviews/<review_id>": admin_deed(_review, _says(mark="4")),
    "console/dashboards/screens": admin(),
    "console/dashboards/screens/new": admin_deed(_says(), _says(name="Hall")),
    "console/dashboards/screens/<wall_id>/end": admin_deed(_beside(wall_id="wall")),
    "wall/<key>": Address(OF_ALL, _beside(key="wall_key")),
    "console/knowledge/": Address(OF_DESK),
    "console/knowledge/gaps": Address(OF_DESK),
    "console/knowledge/pictures": Address(OF_DESK, post=_says(shows="A lamp"), is_deed=True),
    "console/knowledge/pictures/<place>": Address(OF_DESK, _says(place="1-lamp.png")),
    "console/knowledge/articles/new": Address(OF_DESK, post=_says(**WRITTEN)),
    ARTICLE: Address(OF_DESK, _article, _says(**WRITTEN)),
    f"{ARTICLE}/versions": Address(OF_DESK, _article),
    f"{ARTICLE}/review": Address(OF_DESK, _article, is_deed=True),
    f"{ARTICLE}/publication": Address(OF_DESK, _article, is_deed=True),
    f"{ARTICLE}/retirement": Address(OF_DESK, _article, is_deed=True),
    "console/knowledge/answers": Address(OF_DESK),
    "console/knowledge/answers/new": Address(OF_DESK, post=_says(name="mine", text_en="Mine.")),
    "console/knowledge/answers/<canned_id>": Address(
        OF_DESK, lambda crowd: {"canned_id": _canned()}
    ),
    "console/knowledge/topics": Address(OF_DESK),
    "console/knowledge/topics/new": Address(OF_DESK, post=_says(name_en="Mine")),
    "console/knowledge/topics/<topic_id>": Address(OF_DESK, _topic),
    "console/knowledge/topics/<topic_id>/past": Address(
        OF_DESK, _topic, _says(version=1), is_deed=True
    ),
    f"{TICKET}/followers": deed(_number, _says()),
    f"{TICKET}/time": deed(_number, _says(minutes="5")),
    f"{TICKET}/checklist": deed(_number, _says(add="Mine.")),
    f"{TICKET}/complaint": deed(_number, _says(words="Nobody calls.")),
    f"{TICKET}/complaint/steps": deed(complained, _says(step="listen")),
    f"{TICKET}/complaint/people": deed(complained, lambda crowd: {"add": crowd.agents[MILA]}),
    "page/<token>": Address(OF_ALL, paged_token),
    "console/escalations/": Address(OF_AGENTS),
    "console/escalations/<escalation_id>": Address(OF_DESK, climbing, is_deed=True),
    f"{TICKET}/escalations": Address(OF_TICKET, _number),
    f"{TICKET}/escalation": deed(_number, path_by_hand),
    "console/admin/escalation": admin(post=path_typed),
    "console/admin/escalation/<path_id>": admin(
        lambda crowd: {"path_id": path_there()}, path_typed
    ),
    "console/admin/rotas/<rota_id>": admin(_says(rota_id=0), rota_typed),
    f"{TICKET}/hand-over": deed(handed, to_be_handed),
    f"{TICKET}/leg": deed(handed, _says(do="accept")),
    f"{TICKET}/problem": deed(
        _number, lambda c: {"problem": _problem(c)["problem_id"], "do": "join"}
    ),
    f"{TICKET}/plan": deed(_number, one_step_more),
    f"{TICKET}/progress": deed(handed, _says(done="1", of="2", unit="port")),
    f"{TICKET}/sides": deed(_number, _says(to="noc@carrier.example", words="Mine.")),
    f"{TICKET}/fields": deed(_number, _says()),
    "console/knowledge/topics/<topic_id>/fields": Address(OF_DESK, _topic),
    "console/knowledge/topics/<topic_id>/checklists": Address(OF_DESK, _topic),
    f"{TICKET}/joining": Address(OF_TICKET, _number),
    f"{TICKET}/clocks": Address(OF_TICKET, _number),
    f"{TICKET}/told": Address(OF_TICKET, _number),
    f"{TICKET}/clocks.json": Address(OF_TICKET, _number),
    f"{TICKET}/merge": deed(_number, lambda crowd: {"into": crowd.own}),
    OWN: Address(OF_AGENTS),
    f"{OWN}/password": own_deed(_says(password=PASSWORD, new="another one entirely")),
    f"{OWN}/authenticator": Address(OF_AGENTS, post=_says(code="123456"), is_own=True),
    f"{OWN}/recovery-codes": own_deed(_says(password=PASSWORD)),
    f"{OWN}/passkey": Address(OF_AGENTS, post=_says(credential="{}"), is_own=True),
    f"{OWN}/openid": own_deed(_says(password=PASSWORD)),
    f"{OWN}/saml/<provider_id>": Address(
        OF_AGENTS, _provider, _says(password=PASSWORD), is_deed=True, is_own=True
    ),
    f"{OWN}/directory": own_deed(_says(password=PASSWORD, name="eve", secret="x")),
    f"{OWN}/keys/<key_id>/removal": own_deed(_says(password=PASSWORD), key_id=1),
    f"{OWN}/browsers/end": own_deed(),
    f"{OWN}/browsers/<browser_id>/end": own_deed(browser_id=1),
    "console/admin/": admin(),
    "console/first/<key>": admin(_says(key="us"), _says(name="Mine")),
    "console/admin/embed": admin(post=_says(origins="http://mine.example")),
    "console/admin/channels/out": admin(post=_says(host="mine.example")),
    "console/admin/channels/form": admin(post=_says(strangers="yes", words_en="Mine")),
    "console/admin/telling": admin(post=_says(delay_known="7")),
    "console/admin/channels/us": admin(post=_says(name="Mine")),
    "console/admin/channels/doors/<door>": admin_deed(_says(door="lmtp")),
    "console/admin/channels/<way>/back": admin_deed(_says(way="form"), _says(version=1)),
    "console/admin/audit": admin(),
    "console/admin/retention": admin(),
    "console/admin/retention/<key>": admin(_says(key="drafts"), _says(days="90")),
    "console/admin/retention/<key>/undo": admin_deed(_kept, _kept_last),
    "console/admin/tokens": admin(post=_says(name="Mine", scope="tickets:read")),
    "console/admin/tokens/<token_id>/withdrawal": admin_deed(_key),
    "console/admin/persons": admin(),
    "console/admin/persons/<contact_id>": admin(_personal),
    "console/admin/persons/<contact_id>/erasure": admin_deed(
        _personal,
        lambda crowd: {"reason": "asked", "sure": crowd.contacts[CARLA], "password": PASSWORD},
    ),
    "console/admin/persons/<contact_id>/exports": admin_deed(_personal, _says()),
    "console/admin/exports/<export_id>": Address(
        OF_ADMIN, _beside(export_id="export"), is_own=True
    ),
    "console/admin/audit.csv": admin(),
    "console/admin/people": admin(post=_says(**NEW)),
    PERSON: admin(_person, _says(**NEW)),
    f"{PERSON}/work": admin_deed(_person, _says(skills="routers 3")),
    f"{PERSON}/role": admin_deed(_person, _says(role="admin")),
    f"{PERSON}/teams": admin_deed(_person, lambda crowd: {f"team-{crowd.team}": "lead"}),
    f"{PERSON}/password": admin_deed(_person),
    f"{PERSON}/keys": admin_deed(_person),
    f"{PERSON}/departure": admin_deed(_person),
    f"{PERSON}/return": admin_deed(_person),
    f"{PERSON}/undo": admin_deed(_person, _last("agent")),
    "console/admin/teams": admin(post=_says(name="Mine", key="mine")),
    TEAM: admin(_team, _says(name="Mine", active="yes")),
    f"{TEAM}/undo": admin_deed(_team, _last("team")),
    "console/admin/roles": admin(post=_says(name="Mine", allows="manage_people")),
    ROLE: admin(_role, _says(name="Mine", allows="manage_people", active="yes")),
    "console/admin/sign-in": admin(post=_says(name="Mine", password=PASSWORD)),
    PROVIDER: admin(_provider, _says(name="Mine", password=PASSWORD, active="yes")),
    f"{PROVIDER}/undo": admin_deed(_provider, _last("provider")),
    f"{ROLE}/undo": admin_deed(_role, _last("role")),
    "console/admin/queues": admin(
        post=lambda crowd: {"key": "mine", "name_en": "Mine", "team": crowd.team}
    ),
    QUEUE: admin(_queue, lambda crowd: {"name_en": "Mine", "team": crowd.team, "active": "yes"}),
    f"{QUEUE}/undo": admin_deed(_queue, _last("queue")),
    "console/admin/calendars": admin(post=_says(key="mine", name="Mine", timezone="UTC")),
    CALENDAR: admin(_calendar, _says(name="Mine", timezone="UTC", hours_mon="8-12")),
    f"{CALENDAR}/undo": admin_deed(_calendar, _last("calendar")),
    "console/admin/agreements": admin(post=_says(key="mine", name="Mine", calendar="shop")),
    AGREEMENT: admin(_agreement, _says(name="Mine", calendar="shop")),
    "console/admin/plans": Address(
        OF_ADMIN,
        post=lambda crowd: {"topic": "internet", "team_0": crowd.team, "name_0_en": "Mine"},
    ),
    "console/admin/agreements/internal": Address(
        OF_ADMIN,
        post=lambda crowd: {
            "who": f"team:{crowd.team}",
            "calendar": "weekdays",
            "high": "4",
        },
    ),
    "console/admin/agreements/pauses": admin_deed(_says(), _says(reserved="partner")),
    f"{AGREEMENT}/default": admin_deed(_agreement),
    f"{AGREEMENT}/months": admin_deed(_agreement, _says(measure="availability", percent="99.5")),
    f"{AGREEMENT}/months/<objective_id>": admin_deed(month_of),
    f"{AGREEMENT}/preset": admin_deed(_agreement, _says(preset="hoster_month")),
    f"{AGREEMENT}/consequences": admin_deed(
        _agreement, _says(measure="first_answer", kind="apology")
    ),
    f"{AGREEMENT}/consequences/<rule_id>": admin_deed(
        lambda c: {**_agreement(c), "rule_id": rule_of(c.agreement)}, _says(on="no")
    ),
    "console/admin/prices": admin(),
    "console/admin/prices/sale": admin_deed(
        lambda crowd: {"sale": sale_there()},
        _says(sent="yes", cover="0", services="1", name="Mine", key="cheap"),
    ),
    "console/admin/prices/mix": admin_deed(
        lambda crowd: {"sale": sale_there()}, _says(sent="yes", cover="0", name="Jazz", key="jazz")
    ),
    "console/admin/prices/sold/<sale_id>": admin(lambda crowd: {"sale_id": sale_there()}),
    "console/admin/costs": admin(post=lambda crowd: costs_typed()),
    "console/admin/costs/undo": admin_deed(lambda crowd: {}, lambda crowd: costs_changed()),
    "console/admin/credits": admin(),
    "console/admin/credits.csv": admin(),
    "console/admin/credits/<credit_id>": admin_deed(
        lambda c: {"credit_id": credit_of(c.ticket, c.agreement)},
        _says(state="refused", reason="no"),
    ),
    f"{TICKET}/credits": deed(_number, _says(amount="12.50", reason="Mine.")),
    f"{TICKET}/credits/<credit_id>": deed(
        lambda c: {**_number(c), "credit_id": credit_of(c.ticket, c.agreement)},
        _says(state="refused", reason="Mine."),
    ),
    f"{TICKET}/clocks/<miss_id>/excuse": admin_deed(
        lambda c: {**_number(c), "miss_id": miss_of(c.ticket, "mine")},
        lambda c: {"because": "customer", "evidence": c.message},
    ),
    f"{AGREEMENT}/undo": admin_deed(_agreement, _last("agreement")),
    "console/admin/channels": admin(post=_says(key="mine", address="mine@isp.example")),
    "console/admin/outgoing": admin_deed(lambda crowd: {}),
    MAILBOX: admin(_mailbox, _says(address="mine@isp.example", is_default="yes", active="yes")),
    f"{MAILBOX}/undo": admin_deed(_mailbox, _last("mailbox")),
    "console/admin/plan": Address(OF_DESK),
    "console/admin/plan/proposal": admin_deed(lambda crowd: {}, _says(week="2026-06-01")),
    "console/admin/plan/taking": admin_deed(
        lambda crowd: drafted("2026-06-01"), _says(week="2026-06-01")
    ),
    "console/admin/swaps": Address(
        OF_DESK, post=lambda crowd: shift_to_give(crowd.agents[SOFIE]), is_deed=True, is_own=True
    ),
    "console/admin/swaps/<swap_id>": Address(
        OF_DESK,
        lambda crowd: swap_there(crowd.agents[SOFIE]),
        _says(state="withdrawn"),
        is_deed=True,
        is_own=True,
    ),
    "console/admin/shifts": Address(OF_DESK),
    SHIFT: Address(OF_DESK, _person, _says(since="2026-06-01", hours_mon="8-12")),
    f"{SHIFT}/day": Address(
        OF_DESK, _person, _says(day="2026-06-01", reason="leave"), is_deed=True
    ),
    f"{SHIFT}/work": admin_deed(_person),
    f"{SHIFT}/undo": Address(OF_DESK, _person, _last("agent"), is_deed=True),
    "console/admin/customers": admin(),
    CUSTOMER: admin(_kept_customer, _says(name="Mine", kind="company", language="it", vip="yes")),
    f"{CUSTOMER}/undo": admin_deed(_kept_customer, _last("customer")),
    f"{CUSTOMER}/merging": admin(_kept_customer, lambda crowd: {"into": _another_customer()}),
    f"{CUSTOMER}/services": admin(_kept_customer, _says(technology="vdsl")),
    "console/admin/services/<service_id>": admin(_service_of, _says(technology="vdsl")),
    "console/admin/services/<service_id>/undo": admin_deed(_service_of, _says(version=2)),
    "console/admin/resources": admin(post=_says(key="mine", kind="port")),
    "console/admin/resources/<resource_id>": admin(_resource_of, _says(kind="port")),
    "console/admin/resources/<resource_id>/undo": admin_deed(_resource_of, _says(version=2)),
    f"{CONTACT}/elsewhere": admin(_contact_of, lambda crowd: {"customer": crowd.customer}),
    CONTACT: admin(_contact_of, _says(name="Mine", language="it")),
    f"{CONTACT}/addresses": admin_deed(_contact_of, _says(kind="email", add="m@e.example")),
    f"{CONTACT}/undo": admin_deed(_contact_of, _last("contact")),
    "console/admin/holidays": admin(post=_says(key="mine", name="Mine", dates="12-25")),
    HOLIDAYS: admin(_holidays, _says(name="Mine", dates="12-24")),
    f"{HOLIDAYS}/undo": admin_deed(_holidays, _last("holiday_set")),
}


@dataclass(frozen=True)
class Operation:
    """One thing a machine may ask: how its address is filled, what a right body is."""

    fill: Fill = _number
    body: Mapping[str, object] | Sequence[object] | None = None
    good: tuple[int, ...] = (200, 201)
    tells: bool = field(default=True)

    def path(self, address: str, crowd: Crowd) -> str:
        """The address itself."""
        return address.format(**self.fill(crowd))


_T = "/api/tickets/{number}"
OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/tickets"): Operation(_says()),
    ("POST", "/api/tickets"): Operation(_says(), {"description": "Mine."}, tells=False),
    ("GET", _T): Operation(),
    ("PATCH", _T): Operation(body={"tags": ["mine"]}),
    ("GET", f"{_T}/timeline"): Operation(tells=False),
    ("GET", f"{_T}/messages"): Operation(),
    ("POST", f"{_T}/messages"): Operation(body={"text": "Mine."}, tells=False),
    ("GET", f"{_T}/messages/{{message_id}}"): Operation(
        lambda crowd: {"number": crowd.ticket, "message_id": crowd.message}
    ),
    ("POST", f"{_T}/replies"): Operation(body={"text": "Mine."}, tells=False),
    ("POST", f"{_T}/notes"): Operation(body={"text": "Mine."}, tells=False),
    ("POST", f"{_T}/attachments"): Operation(
        body={"name": "a.txt", "content": "aGVsbG8="}, tells=False
    ),
    ("POST", "/api/observations"): Operation(_says(), tells=False),
    ("POST", "/api/network/alertmanager"): Operation(
        _says(), {"version": "4", "alerts": []}, tells=False
    ),
    ("POST", "/api/network/genieacs"): Operation(_says(), [{"_id": "x"}], tells=False),
    ("POST", "/api/network/librenms"): Operation(_says(), {}, tells=False),
    ("POST", "/api/network/zabbix"): Operation(_says(), {"clock": 1}, tells=False),
    ("GET", f"{_T}/attachments/{{attachment_id}}"): Operation(
        lambda crowd: {"number": crowd.ticket, "attachment_id": crowd.mail_file}
    ),
}
