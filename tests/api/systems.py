"""Other systems that speak to the desk, and the people they speak for."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from unbroken.ground.actor import HOUSE
from unbroken.staffing.actions import issue_token
from unbroken.staffing.token_scopes import SCOPES

MONDAY = datetime(2026, 5, 25, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def reason(self) -> str:
        """The sentence of an error."""
        return str(self.body["reason"])


@dataclass(frozen=True)
class System:
    """Another system with a token in its hand (or none, or a wrong one)."""

    token: str
    language: str = "en"

    def get(self, path: str, **headers: str) -> Answer:
        return self._send("get", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> Answer:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: object, **headers: str) -> Answer:
        return self._send("patch", path, body, headers)

    def opens(self, description: str = "The DSL lamp is dark.", **more: object) -> int:
        """A new ticket; returns its number."""
        answer = self.post("/api/tickets", {"description": description, **more})
        assert answer.status == 201, answer
        return int(answer.body["number"])

    def _send(self, method: str, path: str, body: object, headers: dict[str, str]) -> Answer:
        client = Client(raise_request_exception=False)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            given["Authorization"] = f"Bearer {self.token}"
        given["Accept-Language"] = self.language
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        response: HttpResponse = getattr(client, method)(
            path,
            **({} if method == "get" else {"data": data, "content_type": "application/json"}),
            headers=given,
        )
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        return Answer(
            response.status_code,
            json.loads(response.content) if is_json else response.content,
            dict(response.headers),
        )


def within(address: str) -> str:
    """The path of an address that the API told, whatever the desk calls itself."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def system(*teams: str, scopes: tuple[str, ...] = SCOPES, name: str = "shop") -> System:
    """Another system with a token of its own."""
    _id, token = issue_token(name=name, scopes=scopes, teams=teams, by=HOUSE, at=MONDAY)
    return System(token)
