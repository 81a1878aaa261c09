"""Which tickets fit what was asked, best first; only those that the reader may see.

The newest that fit are gathered and ranked among themselves: subject before names before what
was said before files, open before ended, new before old. Further pages rank the next newest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from unbroken.ground.kept import Kept
from unbroken.ground.sql import rows_of, text_of
from unbroken.search.asking import Asked, Clause, Term, months
from unbroken.search.queries import names
from unbroken.search.queries.meaning import known_lexemes

PAGE = 25
GATHERED_MAX = 200
"""Tickets ranked among themselves; four pages more are gathered when these have been read."""
EVERYTHING = 2**60
WEIGHTS = "'{0.1, 0.25, 0.6, 1.0}'::float4[]"


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader may see: everything, or their teams' and their own tickets."""

    sees_all: bool
    teams: tuple[int, ...]
    me: int

    @property
    def marks(self) -> list[str]:
        """The same as marks of the index."""
        return ["team:", *(f"team:{team}" for team in self.teams), f"given:{self.me}"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A ticket that fits, and how well; how many were looked at to know."""

    number: int
    score: float
    looked_at: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page goes on: tickets below this number, after this score and number."""

    below: int
    score: float = float("inf")
    number: int = 0

    def __str__(self) -> str:
        return f"{self.below}~{self.score!r}~{self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `is_too_common`: the words are nowhere kept. `is_building`: no index."""

    hits: tuple[Hit, ...] = ()
    next_place: Place | None = None
    unknown: tuple[str, ...] = ()
    is_too_common: bool = False
    is_building: bool = False


def find(asked: Asked, sight: Sight, place: Place | None, *, today: date) -> Found:
    """A page of tickets that fit."""
    if asked.is_empty:
        return Found()
    if not _is_built():
        return Found(is_building=True)
    words, params = _words(asked)
    if words is None:
        return Found(is_too_common=True)
    marks, unknown = _marks(asked, today)
    if unknown:
        return Found(unknown=unknown)
    below = place.below if place else EVERYTHING
    params |= {"below": below, "day": today}
    hits = _of_known_words(asked, sight, marks, params)
    if _looked_at(hits) < GATHERED_MAX:
        hits = _gathered(asked, sight, words, marks, params)
    return _page(hits, place or Place(below))


def _of_known_words(
    asked: Asked, sight: Sight, marks: list[list[str]], params: dict[str, Any]
) -> list[Hit]:
    """With each beginning spelt out into words we know: read span by span like any other word.

    A beginning itself makes the index gather all that ever held such a word. Words that nobody
    used three times are not known, so when too few are found, it is asked as it stands.
    """
    begun = {n: term for n, term in enumerate(_terms(asked)) if _is_begun(term)}
    if not begun:
        return []
    spelt = {f"spelt_{n}": known_lexemes(term.text) for n, term in begun.items()}
    if not all(spelt.values()):
        return []
    words = _joined(asked.clauses, asked, spelt)
    return _gathered(asked, sight, words, marks, {**params, **spelt}, spelt)


def _page(gathered: list[Hit], place: Place) -> Found:
    left = [hit for hit in gathered if (hit.score, hit.number) < (place.score, place.number)]
    if place.score == float("inf"):
        left = gathered
    shown, more = left[:PAGE], left[PAGE:]
    if more:
        return Found(tuple(shown), Place(place.below, shown[-1].score, shown[-1].number))
    if _looked_at(gathered) >= GATHERED_MAX:
        return Found(tuple(shown), Place(min(hit.number for hit in gathered)))
    return Found(tuple(shown))


def _looked_at(gathered: list[Hit]) -> int:
    """How many fitted by their marks; of these the reader may see no longer all, or some twice."""
    return gathered[0].looked_at if gathered else 0


def _gathered(
    asked: Asked,
    sight: Sight,
    words: str,
    marks: list[list[str]],
    params: dict[str, Any],
    spelt: Collection[str] = (),
) -> list[Hit]:
    every = marks if sight.sees_all else [*marks, sight.marks]
    fits = [f"AND indexed.marks && %(marks_{n})s::text[]" for n in range(len(every))]
    if "ended" in (state.lower() for state in asked.wants.get("state", ())):
        fits.append("AND NOT indexed.marks @> ARRAY['open']")
    if words:
        fits.append(f"AND indexed.words @@ ({words})")
    positive = _joined([c for c in asked.clauses if not c.is_without], asked, spelt)
    rank = f"0.02 + ts_rank({WEIGHTS}, indexed.words, ({positive}), 1)" if positive else "0.02"
    exactly = _exactly(asked)
    is_narrow = bool(exactly or asked.before or asked.after)
    statement = text_of("search/queries/candidates.sql").replace("FITS", "\n".join(fits))
    return rows_of(
        Hit,
        statement.replace("EXACTLY", exactly).replace("RANK", rank),
        {
            **params,
            **{f"marks_{n}": some for n, some in enumerate(every)},
            "spans": _spans(min(params["below"] - 1, params["newest"]), is_narrow=is_narrow),
            "limit": GATHERED_MAX,
            "sees_all": sight.sees_all,
            "teams": list(sight.teams),
            "me": sight.me,
            "status": _statuses(asked),
            "after": asked.after,
            "before": asked.before,
        },
    )


def _exactly(asked: Asked) -> str:
    """What no mark tells: the ticket is joined before enough were counted. Often nothing.

    Filtered afterwards, two hundred of June would hide all of May from `before:2026-06-02`.
    """
    conditions = []
    if _statuses(asked):
        conditions.append("exact.status = ANY (%(status)s)")
    if asked.after and asked.after.day > 1:
        conditions.append("exact.created_at >= %(after)s::date")
    if asked.before and asked.before.day > 1:
        conditions.append("exact.created_at < %(before)s::date")
    if not conditions:
        return ""
    joined = "JOIN trouble_ticket exact ON exact.id = indexed.ticket_id"
    return " AND ".join([joined, *conditions])


def _spans(newest: int, *, is_narrow: bool) -> list[str]:
    """Marks that cover all numbers from the newest down, narrow where they are new.

    `is_narrow`: none of the widest. What is looked for may stand all in one of them, and its every
    row would be read.
    """
    narrow, middle = newest >> 12, newest >> 15
    wide = 0 if is_narrow else newest >> 18
    first_middle, first_wide = middle << 3, wide << 3
    return [
        *(f"w:{n}" for n in range(narrow, first_middle - 1, -1)),
        *(f"x:{n}" for n in range(middle - 1, first_wide - 1, -1)),
        *(f"y:{n}" for n in range(wide - 1, -1, -1)),
    ]


def _words(asked: Asked) -> tuple[str | None, dict[str, Any]]:
    """The words as an expression of the database, its values and the newest number.

    None: all too common.
    """
    params: dict[str, Any] = {
        f"word_{n}": f"'#{term.digits[-8:][::-1]}':*" if term.digits else term.text
        for n, term in enumerate(_terms(asked))
    }
    for is_strict in (False, True):
        params["strict"] = is_strict
        whole = _joined(asked.clauses, asked)
        with connection.cursor() as cursor:
            nodes = f"numnode({whole})" if whole else "1"
            cursor.execute(
                f"SELECT {nodes}, (SELECT coalesce(max(id), 0) FROM trouble_ticket)", params
            )
            is_kept, params["newest"] = cursor.fetchone()
        if is_kept:
            return whole, params
    return None, params


def _terms(asked: Asked) -> list[Term]:
    return [term for clause in asked.clauses for term in clause.terms]


def _is_begun(term: Term) -> bool:
    return term.is_beginning and not term.digits


def _joined(clauses: Sequence[Clause], asked: Asked, spelt: Collection[str] = ()) -> str:
    """An expression of checked parts: what was typed stands only in its parameters.

    `spelt` are the parameters that stand for beginnings spelt out.
    """
    numbers = {id(term): n for n, term in enumerate(_terms(asked))}
    parts = []
    for clause in clauses:
        either = " || ".join(_query(term, numbers[id(term)], spelt) for term in clause.terms)
        parts.append(f"!!({either})" if clause.is_without else f"({either})")
    return " && ".join(parts)


def _query(term: Term, number: int, spelt: Collection[str]) -> str:
    if f"spelt_{number}" in spelt:
        return f"%(spelt_{number})s::tsquery"
    if term.digits:
        return f"%(word_{number})s::tsquery"
    if term.is_beginning:
        return f"search_beginning(%(word_{number})s)"
    return f"search_query(%(word_{number})s, %(strict)s)"


def _marks(asked: Asked, today: date) -> tuple[list[list[str]], tuple[str, ...]]:
    """Lists of marks, one of each list has to be there; and what nobody goes by."""
    found: list[list[str]] = []
    unknown: list[str] = []
    for key in ("customer", "from", "queue", "topic"):
        for value in asked.wants.get(key, ()):
            marks = names.marks_of(key, value)
            found.append(marks)
            if not marks:
                unknown.append(f"{key}:{value}")
    states = {state.lower() for state in asked.wants.get("state", ())}
    if states and states <= {"open", "acknowledged", "inprogress", "pending", "held"}:
        found.append(["open"])
    if "has" in asked.wants:
        found.append(["file"])
    if asked.before or asked.after:
        found.append([f"in:{m}" for m in months(asked.after, asked.before, today=today)])
    return found, tuple(unknown)


def _statuses(asked: Asked) -> list[str] | None:
    """The states that were named one by one."""
    spelled = {"inprogress": "inProgress"}
    states = {state.lower() for state in asked.wants.get("state", ())}
    if not states or states & {"open", "ended"}:
        return None
    return sorted(spelled.get(state, state) for state in states)


@Kept
def _is_built() -> bool:
    """Whether the index stands; while history is indexed at full speed it is away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('search_ticket_words')"
        )
        row = cursor.fetchone()
        return bool(row and row[0])


def read_place(text: str) -> Place | None:
    """The `after` of an address; None when there is none or it cannot be read."""
    below, _, rest = text.partition("~")
    score, _, number = rest.partition("~")
    try:
        place = Place(int(below), float(score), int(number))
    except ValueError:
        return None
    is_sane = 0 < place.below <= EVERYTHING and 0 <= place.number <= EVERYTHING
    return place if is_sane and place.score == place.score else None
