"""Bad input on every page and by every way in: a clear refusal or a safe showing."""

import base64
import csv
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.security.addresses import (
    operations,
    routes,
)
from tests.security.crowd import ANNEKE, MILA, Crowd, a_mail, mail_arrives
from tests.security.walk import ask
from unbroken.conversation import queries as conversation
from unbroken.conversation.models import TroubleTicket
from unbroken.directory import queries as directory
from unbroken.ground.clock import now
from unbroken.portal.limits import FILE_BYTES_MAX, FILES_MAX
from unbroken.portal.once import form_number

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SCRIPT = "<script>alert('pwn')</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
FORMULA = '=HYPERLINK("http://evil.example","pay")'
HEADER = re.compile(r'attachment; filename="[^"\r\n/\\]*"(; filename\*=[^\r\n]+)?')
RTL = "invoice\u202efdp.exe"
HOMOGRAPH = "Ann\u0435k\u0435 de Wit <anneke@h\u043eme.example>"  # Cyrillic letters that look Latin


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "/etc/shadow",
        "C:\\con",
        'a"; filename="b.exe',
        "x.html\u0000.txt",
        RTL,
        "'; DROP TABLE message; --.txt",
        f"{SCRIPT}.txt",
        "n" * 5_000 + ".txt",
        ".htaccess",
    ],
)
def test_no_name_of_a_file_leads_anywhere_or_hides_what_it_is(crowd: Crowd, name: str) -> None:
    """Attack: paths, quotes, scripts and mirrors in the name of an attachment, by three ways in."""
    coded = base64.b64encode(name.encode()).decode()
    raw = a_mail(
        f"Content-Type: text/plain; name==?utf-8?b?{coded}?=",
        f"Content-Disposition: attachment; filename==?utf-8?b?{coded}?=",
    )
    tickets = [int(mail_arrives(raw, at=now())), _by_form(crowd, name), _by_api(crowd, name)]
    client = crowd.agent(MILA)

    for ticket in tickets:
        kept = [f for m in conversation.messages_of(ticket) for f in m.attachments]
        assert kept, ticket
        page = client.get(f"/console/tickets/{ticket}").content.decode()
        assert SCRIPT not in page
        for file in kept:
            assert "/" not in file.name, file.name
            assert "\\" not in file.name, file.name
            assert "\u202e" not in file.name
            assert not file.name.startswith(".")
            assert len(file.name) <= 200
            path = f"/console/tickets/{ticket}/files/{file.id}?open=held"
            head = client.get(path).headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[^"\r\n/\\]*"(; filename\*=.+)?', head), (
                head
            )
            assert "\n" not in head


def _by_form(crowd: Crowd, name: str) -> int:
    file = SimpleUploadedFile("x", b"hello", "text/plain")
    # Past the library's own cleaning; no system has longer names.
    file._name = name[:250]  # type: ignore[attr-defined]
    form = {**_question(), "files": file}
    answer = crowd.stranger().post("/ask", form)
    assert answer.status_code == 303, answer.content
    return int(answer.headers["Location"].rpartition("/")[2])


def _by_api(crowd: Crowd, name: str) -> int:
    given = {
        "description": "Mine.",
        "files": [{"name": name.replace("\0", "")[:255], "content": "aGk="}],
    }
    answer = _api(crowd, given)
    assert answer.status_code == 201, answer.content
    return int(answer.json()["number"])


def _api(crowd: Crowd, given: object, path: str = "/api/tickets") -> Any:
    headers = {"accept": "application/json", "authorization": f"Bearer {crowd.tokens['all']}"}
    return ask(crowd.stranger(), "POST", path, given, **headers)


def _question(**fields: str) -> dict[str, str]:
    known = {"kind": "incident", "words": "Dark.", "name": "Eve", "email": "eve@elsewhere.example"}
    return {"form": form_number(), **known, **fields}


# ── what they wrote, shown ────────────────────────────────────────────────────

MARKED_UP = f"""\
<html><head><style>@import url(https://evil.example/x.css)</style></head><body>
{SCRIPT}<svg onload=alert(1)><a href="javascript:alert(1)">here</a>
<img src="https://evil.example/pixel.gif"><iframe src="https://evil.example"></iframe>
<form action="https://evil.example"><input name=p></form><base href="https://evil.example/">
<meta http-equiv=refresh content="0;url=https://evil.example"><p>the lamp is dark</p></body></html>
"""


def test_what_is_marked_up_is_shown_as_words_alone(crowd: Crowd) -> None:
    """Attack: scripts, pictures that report back, forms, in a mail, a name, a subject, a form."""
    raw = a_mail(
        f'From: "{SCRIPT.replace(chr(39), "")}" <{ANNEKE}>',
        f"Subject: {IMAGE} {SCRIPT}",
        "Content-Type: text/html; charset=utf-8",
        body=MARKED_UP,
    )
    by_mail = mail_arrives(raw, at=now())
    form = _question(words=f"{SCRIPT} {IMAGE}", subject=IMAGE, name=SCRIPT)
    by_form = int(crowd.stranger().post("/ask", form).headers["Location"].rpartition("/")[2])
    given = {"description": SCRIPT + IMAGE, "name": IMAGE, "contact": {"name": SCRIPT}}
    by_api = int(_api(crowd, given).json()["number"])
    agent, anneke = crowd.agent(MILA), crowd.reader(ANNEKE)

    pages = [agent.get(f"/console/tickets/{one}") for one in (by_mail, by_form, by_api)]
    pages += [agent.get("/console/"), agent.get("/console/contacts")]
    pages += [anneke.get(f"/requests/{by_mail}"), anneke.get("/requests"), anneke.get("/")]

    for page in pages:
        told = page.content.decode()
        assert page.status_code == 200
        assert SCRIPT not in told
        assert "<img src=x" not in told
        assert "<svg onload" not in told
        assert '<iframe src="https://evil' not in told
        assert not re.search(r"(src|href|action)=[\"']?(https?:)?//evil\.example", told)
        assert not re.search(r"href=[\"']?javascript:", told)
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert "the lamp is dark" in pages[0].content.decode()


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"]
)
def test_a_file_that_could_run_is_handed_out_to_be_kept(crowd: Crowd, kind: str) -> None:
    """Attack: a page with a script, opened on our own address with the agent's cookies."""
    note = {
        "mode": "note", "words": "See.",
        "files": SimpleUploadedFile("a.svg", f"<svg>{SCRIPT}</svg>".encode(), kind),
    }  # fmt: skip
    client = crowd.agent(MILA)
    client.post(f"/console/tickets/{crowd.ticket}/messages", note)
    file = conversation.messages_of(crowd.ticket)[-1].attachments[0]

    answer = client.get(f"/console/tickets/{crowd.ticket}/files/{file.id}?open=held")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_raw_source_is_never_a_page(crowd: Crowd) -> None:
    """Attack: a mail whose source is HTML, looked at as it came."""
    path = f"/console/tickets/{crowd.ticket}/messages/{crowd.message}/source"

    answer = crowd.agent(MILA).get(path)

    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_somebody_who_looks_like_anneke_is_not_anneke(crowd: Crowd) -> None:
    """Attack: Cyrillic letters in a name and a domain that read like hers."""
    ticket = mail_arrives(
        a_mail(f"From: {HOMOGRAPH}", f"Subject: [#{crowd.ticket}] the quokka"), at=now()
    )

    assert ticket != crowd.ticket
    facts = conversation.ticket_facts(ticket)
    assert facts is not None
    assert facts.contact_id != crowd.contacts[ANNEKE]
    assert facts.customer_id is None
    card = directory.contact(facts.contact_id)  # type: ignore[arg-type]
    assert card is None or not card.confirmed


TABLES = {
    "console/admin/audit.csv",
    "console/admin/credits.csv",
    "console/ahead/lines.csv",
    "console/ahead/links.csv",
    "console/dashboards/promises.csv",
    "console/dashboards/support.csv",
    "console/problems/after.csv",
    "console/dashboards/foreseen.csv",
    "console/reports/table.csv",
    "console/requests.csv",
}
"""Addresses that hand out a table for spreadsheets; each is written by `ground.sheet`."""

HANDED_OUT = TABLES | {
    "console/admin/exports/<export_id>",
    "console/admin/persons/<contact_id>/exports",
}
"""And a person's own data: JSON and mails in a ZIP, which no spreadsheet opens."""


def test_no_table_carries_a_formula(crowd: Crowd) -> None:
    """Attack: a subject that a spreadsheet runs. Whoever adds a table finds this test."""
    given = {"description": FORMULA, "name": FORMULA}
    number = _api(crowd, given).json()["number"]
    client = crowd.agent(MILA)

    every = [*routes(), *(path for _method, path in operations())]
    assert {one for one in every if re.search(r"csv|xls|ods|export|download", one)} == HANDED_OUT
    for table in sorted(one for one in TABLES if "<" not in one):
        lines = list(csv.reader(client.get(f"/{table}").content.decode("utf-8-sig").splitlines()))
        assert lines, table
        assert [cell for line in lines for cell in line if cell.startswith(("=", "@"))] == []
    for path in ("/console/", f"/console/tickets/{number}"):
        for asked in ("?format=csv", "?export=1"):
            answer = client.get(path + asked, headers={"accept": "text/csv"})
            assert answer.headers["Content-Type"].startswith("text/html")


# ── bodies and sizes ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b'{"description": ' + b"9" * 100_000 + b"}",
        b'{"description": "a", "description": "b\xff"}',
        b"\xef\xbb\xbf{}",
        b"null",
        b'{"description": "\\ud800"}',
        b'{"description": "x", "__proto__": {"a": 1}}',
    ],
    ids=["open", "deep", "digits", "bytes", "bom", "null", "surrogate", "proto"],
)
def test_a_body_that_is_no_request_is_refused_in_a_sentence(crowd: Crowd, body: bytes) -> None:
    """Attack: JSON that is deep, endless or none."""
    before = TroubleTicket.objects.count()
    answer = crowd.stranger().generic(
        "POST", "/api/tickets", body, "application/json",
        headers={"authorization": f"Bearer {crowd.tokens['all']}"},
    )  # fmt: skip

    assert 400 <= answer.status_code < 500, answer.content[:300]
    assert json.loads(answer.content)["reason"]
    assert TroubleTicket.objects.count() == before


def test_a_file_too_large_is_refused_with_the_words_still_there(crowd: Crowd) -> None:
    large = SimpleUploadedFile("big.bin", b"x" * (FILE_BYTES_MAX + 1))
    answer = crowd.stranger().post("/ask", {**_question(words="My long story."), "files": large})

    assert answer.status_code == 422
    assert "My long story." in answer.content.decode()


def test_too_many_files_are_refused_with_the_words_still_there(crowd: Crowd) -> None:
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(FILES_MAX + 1)]
    answer = crowd.stranger().post("/ask", {**_question(words="My long story."), "files": many})

    assert answer.status_code == 422
    assert "My long story." in answer.content.decode()


def test_a_form_with_a_hundred_thousand_fields_is_refused(db: None) -> None:
    """Attack: a form whose reading alone takes a minute."""
    body = "&".join(f"f{n}=" for n in range(100_000))

    answer = Browser(raise_request_exception=False).post(
        "/ask", body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


def test_what_the_settings_refuse_is_less_than_what_the_house_takes() -> None:
    """100 MB are refused by their announcement (see the tests of the web process), and what
    Django is asked to hold never exceeds what the web process lets through."""
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < settings.REQUEST_BYTES_MAX < 100 * 1024 * 1024
