"""What of the conversation grows old: the words of requests that ended long ago, and drafts.

Of a request whose words went, what happened stays: number, states, dates, promises, figures.
"""

from unbroken.ground.keeping import Keeping, keeping
from unbroken.ground.words import _

ENDED = "('resolved', 'closed', 'cancelled', 'rejected')"


def over(ticket: str) -> str:
    """SQL: this request ended before `%(before)s`, and so did all that share words with it.

    Those are what it was merged with and what was split off: a message, its mail and its files
    are kept once and shown in each.
    """
    return f"""({_ended(ticket)} AND NOT EXISTS (
        WITH RECURSIVE family AS (
            SELECT {ticket}.id AS id
            UNION
            SELECT near.id FROM family CROSS JOIN LATERAL (
                SELECT one.merged_into_id AS id FROM trouble_ticket one
                WHERE one.id = family.id AND one.merged_into_id IS NOT NULL
                UNION ALL
                SELECT one.id FROM trouble_ticket one WHERE one.merged_into_id = family.id
                UNION ALL
                SELECT link.other_id FROM ticket_relationship link
                WHERE link.ticket_id = family.id AND link.kind = 'split_from'
                UNION ALL
                SELECT link.ticket_id FROM ticket_relationship link
                WHERE link.other_id = family.id AND link.kind = 'split_from') near)
        SELECT FROM family JOIN trouble_ticket kin ON kin.id = family.id
        WHERE NOT {_ended("kin")}))"""


def ended_at(ticket: str) -> str:
    """SQL: when this request ended; what was taken in from elsewhere may not say."""
    return f"coalesce({ticket}.closed_at, {ticket}.resolved_at, {ticket}.changed_at)"


def _ended(ticket: str) -> str:
    return f"({ticket}.status IN {ENDED} AND {ended_at(ticket)} < %(before)s)"


# Every number that an event of the request carries and that is the key of words of its own.
_SAID_IN_EVENTS = """
    SELECT said.id
    FROM unnest(%(ids)s::bigint[]) ticket(id)
    JOIN ground_event event ON event.stream = 'ticket:' || ticket.id
    CROSS JOIN LATERAL jsonb_path_query(event.data, '$.**') found(value)
    JOIN ground_said said ON said.stream = event.stream AND said.id =
        CASE WHEN jsonb_typeof(found.value) = 'number' AND found.value::text ~ '^[0-9]{1,18}$'
             THEN found.value::text::bigint END"""
_SAID_BESIDE = """
    SELECT unnest(ARRAY[words_id, quoted_id]) FROM message WHERE ticket_id = ANY (%(ids)s)
    UNION SELECT words_id FROM time_spent WHERE ticket_id = ANY (%(ids)s)
    UNION SELECT words_id FROM approval WHERE ticket_id = ANY (%(ids)s)"""

keeping(
    Keeping(
        key="words",
        label=_("Words of requests that ended"),
        about=_(
            "What was written, to whom, the subject, fields, files and mails as they came. Number, "
            "dates, states, promises and figures stay."
        ),
        old=f"""
            SELECT ticket.id, {ended_at("ticket")} AS at FROM trouble_ticket ticket
            WHERE {over("ticket")} AND (ticket.name <> '' OR EXISTS (
                SELECT FROM message JOIN ground_said said ON said.id = message.words_id
                WHERE message.ticket_id = ticket.id AND said.text IS NOT NULL))""",
        steps=(
            f"""UPDATE ground_said SET text = NULL, erased_at = %(at)s
                WHERE text IS NOT NULL AND id IN ({_SAID_IN_EVENTS} UNION {_SAID_BESIDE})""",
            """UPDATE message SET subject = '', from_name = '', from_address = '',
                "to" = '[]', cc = '[]' WHERE ticket_id = ANY (%(ids)s)""",
            """UPDATE delivery SET "to" = '[]', cc = '[]' WHERE ticket_id = ANY (%(ids)s)""",
            """UPDATE attachment SET name = '', original_name = '' WHERE message_id IN (
                SELECT id FROM message WHERE ticket_id = ANY (%(ids)s))""",
            """DELETE FROM highlight WHERE message_id IN (
                SELECT id FROM message WHERE ticket_id = ANY (%(ids)s))""",
            "DELETE FROM draft WHERE ticket_id = ANY (%(ids)s)",
            """UPDATE field_value SET value = '', text = '', number = NULL, day = NULL
                WHERE ticket_id = ANY (%(ids)s)""",
            "UPDATE checklist_item SET text = '' WHERE ticket_id = ANY (%(ids)s)",
            """UPDATE side_conversation SET subject = '', "to" = '[]'
                WHERE ticket_id = ANY (%(ids)s)""",
            "UPDATE trouble_ticket SET name = '' WHERE id = ANY (%(ids)s)",
        ),
        least=30,
    )
)
keeping(
    Keeping(
        key="drafts",
        label=_("Drafts nobody sent"),
        about=_("Answers and notes that were begun; counted from the last letter typed."),
        old="SELECT id, saved_at AS at FROM draft WHERE saved_at < %(before)s",
        steps=("DELETE FROM draft WHERE id = ANY (%(ids)s)",),
        days=365,
        least=7,
    )
)
