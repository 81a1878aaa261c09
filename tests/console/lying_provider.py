"""An identity provider that a test can make lie: a real HTTP server with a key of its own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey

from unbroken.ground.clock import now


@cache
def a_key(name: str) -> ECKey:
    """A key to sign with."""
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig"})


@dataclass
class Liar:
    """What it says, and with which key; a test bends one thing at a time."""

    issuer: str = ""
    key: ECKey = field(default_factory=lambda: a_key("first"))
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "ES256"
    particulars: dict[str, Any] | None = None
    asked: dict[str, str] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)

    def agrees(self, way_there: str, **more: str) -> str:
        """What the browser is sent back with when somebody signs in there."""
        self.asked = {key: one[0] for key, one in parse_qs(urlsplit(way_there).query).items()}
        back = urlsplit(self.asked["redirect_uri"]).path
        return f"{back}?{urlencode({'code': 'c', 'state': self.asked['state'], **more})}"

    def token(self) -> str:
        """The ID token, as true or as false as it was told to be."""
        at = now()
        claims = {
            "iss": self.issuer,
            "aud": self.asked.get("client_id"),
            "sub": "sofie-1",
            "iat": int(at.timestamp()),
            "exp": int((at + timedelta(minutes=5)).timestamp()),
            "nonce": self.asked.get("nonce"),
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "none":
            return _unsigned(header, claims)
        if self.algorithm == "HS256":
            key = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def answer(self, path: str) -> Mapping[str, Any]:
        """One of its pages."""
        if path.endswith("/openid-configuration"):
            ways = ("authorization", "token", "userinfo", "end_session")
            known = {f"{way}_endpoint": f"{self.issuer}/{way}" for way in ways}
            known |= {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks"}
            return {**known, **self.described}
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/userinfo":
            return self.particulars or {"sub": "sofie-1"}
        return {"id_token": self.token(), "access_token": "a", "token_type": "Bearer"}


def _unsigned(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    signed = jws.serialize_compact(
        {"alg": "HS256"}, json.dumps(claims), OctKey.generate_key(), algorithms=["HS256"]
    )
    bare = OctKey.import_key(json.dumps(header)).as_dict()["k"]
    return f"{bare}.{signed.split('.')[1]}."


@contextmanager
def a_liar() -> Iterator[Liar]:
    """It listens until the end of the block."""
    liar = Liar()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say()

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            sent = parse_qs(self.rfile.read(size).decode())
            liar.forms.append({key: one[0] for key, one in sent.items()})
            self._say()

        def _say(self) -> None:
            told = json.dumps(liar.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_given: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
