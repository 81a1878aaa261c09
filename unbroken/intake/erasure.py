"""What the door holds of a person: the raw mails, and the envelopes they came in.

The hash, the time and the channel stay, so the same mail handed in again is still known.
"""

from unbroken.ground.writers import erasable

# Theirs, and what machines sent about them (bounces, automatic answers) on their tickets.
_THEIRS = """(contact_id = %(id)s
    OR id IN (SELECT intake_id FROM message WHERE author = %(whose)s)
    OR id IN (SELECT message.intake_id
              FROM message JOIN trouble_ticket ticket ON ticket.id = message.ticket_id
              WHERE ticket.contact_id = %(id)s AND message.author = 'house'))"""

# Which token asked, and a hash of what it asked, name nobody.
_ENVELOPE = """jsonb_strip_nulls(jsonb_build_object(
    'token', envelope -> 'token', 'asked', envelope -> 'asked'))"""

erasable(
    "intake",
    where=f"erased_at IS NULL AND {_THEIRS}",
    blank={"raw": "NULL", "envelope": _ENVELOPE, "problem": "''", "erased_at": "%(at)s"},
)

# A link or code on its way, or one that could not be handed over and is kept as a failed job.
erasable(
    "procrastinate_jobs",
    where="""task_name = 'intake.service_mail' AND EXISTS (
        SELECT 1 FROM contact_address theirs
        WHERE theirs.contact_id = %(id)s AND theirs.kind = 'email' AND theirs.value <> ''
          AND lower(args #>> '{to,1}') IN (lower(theirs.value), lower(theirs.normal)))""",
    blank={"args": """args || '{"to": ["", ""], "subject": "", "words": ""}'::jsonb"""},
)

# Whoever wants the status page by mail: without an address nobody is told.
erasable(
    "status_reader",
    where="""address <> '' AND EXISTS (
        SELECT 1 FROM contact_address theirs
        WHERE theirs.contact_id = %(id)s AND theirs.kind = 'email' AND theirs.value <> ''
          AND lower(status_reader.address) IN (lower(theirs.value), lower(theirs.normal)))""",
    blank={"address": "''", "confirmed_at": "NULL", "asked_at": "least(asked_at, %(at)s)"},
)
