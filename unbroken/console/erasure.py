"""What the console holds of a person: files that were made to be handed to them."""

from unbroken.ground.writers import erasable

erasable(
    "person_export",
    where="contact = %(id)s AND state <> 'over'",
    blank={"data": "NULL", "size": "0", "state": "'over'"},
)
