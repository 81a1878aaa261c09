"""What rules remember of a person: the subject and the fields by which they judged a request."""

from unbroken.ground.writers import erasable

erasable(
    "rule_firing",
    where="""ticket_id IN (SELECT id FROM trouble_ticket WHERE contact_id = %(id)s)
        AND why ? 'judged'""",
    blank={"why": "why - 'judged'"},
)
