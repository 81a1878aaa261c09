"""The index as rows: added to as the record grows, thrown away and built again at will.

Everything here sets what follows from the record, so doing it twice is harmless.
"""

from collections.abc import Sequence

from django.db import connection

from unbroken.ground.sql import planned_once, text_of

LETTERS_MAX = 100_000
"""Of one message; what comes after is not found."""
PART_LETTERS = 60_000
FILE_LETTERS = 200_000
FILE_BYTES_MAX = 20_000_000

REBUILD = "rebuild"
"""The mark of a rebuild under way: everything below this number is still to be done."""

_SIZES = {"letters": LETTERS_MAX, "part_letters": PART_LETTERS, "file_letters": FILE_LETTERS}
_KINDS_OF = {
    "customer": ("customer",),
    "contact": ("contact", "email", "phone", "messenger", "address"),
    "service": ("service",),
    "place": ("place",),
}


def _statement(name: str) -> str:
    marks = text_of("search/queries/marks.sql")
    return text_of(f"search/queries/{name}").replace("MARKS", f"\n{marks}\n")


def index_whole(tickets: Sequence[int], *, learn: bool = True) -> int:
    """These tickets anew, whatever was kept of them; returns how many rows they are."""
    if not tickets:
        return 0
    ids = list(tickets)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_ticket WHERE ticket_id = ANY (%s)", [ids])
        cursor.execute(_statement("write_tickets.sql"), {"tickets": ids, **_SIZES})
        rows = int(cursor.rowcount)
        cursor.execute(_statement("write_files.sql"), {"tickets": ids, "bytes": FILE_BYTES_MAX})
        if learn:
            learn_words(ids, latest=10)
        return rows


def index_news(tickets: Sequence[int]) -> None:
    """What was said on these tickets since the last time, and who may see them now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ticket_id FROM search_ticket WHERE ticket_id = ANY (%s)",
            [list(tickets)],
        )
        known = sorted(row[0] for row in cursor.fetchall())
        if known:
            cursor.execute(_statement("write_news.sql"), {"tickets": known, **_SIZES})
            cursor.execute(
                _statement("write_files.sql"), {"tickets": known, "bytes": FILE_BYTES_MAX}
            )
            learn_words(known, latest=1)
    index_whole(sorted(set(tickets).difference(known)))


def learn_words(tickets: Sequence[int], *, latest: int) -> None:
    """How words are spelt in the subject and the latest messages of these tickets."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("write_words.sql"), {"tickets": list(tickets), "latest": latest})


def index_names(kind: str, ref_id: int) -> None:
    """The names and numbers of one customer, contact, service or place, as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_name WHERE ref_id = %s AND kind = ANY (%s)",
            [ref_id, list(_KINDS_OF[kind])],
        )
        cursor.execute(_statement("write_names.sql"), {"kind": kind, "id": ref_id})


def index_all_names() -> int:
    """Every name and number of the card index; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_name")
        cursor.execute(_statement("write_names.sql"), {"kind": "all", "id": None})
        return int(cursor.rowcount)


def put_aside(tickets: Sequence[int], *, whole: bool) -> None:
    """The loop is to look at these tickets: at what is new, or at the whole of them."""
    with planned_once() as cursor:
        cursor.execute(
            "INSERT INTO search_stale (ticket_id, whole) SELECT unnest(%s::bigint[]), %s::boolean"
            " ON CONFLICT (ticket_id) DO UPDATE SET whole = true"
            " WHERE excluded.whole AND NOT search_stale.whole",
            [list(tickets), whole],
        )


def put_aside_those(where: str, value: int | str) -> None:
    """Tickets to be indexed whole; `where` is a condition of ours with one %s."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_stale (ticket_id) SELECT DISTINCT ticket.id"
            f" FROM trouble_ticket ticket WHERE {where}"
            " ON CONFLICT (ticket_id) DO UPDATE SET whole = true",
            [value],
        )


def index_stale(*, limit: int = 1000) -> int:
    """Some of those that were put aside, in one go; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_stale WHERE ticket_id IN (SELECT ticket_id FROM search_stale"
            " ORDER BY ticket_id DESC LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING ticket_id, whole",
            [limit],
        )
        found = cursor.fetchall()
    if found:
        index_news(sorted(ticket for ticket, whole in found if not whole))
        index_whole(sorted(ticket for ticket, whole in found if whole))
    return len(found)


def note_file(attachment_id: int, state: str, words: str) -> None:
    """What became of reading a file."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_file SET state = %s, text = %s WHERE attachment_id = %s",
            [state, words, attachment_id],
        )


def take_up_files() -> None:
    """Files that were being read when the reader was killed: once more, then never."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_file SET state = CASE state WHEN 'reading 1' THEN 'waiting again'"
            " ELSE 'unreadable' END WHERE state IN ('reading 1', 'reading 2')"
        )


def clear_aside(*, below: int) -> None:
    """Tickets that a rebuild will come to need not wait."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_stale WHERE ticket_id < %s", [below])


def is_rebuilding() -> bool:
    """Whether a rebuild has begun and is not over."""
    return progress_of(REBUILD) > 0


def note_progress(name: str, upto: int) -> None:
    """A long work has come so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_progress (name, upto) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET upto = excluded.upto",
            [name, upto],
        )


def progress_of(name: str) -> int:
    """How far a long work has come; 0 when it never began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT upto FROM search_progress WHERE name = %s", [name])
        row = cursor.fetchone()
        return int(row[0]) if row else 0
