"""Who is let in: tokens, what they are good for, which tickets they see."""

import pytest

from tests.api.systems import MONDAY, System, system
from unbroken.conversation.actions import assign_ticket
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.staffing.actions import issue_token, open_team, revoke_token
from unbroken.staffing.ids import TokenId
from unbroken.staffing.models import ApiToken
from unbroken.staffing.token_scopes import READ, WRITE
from unbroken.staffing.token_secrets import as_token, read_token
from unbroken.staffing.tokens import caller_with, tokens

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


def test_a_token_is_shown_once_and_only_its_hash_is_kept() -> None:
    number, token = issue_token(name="shop", by=HOUSE, at=MONDAY)

    _, secret = read_token(token) or (0, "")
    kept = ApiToken.objects.get(pk=number)
    assert secret not in str(vars(kept))
    assert secret not in str([event.data for event in events_of([f"token:{number}"])])
    caller = caller_with(token)
    assert caller is not None
    assert caller.name == "shop"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "unbroken",
        "unbroken_1",
        "unbroken_1_",
        "unbroken_x_secret",
        "unbroken_999999999999999_secret",
        "unbroken_99999999999999999999_secret",
        "unbroken_١_secret",
        "unbroken_1_säkret",
        "unbroken_-1_secret",
        "Basic c29maWU6cGFzcw==",
    ],
)
def test_nobody_is_let_in_with_something_that_is_no_token(wrong: str) -> None:
    answer = System(wrong).get("/api/tickets")

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in answer.reason


def test_the_secret_of_one_token_does_not_open_another() -> None:
    """Attack: a known secret under another's number."""
    first, token = issue_token(name="shop", by=HOUSE, at=MONDAY)
    second, _ = issue_token(name="monitoring", by=HOUSE, at=MONDAY)
    secret = token.removeprefix(as_token(first, ""))

    assert System(as_token(second, secret)).get("/api/tickets").status == 401


def test_a_withdrawn_token_opens_nothing() -> None:
    number, token = issue_token(name="shop", by=HOUSE, at=MONDAY)
    assert System(token).get("/api/tickets").status == 200

    revoke_token(token_id=number, by=HOUSE, at=MONDAY)
    revoke_token(token_id=number, by=HOUSE, at=MONDAY)

    assert System(token).get("/api/tickets").status == 401
    assert [row.revoked_at for row in tokens()] == [MONDAY]
    assert len(events_of([f"token:{number}"])) == 2


def test_a_token_does_only_what_it_is_good_for() -> None:
    reader, writer = system(scopes=(READ,)), system(scopes=(WRITE,))

    assert reader.post("/api/tickets", {"description": "x"}).status == 403
    refused = writer.get("/api/tickets")
    assert refused.status == 403
    assert READ in refused.reason


def test_a_token_of_some_teams_sees_their_tickets_and_its_own_and_no_other() -> None:
    """Attack: the router team's monitoring asks for a billing ticket by its number."""
    routers = open_team(key="routers", name="Routers", by=HOUSE, at=MONDAY)
    billing = open_team(key="billing", name="Billing", by=HOUSE, at=MONDAY)
    everything, limited = system(), system("routers")
    theirs, foreign, unsorted = (everything.opens() for _ in range(3))
    own = limited.opens()
    for ticket, team in ((theirs, routers), (foreign, billing)):
        assign_ticket(ticket_id=TicketId(ticket), team_id=team, agent_id=None, by=HOUSE, at=MONDAY)

    listed = limited.get("/api/tickets").body["tickets"]
    assert [ticket["number"] for ticket in listed] == [own, theirs]
    for hidden in (foreign, unsorted, 999):
        for path in ("", "/messages", "/timeline", "/attachments/1", "/messages/1"):
            assert limited.get(f"/api/tickets/{hidden}{path}").status == 404
        assert limited.patch(f"/api/tickets/{hidden}", {"status": "closed"}).status == 404
        for path in ("/notes", "/replies", "/messages"):
            assert limited.post(f"/api/tickets/{hidden}{path}", {"text": "x"}).status == 404
    assert len(everything.get("/api/tickets").body["tickets"]) == 4


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        ({"name": " "}, "token.no_name"),
        ({"scopes": ("tickets:burn",)}, "token.unknown_scope"),
        ({"teams": ("nobody",)}, "token.unknown_team"),
    ],
)
def test_a_token_for_nothing_is_refused(wish: dict[str, object], key: str) -> None:
    with pytest.raises(Refused) as refusal:
        issue_token(**{"name": "shop", "by": HOUSE, "at": MONDAY, **wish})  # type: ignore[arg-type]
    assert refusal.value.key == key
    assert str(refusal.value)


def test_revoking_a_token_that_is_not_there_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ApiToken.DoesNotExist):
        revoke_token(token_id=TokenId(7), by=HOUSE, at=MONDAY)
