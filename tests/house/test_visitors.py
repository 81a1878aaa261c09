"""Behind a proxy everybody seems to come from one place; whom we trust to say better."""

import asyncio

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from tests.house.test_web import Answer, ask
from unbroken.house import environment
from unbroken.house.addresses import WrongSetting
from unbroken.house.visitors import networks, steps, visitor

PROXIES = networks("127.0.0.1, 10.0.0.0/8, ::1")
ANNEKE, EVE = "203.0.113.7", "198.51.100.66"


def place(request: HttpRequest) -> HttpResponse:
    """From where somebody comes, as every limit sees it."""
    return HttpResponse(request.META["REMOTE_ADDR"])


urlpatterns = [path("place", place)]


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("127.0.0.1", [ANNEKE], ANNEKE),
        ("10.1.2.3", [ANNEKE, "127.0.0.1"], ANNEKE),
        ("::1", ["2001:db8::7"], "2001:db8::7"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["unknown"], "127.0.0.1"),
    ],
)
def test_a_proxy_of_ours_says_who_calls(peer: str, forwarded: list[str], who: str) -> None:
    assert visitor(peer, forwarded, proxies=PROXIES) == who


def test_nobody_else_is_believed() -> None:
    """Attack: a stranger names another address each time, so that no limit ever counts."""
    assert visitor(EVE, [ANNEKE], proxies=PROXIES) == EVE
    assert visitor("127.0.0.1", [ANNEKE, EVE], proxies=PROXIES) == EVE
    assert visitor("127.0.0.1", [ANNEKE], proxies=()) == "127.0.0.1"


def test_several_headers_are_one_list() -> None:
    headers = [(b"x-forwarded-for", b"a, b"), (b"host", b"x"), (b"x-forwarded-for", b"c")]

    assert steps(headers) == ["a", "b", "c"]


@pytest.mark.parametrize(("setting", "seen"), [("127.0.0.1", ANNEKE), ("", "127.0.0.1")])
def test_every_page_sees_the_visitor(setting: str, seen: str) -> None:
    read = environment.read({"UNBROKEN_PROXIES": setting})

    async def asked() -> Answer:
        headers = [(b"host", b"testserver"), (b"x-forwarded-for", ANNEKE.encode())]
        return await ask(path="/place", client=("127.0.0.1", 4711), headers=headers)

    with override_settings(ROOT_URLCONF=__name__, UNBROKEN=read, MIDDLEWARE=[]):
        answer = asyncio.run(asked())

    assert answer.body.decode() == seen


def test_what_is_no_network_is_a_wrong_setting() -> None:
    with pytest.raises(WrongSetting, match="UNBROKEN_PROXIES must be addresses or networks"):
        environment.read({"UNBROKEN_PROXIES": "the one next door"})
