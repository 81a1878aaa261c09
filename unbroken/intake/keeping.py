"""What of the door grows old: mails and forms as they came, and the files of requests that ended.

The hash, the time and the channel stay, so the same mail handed in again is still known. A file
and the mail that brought it are the same bytes: they are kept for as long as files are.
"""

from datetime import timedelta

from unbroken.conversation.keeping import ended_at, over
from unbroken.ground.keeping import Keeping, also, keeping, settled
from unbroken.ground.words import _

# Which token asked, and a hash of what it asked, name nobody: a request sent again is still known.
_EMPTY = """UPDATE intake SET raw = NULL, problem = '', erased_at = %(at)s,
    envelope = jsonb_strip_nulls(jsonb_build_object(
        'token', envelope -> 'token', 'asked', envelope -> 'asked'))
    WHERE raw IS NOT NULL AND """
_OF_THESE_FILES = "SELECT intake_id FROM attachment WHERE id = ANY (%(ids)s)"

keeping(
    Keeping(
        key="raw_mail",
        label=_("Mails and forms as they came"),
        about=_(
            "The raw bytes, of requests that ended and without files; counted from the end. "
            "What was read from them stays in the request."
        ),
        old=f"""
            SELECT intake.id, intake.taken_at AS at FROM intake
            WHERE intake.raw IS NOT NULL AND intake.outcome <> '' AND intake.taken_at < %(before)s
              AND NOT EXISTS (SELECT FROM message
                              JOIN trouble_ticket ticket ON ticket.id = message.ticket_id
                              WHERE message.intake_id = intake.id AND NOT {over("ticket")})
              AND NOT EXISTS (SELECT FROM message
                              JOIN attachment ON attachment.message_id = message.id
                              WHERE message.intake_id = intake.id)""",
        steps=(_EMPTY + "id = ANY (%(ids)s)",),
        least=30,
    )
)
keeping(
    Keeping(
        key="files",
        label=_("Files of requests that ended"),
        about=_(
            "Attachments, and the mails that brought them. Their names stay in the request; "
            "counted from its end."
        ),
        old=f"""
            SELECT attachment.id, {ended_at("ticket")} AS at
            FROM attachment JOIN trouble_ticket ticket ON ticket.id = attachment.ticket_id
            WHERE {over("ticket")} AND (
                EXISTS (SELECT FROM ground_blob
                        WHERE ground_blob.id = attachment.blob_id
                          AND ground_blob.data IS NOT NULL)
             OR EXISTS (SELECT FROM intake
                        WHERE intake.id = attachment.intake_id AND intake.raw IS NOT NULL))""",
        steps=(
            """UPDATE ground_blob SET data = NULL, erased_at = %(at)s
                WHERE data IS NOT NULL
                  AND id IN (SELECT blob_id FROM attachment WHERE id = ANY (%(ids)s))""",
            f"{_EMPTY} id IN ({_OF_THESE_FILES})",
        ),
        least=30,
    )
)

also(
    "words",
    f"""{_EMPTY} id IN (
        SELECT intake_id FROM message WHERE ticket_id = ANY (%(ids)s)
        UNION SELECT id FROM intake WHERE ticket_id = ANY (%(ids)s))""",
    """UPDATE ground_blob SET data = NULL, erased_at = %(at)s
        WHERE data IS NOT NULL AND id IN (
            SELECT blob_id FROM message JOIN attachment ON attachment.message_id = message.id
            WHERE message.ticket_id = ANY (%(ids)s))""",
)

settled(_("Addresses for the status page by mail that nobody confirmed"), lasts=timedelta(days=2))
