"""From a mail to an answer and back, on a whole desk, as a new user would try it."""

import email
import http.cookiejar
import json
import mailbox
import re
import smtplib
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import TypeVar

import pytest

from tests.house.desk import Desk, a_desk

pytestmark = pytest.mark.crash

SECONDS_MAX = 300.0
ANNEKE, US = "anneke@home.example", "support@lindenhof.example"
Found = TypeVar("Found")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk with one mailbox, one team, and Sofie in it."""
    with a_desk(tmp_path / "data", is_made=True) as found:
        found.start()
        done = found.unbroken("mailbox", "set", "support", US, "--default")
        assert done.returncode == 0, done.stderr
        yield found


class Browser:
    """Somebody's browser: cookies, forms, redirects; no scripts."""

    def __init__(self, desk: Desk) -> None:
        self.base = f"http://127.0.0.1:{desk.http}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.page = ""
        self.address = ""

    def get(self, path: str) -> str:
        """A page."""
        return self._open(urllib.request.Request(self.base + path))

    def post(self, path: str, **fields: str) -> str:
        """The form of the page that is open, filled in."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert token is not None, self.page[:2000]
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields})
        return self._open(urllib.request.Request(self.base + path, form.encode()))

    def _open(self, request: urllib.request.Request) -> str:
        with self.opener.open(request, timeout=120) as answer:
            self.address, self.page = answer.geturl(), answer.read().decode()
        return self.page


def sofie(desk: Desk) -> Browser:
    """Sofie is hired by one command and signs in."""
    hired = desk.unbroken(
        "agent", "add", "--name", "Sofie", "--email", "sofie@desk.example", "--team", "first-line",
        "--admin", "--json",
    )  # fmt: skip
    assert hired.returncode == 0, hired.stderr
    browser = Browser(desk)
    browser.get("/sign-in")
    password = json.loads(hired.stdout)["password"]
    browser.post("/sign-in", email="sofie@desk.example", password=password)
    assert browser.address.endswith("/console/"), browser.address
    return browser


def until(look: Callable[[], Found | None]) -> Found:
    """What is seen as soon as it is there."""
    end = time.monotonic() + SECONDS_MAX
    while (found := look()) is None:
        assert time.monotonic() < end, f"it never came:\n{look.__name__}"
        time.sleep(0.1)
    return found


def sent(desk: Desk) -> list[EmailMessage]:
    """What lies in the folder of sent mail, the oldest first."""
    files = sorted((desk.data / "sent").glob("u.*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]


def words_of(mail: EmailMessage) -> str:
    """The plain words of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def a_mail(subject: str, words: str, **headers: str) -> EmailMessage:
    """A mail from Anneke, as any mail client makes it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Anneke <{ANNEKE}>", US, subject
    mail["Date"] = "Sun, 24 May 2026 08:05:00 +0200"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


def hand_in(desk: Desk, mail: EmailMessage) -> None:
    """Through the SMTP door."""
    with smtplib.SMTP("127.0.0.1", desk.smtp, timeout=120) as door:
        assert door.send_message(mail) == {}


def number_on_the_list(browser: Browser, subject: str) -> str | None:
    """The number of the ticket with this subject, if it is on the list of what to do."""
    page = browser.get("/console/")
    for line in re.finditer(r'href="/console/tickets/(\d+)"(.*?)</a>', page, re.DOTALL):
        if subject in line[2]:
            return line[1]
    return None


def answer_in_the_console(browser: Browser, number: str, words: str) -> None:
    """Write an answer on the page of a ticket and send it."""
    browser.get(f"/console/tickets/{number}")
    browser.post(f"/console/tickets/{number}/messages", mode="reply", words=words)
    assert words in browser.page


def follow(desk: Desk, mail: EmailMessage) -> str:
    """The page behind the link in a mail, in a browser of which nothing is known."""
    link = re.search(r"https?://[^\s]+(/r/[^\s]+)", words_of(mail))
    assert link is not None, words_of(mail)
    page = Browser(desk).get(link[1])
    assert "/requests/" in page
    return page


def test_a_mail_is_answered_and_the_answer_answered(desk: Desk) -> None:
    browser = sofie(desk)

    hand_in(desk, a_mail("no sync", "the DSL lamp goes out", Message_ID="<1@home.example>"))
    number = until(lambda: number_on_the_list(browser, "no sync"))
    receipt = until(lambda: next(iter(sent(desk)), None))
    answer_in_the_console(browser, number, "Which lamp is dark?")
    answer = until(lambda: next((m for m in sent(desk) if "Which lamp" in words_of(m)), None))

    assert receipt["Auto-Submitted"] == "auto-replied"
    assert receipt["In-Reply-To"] == "<1@home.example>"
    assert number in receipt["Subject"] + words_of(receipt)
    assert answer["To"].addresses[0].addr_spec == ANNEKE
    assert "<1@home.example>" in answer["References"]
    catcher = browser.get("/console/mail")
    assert answer["Message-ID"].strip("<>").partition("@")[0] in catcher

    quoted = "\n".join(f"> {line}" for line in words_of(answer).splitlines())
    back = a_mail(
        f"Re: {answer['Subject']}", f"The second one.\n\nOn Sunday Sofie wrote:\n{quoted}\n",
        Message_ID="<2@home.example>", In_Reply_To=answer["Message-ID"],
        References=f"{answer['References']} {answer['Message-ID']}",
    )  # fmt: skip
    hand_in(desk, back)

    def there() -> str | None:
        page = browser.get(f"/console/tickets/{number}")
        return page if "The second one." in page else None

    until(there)
    page = follow(desk, receipt)
    for words in ("the DSL lamp goes out", "Which lamp is dark?", "The second one."):
        assert words in page
    tickets = json.loads(f"[{','.join(desk.unbroken('tickets', '--json').stdout.splitlines())}]")
    assert [str(ticket["number"]) for ticket in tickets] == [number]
    assert len(sent(desk)) == 2, "one receipt and one answer, nothing to the answer's answer"


def test_a_mailbox_of_mail_taken_in_by_one_command_is_worked_on_like_any_other(
    desk: Desk, tmp_path: Path
) -> None:
    box = mailbox.mbox(tmp_path / "old.mbox")
    box.add(a_mail("slow in the evening", "since Monday", Message_ID="<a@home.example>"))
    more = a_mail("Re: slow in the evening", "still", In_Reply_To="<a@home.example>")
    box.add(more)
    box.add(a_mail("another thing", "the bill is wrong", Message_ID="<c@home.example>"))
    box.close()
    browser = sofie(desk)

    taken = desk.unbroken("import", "mail", str(tmp_path / "old.mbox"), "--json", "--adopt")
    again = desk.unbroken("import", "mail", str(tmp_path / "old.mbox"), "--json", "--adopt")

    assert taken.returncode == 0, taken.stderr
    assert {**json.loads(taken.stdout), "tickets": 2, "adopted": 2} == json.loads(taken.stdout)
    assert json.loads(taken.stdout)["new"] == 3
    assert json.loads(again.stdout)["new"] == 0
    number = until(lambda: number_on_the_list(browser, "slow in the evening"))
    page = browser.get(f"/console/tickets/{number}")
    assert "since Monday" in page
    assert "still" in page

    answer_in_the_console(browser, number, "We widen the line.")
    answer = until(lambda: next((m for m in sent(desk) if "We widen" in words_of(m)), None))
    hand_in(
        desk,
        a_mail("Re: slow", "Thank you.", Message_ID="<d@home.example>",
               References=answer["Message-ID"]),
    )  # fmt: skip

    def there() -> str | None:
        page = browser.get(f"/console/tickets/{number}")
        return page if "Thank you." in page else None

    until(there)
    page = follow(desk, answer)
    for words in ("since Monday", "We widen the line.", "Thank you."):
        assert words in page
    assert len(sent(desk)) == 1, "what was imported is not acknowledged"
