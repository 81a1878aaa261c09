"""The people of the town: who asks, who answers, and with what they sign in.

The same few in tests, demo, screenshots and docs, so that nobody has to be introduced twice.
"""

from dataclasses import dataclass

PROVIDER = "Lindenhof Net"
PASSWORD = "lindenhof by night"
"""Everybody's in the demo; `bin/run` prints it."""


@dataclass(frozen=True, slots=True)
class Team:
    """People who share a queue."""

    key: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the provider; `leads` are teams they are the lead of."""

    key: str
    name: str
    email: str
    language: str
    timezone: str
    teams: tuple[str, ...]
    leads: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    is_admin: bool = False
    availability: str = "here"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks; `customer` is the provider's id of whom they speak for."""

    key: str
    name: str
    email: str
    customer: str
    language: str = "en"
    phone: str = ""


FIRST_LINE = Team("first-line", "First line", ("en", "ru", "it"))
ROUTERS = Team("routers", "Routers and lines", ("en",))
BILLING = Team("billing", "Billing", ("en", "ru", "it"))
FIELD = Team("field", "Field crews", ("en",))
TEAMS = (FIRST_LINE, ROUTERS, BILLING, FIELD)

BERLIN, MOSCOW, ROME = "Europe/Berlin", "Europe/Moscow", "Europe/Rome"

SOFIE = Colleague(
    "sofie", "Sofie Brandt", "sofie@lindenhof.example", "en", BERLIN,
    teams=("first-line",), leads=("first-line",), skills=("dsl", "wifi"), is_admin=True,
)  # fmt: skip
TIMO = Colleague(
    "timo", "Timo Lehtinen", "timo@lindenhof.example", "en", BERLIN,
    teams=("routers",), leads=("routers",), skills=("dsl", "gpon", "routing"),
)  # fmt: skip
OLEG = Colleague(
    "oleg", "Олег Громов", "oleg@lindenhof.example", "ru", MOSCOW,
    teams=("billing", "first-line"), leads=("billing",), skills=("billing",),
    availability="writing",
)  # fmt: skip
CHIARA = Colleague(
    "chiara", "Chiara Fontana", "chiara@lindenhof.example", "it", ROME,
    teams=("first-line",), skills=("hosting", "mail"), availability="away",
)  # fmt: skip
MILA = Colleague(
    "mila", "Mila Novak", "mila@lindenhof.example", "en", BERLIN,
    teams=("field",), leads=("field",), skills=("splicing", "copper"), availability="call",
)  # fmt: skip
COLLEAGUES = (SOFIE, TIMO, OLEG, CHIARA, MILA)

ANNEKE = Person(
    "anneke", "Anneke de Wit", "anneke@home.example", "c-77", phone="+49 30 23125 077"
)  # fmt: skip
BRAM = Person("bram", "Bram Visser", "bram@wheels.example", "c-20", phone="+49 30 23125 020")
ADA = Person("ada", "Ada Visser", "ada@wheels.example", "c-20")
PIETRO = Person("pietro", "Pietro Conti", "pietro@cafelinde.example", "c-31", "it")
IRINA = Person("irina", "Ирина Соколова", "irina@sokol.example", "c-78", "ru")
KOLYA = Person("kolya", "Николай Орлов", "orlov@pochta.example", "c-79", "ru")
GIULIA = Person("giulia", "Giulia Bianchi", "giulia@casa.example", "c-80", "it")
HENK = Person("henk", "Henk Adler", "henk@adler.example", "c-81")
WEBER = Person("weber", "Karin Weber", "it@weber-logistics.example", "c-40")
DEPOT = Person("depot", "Jonas Hahn", "depot@weber-logistics.example", "c-41")
NORDLICHT = Person("nordlicht", "Lena Nordmann", "noc@nordlicht.example", "c-50")
LUCIA = Person("lucia", "Lucia Moretti", "lucia@moretti.example", "c-82", "it")
DMITRI = Person("dmitri", "Дмитрий Ким", "kim@studio.example", "c-32", "ru")
SIDOROV = Person("sidorov", "Олег Сидоров", "sidorov@pochta.example", "c-83", "ru")
EVE = Person("eve", "Eve", "eve@elsewhere.example", "")
"""Nobody knows her: she is in no inventory."""

PEOPLE = (
    ANNEKE, BRAM, ADA, PIETRO, IRINA, KOLYA, GIULIA, HENK, WEBER, DEPOT, NORDLICHT, LUCIA, DMITRI,
    SIDOROV,
)  # fmt: skip
