"""What the index holds of words and files that went goes with them; the rest is indexed anew."""

from unbroken.ground.keeping import also

_ANEW = """INSERT INTO search_stale (whole, ticket_id) SELECT DISTINCT true, {ticket}
    ON CONFLICT (ticket_id) DO UPDATE SET whole = true"""

also(
    "words",
    "UPDATE search_ticket SET words = '' WHERE ticket_id = ANY (%(ids)s)",
    "UPDATE search_file SET text = '', state = 'empty' WHERE ticket_id = ANY (%(ids)s)",
    _ANEW.format(ticket="unnest(%(ids)s::bigint[])"),
)
also(
    "files",
    "UPDATE search_file SET text = '', state = 'empty' WHERE attachment_id = ANY (%(ids)s)",
    _ANEW.format(ticket="ticket_id FROM attachment WHERE id = ANY (%(ids)s)"),
)
