"""What is the same for everybody is served from memory, also while what makes it is away."""

import asyncio
from typing import Any

from unbroken.house import remembered
from unbroken.house.remembered import Memory, Scope
from unbroken.house.web import Message, Receive, Send

PUBLIC = (b"Cache-Control", b"public, max-age=10")


class Maker:
    """Makes a page and counts how often; may be away."""

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.made, self.status, self.headers = 0, 200, [*headers]
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made += 1
        self.scopes.append(scope)
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": f"page {self.made}".encode()})


def scope_of(path: str = "/status", query: bytes = b"", **headers: str) -> Scope:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"method": "GET", "path": path, "query_string": query, "headers": pairs}


def ask(memory: Memory, *scopes: Scope) -> list[tuple[int, bytes]]:
    """The answers, with all that was begun behind the scenes done in between."""
    answers: list[tuple[int, bytes]] = []

    async def run() -> None:
        for scope in scopes:
            said: list[Any] = []

            async def take(message: Message, said: list[Any] = said) -> None:
                said.append(message)

            await memory.answer(scope, take)
            await asyncio.gather(*memory.tasks)
            answers.append((said[0]["status"], said[-1]["body"]))

    asyncio.run(run())
    return answers


def test_many_ask_and_one_page_is_made() -> None:
    maker = Maker(PUBLIC)

    answers = ask(Memory(maker), *[scope_of() for _ in range(50)])

    assert answers == [(200, b"page 1")] * 50
    assert maker.made == 1


def test_while_the_database_is_away_the_old_page_stays() -> None:
    maker, seconds = Maker(PUBLIC), [0.0]
    memory = Memory(maker, clock=lambda: seconds[0])
    ask(memory, scope_of())

    maker.status, seconds[0] = 500, 60.0
    assert ask(memory, scope_of(), scope_of()) == [(200, b"page 1")] * 2
    assert maker.made == 2, "tried once behind the scenes, and not again at once"

    maker.status, seconds[0] = 200, 70.0
    assert ask(memory, scope_of(), scope_of())[-1] == (200, b"page 3")


def test_a_page_that_sets_a_cookie_or_is_private_is_nobody_elses() -> None:
    for header in ((b"Set-Cookie", b"a=b"), (b"Cache-Control", b"private")):
        maker = Maker(PUBLIC, header)
        ask(Memory(maker), scope_of(), scope_of())
        assert maker.made == 2, header


def test_who_asks_is_not_told_to_whoever_makes_the_page() -> None:
    maker = Maker(PUBLIC)

    ask(Memory(maker), scope_of(cookie="sessionid=secret; unbroken_theme=dark"))

    assert maker.scopes[0]["headers"] == [(b"cookie", b"unbroken_theme=dark")]


def test_strangers_cannot_fill_the_memory_with_variants() -> None:
    keys = {
        remembered.key_of(scope_of(accept_language=f"x{n}", cookie=f"unbroken_theme=t{n}"))
        for n in range(50)
    }

    assert len(keys) == 1
    assert not Memory(Maker()).knows(scope_of(query=b"in=xx"))
    assert Memory(Maker()).knows(scope_of(query=b"in=ru"))
