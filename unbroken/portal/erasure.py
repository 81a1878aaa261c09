"""What the portal holds of a person: the addresses to which links and codes were mailed."""

from unbroken.ground.writers import erasable

erasable(
    "portal_door_key",
    where="""address <> '' AND EXISTS (
        SELECT 1 FROM contact_address theirs
        WHERE theirs.contact_id = %(id)s AND theirs.kind = 'email' AND theirs.value <> ''
          AND lower(portal_door_key.address) IN (lower(theirs.value), lower(theirs.normal)))""",
    blank={"address": "''", "ticket_id": "NULL", "ends_at": "least(ends_at, %(at)s)"},
)
