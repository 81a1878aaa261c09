"""Linking and merging: the other request is found, seen beside this one, and then chosen."""

from tests.console.desk import SOFIE, Desk
from tests.console.test_search import indexed
from unbroken.conversation.models import TroubleTicket


def test_it_offers_the_customers_others_and_those_looked_at_last(desk: Desk) -> None:
    lamp, again = desk.asks("Anneke de Wit", "lamp"), desk.asks("Anneke de Wit", "lamp again")
    till = desk.asks("Bram Visser", "till")
    hidden = desk.asks("Anneke de Wit", "for routers", team="routers")
    client = desk.client(SOFIE)
    client.get(f"/console/tickets/{till}")
    client.cookies["unbroken_lately"] = f"{client.cookies['unbroken_lately'].value}.{hidden}.x.²"

    page = client.get(f"/console/tickets/{lamp}/joining").content.decode()

    assert page.index(f'id="join-{again}"') < page.index(f'id="join-{till}"')
    assert f'id="join-{hidden}"' not in page, "a number in the cookie opens nothing"
    assert f'id="join-{lamp}"' not in page


def test_it_finds_by_words_and_by_number(desk: Desk) -> None:
    lamp, till = desk.asks("Anneke de Wit", "lamp"), desk.asks("Bram Visser", "The tills stand")
    hidden = desk.asks("Anneke de Wit", "till secret", team="routers")
    indexed()
    client = desk.client(SOFIE)

    for typed in ("till", str(till)):
        page = client.get(f"/console/tickets/{lamp}/joining", {"q": typed}).content.decode()
        assert f"?other={till}" in page
        assert f"?other={hidden}" not in page
    assert client.get(f"/console/tickets/{lamp}/joining?other={hidden}").status_code == 404


def test_both_stand_side_by_side_and_either_may_live_on(desk: Desk) -> None:
    lamp, again = desk.asks("Anneke de Wit", "lamp"), desk.asks("Anneke de Wit", "lamp again")
    till = desk.asks("Bram Visser", "till")
    client = desk.client(SOFIE)

    page = client.get(f"/console/tickets/{lamp}/joining?other={again}").content.decode()
    for one, other in ((lamp, again), (again, lamp)):
        assert f'action="/console/tickets/{one}/merge"' in page
        assert f'name="into" value="{other}"' in page
    page = client.get(f"/console/tickets/{lamp}/joining?other={till}").content.decode()
    assert "not of one customer" in page
    assert "/merge" not in page

    client.post(f"/console/tickets/{again}/merge", {"into": lamp})
    assert TroubleTicket.objects.get(pk=again).merged_into_id == lamp
