"""How many open tickets stand in each team: kept with every change, counted again at will.

A trigger writes one step with each ticket that opens, ends or changes hands, so the counts are
right in the transaction that moved it and no two changes wait for one row. The loop adds the
steps up; whoever reads takes the sums and the steps not yet added.
"""

from django.db import connection, transaction

from unbroken.ground.sql import text_of


def add_up_counts() -> None:
    """The steps so far become part of the counts. Another process at it leaves nothing to do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text_of("conversation/queries/write_counts_added_up.sql"))


def count_again() -> None:
    """Throw the counts away and count the record; changes wait until it is done."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE trouble_ticket IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM ticket_count_step")
        cursor.execute("DELETE FROM ticket_count")
        cursor.execute(text_of("conversation/queries/write_counts_again.sql"))
