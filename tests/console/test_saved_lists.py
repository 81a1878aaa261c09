"""Lists with a name: for whom they are, who may change them, where they stand."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.console.desk import SOFIE, TIMO, VERA, Desk
from unbroken.console.models import SavedList


def save(client: Client, name: str, words: str, scope: str = "mine") -> None:
    """What the form beside the words sends."""
    form = {"name": name, "words": words, "scope": scope, "pinned": "on"}
    assert client.post("/console/views/new", form).status_code == 303


def beside(client: Client) -> list[str]:
    """The names at the side of the list, with their counts."""
    page = unescape(client.get("/console/").content.decode())
    found = re.findall(r'views__name">([^<]+)</span><span class="count">([^<]*)<', page)
    return [f"{name} {count}".strip() for name, count in found]


def test_a_saved_view_stands_beside_the_list_with_its_count(desk: Desk) -> None:
    desk.asks("Anneke de Wit", "lamp")
    sofie = desk.client(SOFIE)

    save(sofie, "Lamps", "lamp")

    assert "Lamps 1" in beside(sofie)
    assert "<h1" in (page := sofie.get("/console/?q=lamp").content.decode())
    assert re.search(r'id="work-title">Lamps<', page)


def test_each_finds_their_own_their_teams_and_everybodys(desk: Desk) -> None:
    sofie, timo, vera = desk.client(SOFIE), desk.client(TIMO), desk.client(VERA)
    save(sofie, "Mine only", "lamp")
    save(timo, "Routers'", "lamp", f"team:{desk.teams['routers']}")
    save(timo, "First line's", "lamp", f"team:{desk.teams['first-line']}")
    save(vera, "House's", "lamp", "all")

    assert beside(sofie)[-3:] == ["Mine only 0", "First line's 0", "House's 0"]
    assert beside(timo)[-3:] == ["Routers' 0", "First line's 0", "House's 0"]
    assert beside(vera)[-1:] == ["House's 0"]


@pytest.mark.parametrize("scope", ["all", "billing", "nobody", "team:x"])
def test_nobody_shares_with_those_they_do_not_belong_to(desk: Desk, scope: str) -> None:
    """Attack: Sofie, who leads nothing, puts a view before everybody, or before billing."""
    scope = f"team:{desk.teams['billing']}" if scope == "billing" else scope

    save(desk.client(SOFIE), "Look here", "lamp", scope)

    assert not SavedList.objects.exists()


def test_a_view_is_changed_moved_and_dropped_by_its_owner_only(desk: Desk) -> None:
    """Attack: the number of somebody else's view in one's own address."""
    sofie, timo = desk.client(SOFIE), desk.client(TIMO)
    save(sofie, "First", "lamp", f"team:{desk.teams['first-line']}")
    save(sofie, "Second", "bill", f"team:{desk.teams['first-line']}")
    first, second = SavedList.objects.order_by("position").values_list("id", flat=True)
    new = {"name": "Bills", "words": "bill", "scope": "mine"}

    for deed, form in (("", new), ("/place", {"to": "up"}), ("/end", {})):
        assert timo.post(f"/console/views/{second}{deed}", form).status_code == 404
    sofie.post(f"/console/views/{second}/place", {"to": "up"})
    assert [one.partition(" ")[0] for one in beside(sofie)[-2:]] == ["Second", "First"]
    sofie.post(f"/console/views/{second}", new)
    assert beside(sofie)[-1:] == ["First 0"], "changed to be no longer pinned"
    sofie.post(f"/console/views/{first}/end")
    page = sofie.get("/console/views").content.decode()
    assert "Bills" in page
    assert "First<" not in page


def test_a_view_without_a_name_is_not_saved_and_says_so(desk: Desk) -> None:
    sofie = desk.client(SOFIE)
    save(sofie, " ", "lamp")

    assert "Not saved" in sofie.get("/console/").content.decode()
