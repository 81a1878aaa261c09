"""From the texts of the files to a written inventory, one import at a time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from unbroken.directory.country import country
from unbroken.directory.importing.checking import check
from unbroken.directory.importing.items import Inventory
from unbroken.directory.importing.reading import read_inventory
from unbroken.directory.importing.shelf import read_shelf
from unbroken.directory.importing.writing import Writer
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.progress import Progress, Taken
from unbroken.ground.words import _

refusals({"inventory.busy": _("Another import of an inventory is running; wait until it is done.")})


def import_inventory(texts: Iterable[str], *, by: Actor, at: datetime) -> Taken:
    """Take in these files as one inventory; what was refused is listed, the rest is in."""
    inventory = Inventory()
    for text in texts:
        read_inventory(text, inventory, country=country())
    with _alone():
        shelf = read_shelf()
        kept = check(inventory, shelf.known)
        writer = Writer(shelf, inventory, by=by, at=at)
        with Progress(sum(map(len, kept.values())), "inventory") as progress:
            for settled in writer.write(kept):
                progress.step(settled)
    return Taken(
        read=inventory.read,
        new=writer.written.new,
        known=writer.written.known,
        changed=writer.written.changed,
        refused=[(refusal.item, refusal.reason) for refusal in inventory.refusals],
        notes=[
            f"“{name}” is no field of an inventory and was left aside ({count} times)"
            for name, count in sorted(inventory.unknown_fields.items())
        ]
        + [
            f"“{name}” does not work here: who was named before stays ({count} times)"
            for name, count in sorted(inventory.strangers.items())
        ],
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Two imports at once would each take the other's rows for unknown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('directory.importing'))")
        if not cursor.fetchone()[0]:
            raise Refused("inventory.busy")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('directory.importing'))")
