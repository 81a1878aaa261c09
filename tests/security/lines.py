"""A line of Anneke's with one session, for the addresses of lines."""

from django.db import connection

from tests.security.crowd import ANNEKE, Crowd
from unbroken.directory import actions
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

USER = "anneke@isp"


def line_of(crowd: Crowd) -> dict[str, object]:
    """Her service; it is registered when it is first asked for."""
    card = directory.contact(ContactId(crowd.contacts[ANNEKE]))
    assert card is not None
    assert card.customer_id is not None
    there = [one for one in directory.services_of(card.customer_id) if one.access_name == USER]
    if there:
        return {"service_id": there[0].id}
    number = actions.register_service(customer_id=card.customer_id, by=HOUSE, at=now())
    actions.change_service(service_id=number, access_name=USER, by=HOUSE, at=now())
    return {"service_id": number}


def session_of(crowd: Crowd) -> dict[str, object]:
    """A session on it."""
    line = line_of(crowd)
    with connection.cursor() as cursor:
        cursor.execute('SELECT id FROM radius_session WHERE "user" = %s', [USER])
        found = cursor.fetchone()
        if found is None:
            cursor.execute(
                'INSERT INTO radius_session (nas, session, "user", circuit, mac, port, prefix,'
                " started_at, started_by_start, start_arrived_at, heard_at, heard_arrived_at,"
                " ended_by, input_octets, output_octets, line)"
                " VALUES ('nas', 's1', %s, '', '', '', '', now(), true, now(), now(), now(),"
                " '', 0, 0, '{}') RETURNING id",
                [USER],
            )
            found = cursor.fetchone()
    return {**line, "session_id": found[0]}
