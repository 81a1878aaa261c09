"""What was said of an answer to a person, who is quoted in it more often than not."""

from unbroken.ground.writers import erasable

erasable(
    "ground_said",
    where="""erased_at IS NULL AND id IN (
        SELECT review.words_id FROM answer_review review
        JOIN trouble_ticket ticket ON ticket.id = review.ticket_id
        WHERE ticket.contact_id = %(id)s AND review.words_id IS NOT NULL)""",
    blank={"text": "NULL", "erased_at": "%(at)s"},
)
