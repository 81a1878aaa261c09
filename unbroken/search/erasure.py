"""What the index holds of a person, for the day they ask to be forgotten.

It goes at once; what others said on the same tickets is indexed again a moment later. How a
word is spelt is kept only once several customers have used it.
"""

from unbroken.ground.writers import erasable

_THEIRS = """ticket_id IN (SELECT id FROM trouble_ticket WHERE contact_id = %(id)s
    UNION SELECT ticket_id FROM message WHERE author = %(whose)s)"""
_ONLY_CONTACT = """kind = 'customer' AND ref_id = (SELECT customer_id FROM contact
    WHERE contact.id = %(id)s) AND NOT EXISTS (SELECT 1 FROM contact other
    WHERE other.customer_id = search_name.ref_id AND other.id <> %(id)s)
    AND EXISTS (SELECT 1 FROM customer
                WHERE customer.id = search_name.ref_id AND kind = 'household')"""

erasable("search_ticket", where=_THEIRS, blank={"words": "''"})
erasable("search_file", where=_THEIRS, blank={"text": "''", "state": "'empty'"})
erasable(
    "search_name",
    where="""ref_id = %(id)s
        AND kind IN ('contact', 'email', 'phone', 'messenger', 'address')""",
    blank={"key": "''", "near": "'{}'"},
)
erasable("search_name", where=_ONLY_CONTACT, blank={"key": "''", "near": "'{}'"})
erasable(
    "search_word",
    where="""seen < 3 AND customer_id IN (-%(id)s,
        (SELECT customer_id FROM contact WHERE contact.id = %(id)s))""",
    blank={"word": "'forgotten ' || gen_random_uuid()", "near": "'{}'"},
)
