"""What a name or number belongs to: a customer, somebody of theirs, a service, a place."""

import re
from dataclasses import dataclass

from django.db import connection

from unbroken.ground.sql import rows
from unbroken.search.asking import Asked, dropped_letters, slips

LIMIT = 8
CALLED_MAX = 50
LAST_LETTER = "\U0010ffff"
_PEOPLE = ("contact", "email", "phone", "messenger", "address")
_BLANKED = str.maketrans("ёàèéìòù", "еaeeiou")


@dataclass(frozen=True, slots=True)
class Known:
    """Something of the card index that goes by what was typed."""

    kind: str
    ref_id: int
    customer_id: int | None
    customer: str | None
    name: str | None
    told: str | None


def known(asked: Asked, *, sees_all: bool, teams: tuple[int, ...], me: int) -> list[Known]:
    """A few of those whose names and numbers begin so, as far as the reader may know them."""
    parts = [part for term in asked.wanted for part in _parts(term.text)]
    wanted = [keys for part in parts if (keys := _keys(part))]
    flat = [(key, place) for place, keys in enumerate(wanted) for key in keys]
    if not flat:
        return []
    return rows(
        Known,
        "search/queries/known.sql",
        keys=[key for key, _ in flat],
        ends=[key + LAST_LETTER for key, _ in flat],
        places=[place for _, place in flat],
        words=len(wanted),
        sees_all=sees_all,
        teams=list(teams),
        me=me,
        limit=LIMIT,
    )


def customers_called(value: str) -> list[int]:
    """The customers that go by this number or name, the name forgiven one slip."""
    if value.isascii() and value.isdigit() and len(value) < 16:
        return [int(value)]
    return _called(value, kinds=("customer",), column="customer_id")


def marks_of(key: str, value: str) -> list[str]:
    """What `customer:`, `from:`, `queue:`, `topic:` ask for, as marks; empty: nobody goes by it."""
    if key == "customer":
        return [f"customer:{number}" for number in customers_called(value)]
    if key == "from":
        people = _called(value, kinds=_PEOPLE, column="ref_id")
        agents = _ids("SELECT id FROM agent WHERE name ILIKE %s LIMIT 20", f"%{_escaped(value)}%")
        return [f"contact:{n}" for n in people] + [f"agent:{n}" for n in agents]
    if key == "queue":
        return [
            f"team:{n}" for n in _ids("SELECT id FROM team WHERE lower(key) = lower(%s)", value)
        ]
    return [
        f"topic:{n}"
        for n in _ids(
            "SELECT id FROM topic WHERE lower(key) = lower(%s) OR key ILIKE %s",
            value,
            f"{_escaped(value)}/%",
        )
    ]


def _called(value: str, *, kinds: tuple[str, ...], column: str) -> list[int]:
    found: set[int] | None = None
    for part in _parts(value):
        ids: set[int] = set()
        for key in _keys(part):
            ids.update(_named(key, kinds, column) or _nearly_named(key, kinds, column))
        found = ids if found is None else found & ids
    return sorted(found or ())[:CALLED_MAX]


def _named(key: str, kinds: tuple[str, ...], column: str) -> list[int]:
    return _ids(
        f"SELECT DISTINCT {column} FROM search_name WHERE key LIKE %s AND kind = ANY (%s)"
        f" AND {column} IS NOT NULL LIMIT 2000",
        f"{_escaped(key)}%",
        list(kinds),
    )


def _nearly_named(key: str, kinds: tuple[str, ...], column: str) -> list[int]:
    if len(key) < 4 or not key.isalpha():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {column}, key FROM search_name WHERE near && %s::text[]"
            f" AND kind = ANY (%s) AND {column} IS NOT NULL LIMIT 2000",
            [dropped_letters(key), list(kinds)],
        )
        return [ref for ref, other in cursor.fetchall() if slips(key, other) <= 1]


def _ids(statement: str, *params: str | list[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [row[0] for row in cursor.fetchall()]


def _parts(typed: str) -> list[str]:
    return typed.lower().translate(_BLANKED).replace('"', " ").split()[:6]


def _keys(part: str) -> list[str]:
    """How one word may be spelt among the names: as it is, bare, or as the end of a telephone."""
    digits = re.sub(r"\D", "", part)
    bare = re.sub(r"[\W_]", "", part)
    keys = [key for key in (part, bare) if len(key) >= 2]
    if len(digits) >= 4 and re.fullmatch(r"[+\d()./-]+", part):
        keys.append("#" + digits[-8:][::-1])
    return list(dict.fromkeys(keys))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
