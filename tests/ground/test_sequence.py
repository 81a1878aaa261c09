"""Ids before rows: given away once, also by a server that died and forgot."""

import pytest
from django.db import connection

from unbroken.ground.models import Said
from unbroken.ground.sequence import draw_loosely


def dies_and_forgets(first: int) -> None:
    """What recovery leaves of ids that were drawn and never used: the sequence stands before them.

    A server that is killed also takes every connection with it.
    """
    with connection.cursor() as cursor:
        statement = "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)"
        cursor.execute(statement, ["ground_said", "id", first])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_ids_in_hand_end_with_the_connection_they_were_drawn_on() -> None:
    """Accident: PostgreSQL is killed; this process kept ids that the next one is given too.

    Two of a hundred kills ended so: a mail was parked because its words had another's number.
    """
    first = draw_loosely(Said)
    assert draw_loosely(Said) == first + 1

    dies_and_forgets(first)

    assert draw_loosely(Said) == first
