"""The mail catcher: what the desk has sent, when it sends into a folder instead of to people.

Only for `UNBROKEN_SMTP_URL=file:///DIR`, as in the demo. What is shown is what a customer
would get; the HTML part stands in a frame that may run nothing and load nothing. An agent sees
the mails of the requests they may see; links and codes by which a customer becomes known, which
belong to no request, are for an administrator alone.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.ground.pages import answer
from unbroken.intake.desk import secret
from unbroken.intake.mail.tokens import read_token
from unbroken.intake.ways import way_out
from unbroken.staffing.queries import AgentCard

SHOWN_MAX = 100
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=+-]{0,200}")
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail in the folder."""

    name: str
    to: str
    subject: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenMail:
    """One mail, opened."""

    sent: SentMail
    headers: tuple[tuple[str, str], ...]
    text: str
    has_html: bool


@agent_required
@require_GET
def mails(request: AgentRequest) -> HttpResponse:
    """The latest mails."""
    folder = sent_folder()
    found = _latest(folder, request.agent) if folder else []
    context = {
        "agent": request.agent,
        "place": "mail",
        "is_folder": folder is not None,
        "mails": found,
        "relay": "" if folder else (urlsplit(way_out()).hostname or ""),
    }
    return answer(request, "console/mail/list.html", context)


@agent_required
@require_GET
def mail(request: AgentRequest, name: str) -> HttpResponse:
    """One mail as its reader gets it."""
    message, sent = _opened(name, request.agent)
    context = {
        "agent": request.agent,
        "place": "mail",
        "mail": OpenMail(
            sent=sent,
            headers=tuple((key, str(value)) for key, value in message.items()),
            text=_part(message, "plain"),
            has_html=bool(_part(message, "html")),
        ),
    }
    return answer(request, "console/mail/show.html", context)


@agent_required
@xframe_options_sameorigin
@require_GET
def mail_html(request: AgentRequest, name: str) -> HttpResponse:
    """The HTML part alone, for its frame: no script, nothing from outside."""
    message, _sent = _opened(name, request.agent)
    response = HttpResponse(_part(message, "html"))
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sent_folder() -> Path | None:
    """Where mail is put; None when it really goes out."""
    target = urlsplit(way_out())
    return Path(unquote(target.path)) if target.scheme == "file" else None


def _latest(folder: Path, agent: AgentCard) -> list[SentMail]:
    """The newest files that the agent may read, read only as far as their headers."""
    try:
        files = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.eml")]
    except OSError:
        return []
    may_read = _readable([path.stem for _time, path in files], agent)
    readable = [(time, path) for time, path in files if path.stem in may_read]
    newest = sorted(readable, reverse=True)[:SHOWN_MAX]
    return [_glance(path) for _time, path in newest]


def _glance(path: Path) -> SentMail:
    with path.open("rb") as file:
        return _sent(path.stem, _read(file.read(32_000)))


def _readable(names: list[str], agent: AgentCard) -> frozenset[str]:
    """Which of these mails an agent may read: a mail is named by our mark of its ticket."""
    if agent.sees_all:
        return frozenset(names)
    tickets = {name: read_token(f"{name}@", secret()) for name in names}
    seen = access.tickets_seen(agent, [one for one in tickets.values() if one is not None])
    return frozenset(name for name, ticket in tickets.items() if ticket in seen)


def _opened(name: str, agent: AgentCard) -> tuple[EmailMessage, SentMail]:
    folder = sent_folder()
    if folder is None or not NAME.fullmatch(name) or name not in _readable([name], agent):
        raise Http404("mail")
    try:
        message = _read((folder / f"{name}.eml").read_bytes())
    except OSError:
        raise Http404("mail") from None
    return message, _sent(name, message)


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def _sent(name: str, message: EmailMessage) -> SentMail:
    return SentMail(name, str(message["to"] or ""), str(message["subject"] or ""), _date(message))


def _date(message: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(message["date"]))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
