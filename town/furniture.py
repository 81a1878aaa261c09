"""What the house needs before the first request: hours, topics, queues, addresses, articles."""

from datetime import datetime
from typing import Any

from town import cast
from unbroken.conversation import actions as conversation
from unbroken.ground.actor import HOUSE
from unbroken.intake import actions as intake
from unbroken.promise import actions as promise
from unbroken.promise.book import ANY_TYPE, Aim
from unbroken.routing import actions as routing
from unbroken.staffing import actions as staffing
from unbroken.staffing import queries as staff
from unbroken.staffing import state as staff_state

HOUR = 3600
_PRIORITIES = ("critical", "high", "moderate", "low")

# What the shops at the Marktplatz pay for: an answer within the hour, at any hour.
BUSINESS = {
    "first_answer": (0.25, 0.5, 1, 2),
    "next_answer": (0.5, 1, 2, 4),
    "time_to_resolve": (4, 6, 12, 24),
}

# key, names (en, ru, it), beginnings of words it is recognised by, type of ticket.
TOPICS: tuple[tuple[str, tuple[str, str, str], str, str], ...] = (
    ("internet", ("Internet", "Интернет", "Internet"), "", "incident"),
    (
        "internet/down",
        ("No connection", "Нет связи", "Nessuna connessione"),
        "offline down outage dead нет пропал отключ assente guast isolat",
        "incident",
    ),
    (
        "internet/drops",
        ("The connection breaks", "Связь обрывается", "La linea cade"),
        "drop break cuts reconnect lamp рвётся рвется обрыв мига пада cade cadut interro",
        "incident",
    ),
    (
        "internet/slow",
        ("Slow connection", "Медленная связь", "Connessione lenta"),
        "slow speed crawl медлен скорост тормоз lent velocit rallent",
        "incident",
    ),
    (
        "internet/wifi",
        ("Wi-Fi and router", "Wi-Fi и роутер", "Wi-Fi e router"),
        "wifi wi-fi wlan router роутер вайфай modem",
        "question",
    ),
    (
        "telephone",
        ("Telephone", "Телефония", "Telefono"),
        "telephone dial voip телефон звон telefon chiamat",
        "incident",
    ),
    (
        "hosting",
        ("Websites and mail", "Сайты и почта", "Siti e posta"),
        "website hosting certificate mailbox domain сайт хостинг домен сертиф sito dominio",
        "incident",
    ),
    ("account", ("Contract and bills", "Договор и счета", "Contratto e fatture"), "", "question"),
    (
        "account/bill",
        ("A bill", "Счёт", "Una fattura"),
        "invoice bill charge refund payment счёт счет оплат списа fattur addebit pagament",
        "question",
    ),
    (
        "account/move",
        ("Moving house", "Переезд", "Trasloco"),
        "moving relocat переез переех trasloc",
        "order",
    ),
    (
        "account/change",
        ("Change of product", "Смена тарифа", "Cambio di offerta"),
        "upgrade tariff static order тариф заказ подключ offerta attivare",
        "order",
    ),
    (
        "complaint",
        ("Complaint", "Жалоба", "Reclamo"),
        "complain unacceptable жалоб возмут reclam inaccettab",
        "complaint",
    ),
)

QUEUES = (
    ("first-line", "First line", "first-line", ("support",), (), True),
    ("lines", "Lines", "routers", (), ("internet/drops", "internet/down"), False),
    ("billing", "Billing", "billing", ("billing",), ("account",), False),
)

MAILBOXES = (
    ("support", "support@lindenhof.example", "Lindenhof Net", True),
    ("billing", "billing@lindenhof.example", "Lindenhof Net, billing", False),
    ("complaints", "complaints@lindenhof.example", "Lindenhof Net, head of support", False),
)


def furnish(*, at: datetime, with_passwords: bool = True) -> None:
    """Everything that stands there before anybody asks; doing it again changes nothing."""
    promise.plant_agreements(timezone="Europe/Berlin", by=HOUSE, at=at)
    promise.set_agreement(
        key="business",
        name="Business",
        calendar="round-the-clock",
        objectives=[_aim(measure, hours) for measure, hours in BUSINESS.items()],
        by=HOUSE,
        at=at,
    )
    plant_topics(at=at)
    open_mailboxes(at=at)
    hire(at=at, with_passwords=with_passwords)
    for key, name, team, mailboxes, topics, is_default in QUEUES:
        routing.set_queue(
            key=key,
            name=name,
            team_id=_team(team),
            mailboxes=mailboxes,
            topics=topics,
            is_default=is_default,
            by=HOUSE,
            at=at,
        )


def plant_topics(*, at: datetime) -> None:
    """The one tree that requests and articles hang on."""
    for position, (key, names, hints, ticket_type) in enumerate(TOPICS):
        conversation.set_topic(
            key=key,
            names=dict(zip(("en", "ru", "it"), names, strict=True)),
            parent_key=key.rpartition("/")[0] or None,
            hints=hints.split(),
            ticket_type=ticket_type,
            position=position,
            by=HOUSE,
            at=at,
        )


def open_mailboxes(*, at: datetime) -> None:
    """The addresses that the town writes to."""
    for key, address, name, is_default in MAILBOXES:
        intake.set_mailbox(
            key=key,
            address=address,
            name=name,
            plus_addressing=True,
            is_default=is_default,
            by=HOUSE,
            at=at,
        )


def _aim(measure: str, hours: tuple[float, ...]) -> Aim:
    seconds = {
        priority: int(hour * HOUR) for priority, hour in zip(_PRIORITIES, hours, strict=True)
    }
    return Aim(measure, ANY_TYPE, seconds, 0.75)


def hire(*, at: datetime, with_passwords: bool = True) -> None:
    """Teams and colleagues, with the password of the demo (slow on purpose) or none."""
    for team in cast.TEAMS:
        if staff.team_by_key(team.key) is None:
            staffing.open_team(
                key=team.key, name=team.name, languages=team.languages, by=HOUSE, at=at
            )
    for one in cast.COLLEAGUES:
        known = staff.agent_by_email(one.email)
        agent_id = known.id if known else _hire(one, with_password=with_passwords, at=at)
        for key in one.teams:
            staffing.join_team(
                agent_id=agent_id,
                team_id=_team(key),
                role="lead" if key in one.leads else "member",
                by=HOUSE,
                at=at,
            )
        if known is None:
            staff_state.note_presence(agent_id=agent_id, availability=one.availability, at=at)


def _hire(one: cast.Colleague, *, with_password: bool, at: datetime) -> Any:
    return staffing.hire_agent(
        name=one.name,
        email=one.email,
        language=one.language,
        timezone=one.timezone,
        skills=one.skills,
        is_admin=one.is_admin,
        password=cast.PASSWORD if with_password else None,
        by=HOUSE,
        at=at,
    )


def _team(key: str) -> Any:
    team = staff.team_by_key(key)
    assert team is not None, key
    return team.id
