"""What this room holds of a person, for the day they ask to be forgotten."""

from unbroken.ground.writers import erasable

_ONLY_CONTACT = """kind = 'household'
    AND id = (SELECT customer_id FROM contact WHERE contact.id = %(id)s)
    AND NOT EXISTS (SELECT 1 FROM contact other
                    WHERE other.customer_id = customer.id AND other.id <> %(id)s)"""

erasable("contact_address", where="contact_id = %(id)s", blank={"value": "''", "normal": "''"})
erasable("contact", where="id = %(id)s", blank={"name": "''"})
erasable("customer", where=_ONLY_CONTACT, blank={"name": "''"})
