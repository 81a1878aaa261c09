"""What this face holds of a person: answers kept for a repeated request name who was written to."""

from unbroken.ground.writers import erasable

erasable(
    "api_answered",
    where="""substring(answer ->> 'href' FROM '/tickets/([0-9]+)')::bigint
        IN (SELECT id FROM trouble_ticket WHERE contact_id = %(id)s)""",
    blank={"answer": "jsonb_build_object('href', answer -> 'href')"},
)
