"""What the record holds of a person, for the day they ask to be forgotten.

That there was a request, when and how it went, stays. Its words, its subject, the names of
its files and every address on it go; what machines and we wrote to the person goes along
where it repeats who they are.
"""

from unbroken.ground.writers import erasable

_BY_A_MACHINE = "split_part(author, ':', 1) = 'house'"
"""The house itself, or in the name of a rule or of what recurs: `house:rule:3`."""

_THEIR_TICKETS = "(SELECT id FROM trouble_ticket WHERE contact_id = %(id)s)"

# An address as it stands in a list of addresses: kept when it is not one of theirs.
_WITHOUT_THEM = """(SELECT coalesce(jsonb_agg(pair), '[]'::jsonb)
    FROM jsonb_array_elements({column}) pair
    WHERE NOT EXISTS (SELECT 1 FROM contact_address theirs
                      WHERE theirs.contact_id = %(id)s AND theirs.value <> ''
                        AND lower(theirs.value) = lower(pair ->> 1)))"""
_NAMES_THEM = """EXISTS (SELECT 1 FROM contact_address theirs
    WHERE theirs.contact_id = %(id)s AND theirs.value <> ''
      AND lower(theirs.value) IN (
          SELECT lower(pair ->> 1)
          FROM jsonb_array_elements({table}."to" || {table}.cc) pair))"""


def _without_them(column: str) -> str:
    return _WITHOUT_THEM.format(column=column)


erasable("trouble_ticket", where="contact_id = %(id)s", blank={"name": "''"})

# What they wrote, and what machines wrote about them: both name them in every line.
erasable(
    "message",
    where=f"author = %(whose)s OR (ticket_id IN {_THEIR_TICKETS} AND {_BY_A_MACHINE})",
    blank={
        "subject": "''",
        "from_name": "''",
        "from_address": "''",
        '"to"': "'[]'",
        "cc": "'[]'",
    },
)
erasable("message", where=f"ticket_id IN {_THEIR_TICKETS}", blank={"subject": "''"})
for _table in ("message", "delivery"):
    erasable(
        _table,
        where=_NAMES_THEM.format(table=_table),
        blank={'"to"': _without_them('"to"'), "cc": _without_them("cc")},
    )
erasable(
    "attachment",
    where="message_id IN (SELECT id FROM message WHERE author = %(whose)s)",
    blank={"name": "''", "original_name": "''"},
)

# The receipt greets them by name; a bounce and an automatic answer quote their address. What
# was written to them by an agent is the agent's, but for the words it quotes.
erasable(
    "ground_said",
    where=f"""erased_at IS NULL AND id IN (
        SELECT unnest(ARRAY[words_id, quoted_id]) FROM message
        WHERE ticket_id IN {_THEIR_TICKETS} AND {_BY_A_MACHINE})
      OR erased_at IS NULL AND id IN (
        SELECT quoted_id FROM message WHERE ticket_id IN {_THEIR_TICKETS})""",
    blank={"text": "NULL", "erased_at": "%(at)s"},
)
# Of a passage that was marked, how it began; without that a mark is not shown any more.
erasable(
    "highlight",
    where=f"""message_id IN (SELECT id FROM message
        WHERE author = %(whose)s OR ticket_id IN {_THEIR_TICKETS})""",
    blank={"quoted": "''"},
)
erasable("draft", where=f"ticket_id IN {_THEIR_TICKETS}", blank={"text": "''"})
erasable(
    "field_value",
    where=f"whose = %(whose)s OR ticket_id IN {_THEIR_TICKETS}",
    blank={"value": "''", "text": "''", "number": "NULL", "day": "NULL"},
)
# A side conversation speaks of them; whom it was with keeps their own address unless they go too.
erasable("side_conversation", where=f"ticket_id IN {_THEIR_TICKETS}", blank={"subject": "''"})
erasable(
    "side_conversation",
    where="""EXISTS (SELECT 1 FROM contact_address theirs
        WHERE theirs.contact_id = %(id)s AND theirs.value <> ''
          AND lower(theirs.value) IN (
              SELECT lower(pair ->> 1) FROM jsonb_array_elements(side_conversation."to") pair))""",
    blank={'"to"': _without_them('"to"')},
)
