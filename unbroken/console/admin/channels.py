"""Channels: mailboxes with where their mail is fetched, the way out, each with a test button."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import (
    CHANGED,
    KEY,
    TAKEN_BACK,
    Sent,
    attempt,
    cleaned,
    done,
    page,
    sent,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import LANGUAGES, _, current_language, in_language
from unbroken.intake import ways
from unbroken.intake.actions import set_mailbox
from unbroken.intake.channels import channels as every_channel
from unbroken.intake.imap_box import BoxSettings, BoxTrouble
from unbroken.intake.mailboxes import (
    StoredMailbox,
    by_key,
    may_keep_password,
    protection,
    sealed_password,
    stored_mailboxes,
)
from unbroken.intake.trying import Tried, try_mailbox, try_outgoing
from unbroken.routing import queries as routing
from unbroken.routing.actions import set_queue
from unbroken.staffing.permissions import MANAGE_CHANNELS, MANAGE_QUEUES, READ_ADMINISTRATION

ADDED = _("Mail to {address} is read from now on.")
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
SUBJECT, TEXT = _("A test of the way out"), _("This mail left your desk. Nothing has to be done.")
TLS = {
    "tls": _("private from the first byte (TLS, port 993)"),
    "starttls": _("made private first (STARTTLS, port 143)"),
    "none": _("not private (only on this machine)"),
}
AFTER = {"seen": _("marked as read"), "leave": _("left as they are")}
BEGIN = {
    "unseen": _("what nobody has read"),
    "all": _("everything"),
    "new": _("only what comes from now on"),
}
refusals(
    {
        "admin.no_address": _("Give a mail address as support@isp.example."),
        "admin.bad_box": _("Where the mail is fetched: {said}"),
    }
)

reading = allowed(do=MANAGE_CHANNELS, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_CHANNELS)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: AgentRequest) -> HttpResponse:
    """Every channel, every mailbox, the way out; a form for one more mailbox."""
    if request.method != "POST":
        return _list(request)
    wrong = attempt(lambda: _open(request))
    if wrong:
        return _list(request, wrong)
    address = cleaned(request.POST.get("address")).lower()
    return done(request, ADDED, "console:admin_channels", address=address)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """One mailbox; with the button `try` nothing is kept."""
    row = _row(mailbox_id)
    if request.method != "POST":
        return _page(request, row)
    if "try" in request.POST:
        return _page(request, row, tried=try_mailbox(_imap(request, row)), is_sent=True)
    wrong = attempt(lambda: keep_mailbox(request, row.key, row))
    if wrong:
        return _page(request, row, wrong, is_sent=True)
    return done(request, CHANGED, "console:admin_mailbox", row.id)


@doing
@require_POST
def undo(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """The last change is taken back; the password stays the one it has now."""
    row = _row(mailbox_id)
    wrong = attempt(lambda: take_back(request, f"mailbox:{row.id}"))
    if wrong:
        return _page(request, row, wrong)
    return done(request, TAKEN_BACK, "console:admin_mailbox", row.id)


@doing
@require_POST
def outgoing(request: AgentRequest) -> HttpResponse:
    """A mail to whoever asks, the way every mail leaves."""
    box = by_key("")
    tried = try_outgoing(
        sender=box.address if box else request.agent.email,
        to=request.agent.email,
        subject=in_language(SUBJECT),
        text=in_language(TEXT),
        at=now(),
    )
    return _list(request, tried=tried)


# ── what the form says ────────────────────────────────────────────────────────


def _open(request: AgentRequest) -> None:
    key = cleaned(request.POST.get("key"))
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if any(one.key == key for one in stored_mailboxes()):
        raise Refused("admin.key_taken")
    keep_mailbox(request, key, None)


def keep_mailbox(request: AgentRequest, key: str, row: StoredMailbox | None) -> None:
    """The mailbox as typed; the first one takes what fits nowhere else."""
    data = request.POST
    address = cleaned(data.get("address")).lower()
    if not ADDRESS.fullmatch(address):
        raise Refused("admin.no_address")
    imap = _imap(request, row)
    if imap:
        try:
            BoxSettings.read(imap)
        except BoxTrouble as trouble:
            raise Refused("admin.bad_box", said=str(trouble)) from trouble
    is_first = not any(one.is_default for one in stored_mailboxes())
    set_mailbox(
        key=key,
        address=address,
        name=cleaned(data.get("name")),
        language=tongue if (tongue := data.get("language", "")) in LANGUAGES else "en",
        plus_addressing="plus" in data,
        is_default=is_first or "is_default" in data,
        active=row is None or "active" in data,
        imap=imap,
        by=request.actor,
        at=now(),
    )
    _flow(request, key)


def _imap(request: AgentRequest, row: StoredMailbox | None) -> dict[str, Any]:
    """Where its mail is fetched, as typed; an empty password is the one that is kept already.

    Attack: the kept password is sent to another server, or where others listen, by whoever may
    change the host, the port or the protection. It stays only while all of it does.
    """
    data = request.POST
    host = cleaned(data.get("host"))
    if not host:
        return {}
    user = cleaned(data.get("user")) or cleaned(data.get("address")).lower()
    port = cleaned(data.get("port"), 5)
    where = {
        "host": host,
        "port": int(port) if port.isascii() and port.isdigit() else None,
        "tls": data.get("tls") if data.get("tls") in TLS else "tls",
        "verify": "verify" in data,
        "user": user,
    }
    kept = sealed_password(row.id) if row is not None and may_keep_password(row.imap, where) else ""
    found = where | {
        "password": data.get("password", "").replace("\0", "")[:500] or kept,
        "folder": cleaned(data.get("folder")),
        "begin": data.get("begin") if data.get("begin") in BEGIN else "unseen",
        "after": data.get("after") if data.get("after") in AFTER else "seen",
    }
    more = {name: row.imap[name] for name in ("seconds",) if row and name in row.imap}
    return {name: value for name, value in found.items() if value not in (None, "")} | more


def _flow(request: AgentRequest, key: str) -> None:
    """Into which queue what is written to it goes, if this agent may say so."""
    if "queue" not in request.POST or not may(request.agent, MANAGE_QUEUES):
        return
    wish = request.POST["queue"]
    for queue in routing.queues():
        boxes = set(queue.mailboxes) - {key} | ({key} if queue.key == wish else set())
        if boxes != set(queue.mailboxes):
            set_queue(key=queue.key, mailboxes=boxes, by=request.actor, at=now())


def try_typed(request: AgentRequest) -> Tried:
    """Open the mailbox as typed, and keep nothing."""
    row = next(iter(stored_mailboxes()), None)
    return try_mailbox(_imap(request, row))


def form_of(request: AgentRequest, row: StoredMailbox | None) -> dict[str, Any]:
    """What the form of a mailbox needs."""
    empty = Sent(name=ways.us().name, language=current_language(), is_default="yes")
    typed = _typed(row) if row else empty
    return {"row": row, "typed": typed, "queue_now": "", **_choices(request)}


# ── what the pages show ───────────────────────────────────────────────────────


def _row(mailbox_id: int) -> StoredMailbox:
    row = next((one for one in stored_mailboxes() if one.id == mailbox_id), None)
    if row is None:
        raise Http404("mailbox")
    return row


def _list(request: AgentRequest, wrong: str = "", tried: Tried | None = None) -> HttpResponse:
    read = settings.UNBROKEN
    return page(
        request,
        "console/admin/channels.html",
        "channels",
        wrong=wrong,
        tried=tried,
        boxes=stored_mailboxes(),
        channels=[in_language(one.label) for one in every_channel().values()],
        fixed=[
            ("UNBROKEN_MAIL_BYTES_MAX", str(read.mail_bytes_max), _("The largest mail, in bytes")),
            ("UNBROKEN_BASE_URL", read.base_url, _("Links in mails begin with")),
        ],
        way_out=_without_password(ways.way_out()),
        out_fixed=ways.is_out_by_environment(),
        strangers=ways.may_strangers_ask(),
        origins=ways.framing_origins(),
        us_name=ways.us().name,
        doors=[
            ("lmtp", _("Mail is taken in by LMTP at"), str(read.lmtp)),
            ("smtp", _("Mail is taken in by SMTP at"), str(read.smtp)),
        ],
        row=None,
        typed=sent(request),
        queue_now=request.POST.get("queue", ""),
        **_choices(request),
    )


def _page(
    request: AgentRequest,
    row: StoredMailbox,
    wrong: str = "",
    *,
    tried: Tried | None = None,
    is_sent: bool = False,
) -> HttpResponse:
    flows = next((one.key for one in routing.queues() if row.key in one.mailboxes), "")
    return page(
        request,
        "console/admin/mailbox.html",
        "channels",
        wrong=wrong,
        tried=tried,
        row=row,
        typed=sent(request) if is_sent else _typed(row),
        queue_now=request.POST.get("queue", flows) if is_sent else flows,
        history=history(f"mailbox:{row.id}"),
        **_choices(request),
    )


def _typed(row: StoredMailbox) -> dict[str, Any]:
    """The form as it is kept; never the password."""
    imap: Mapping[str, Any] = row.imap
    told = {name: str(imap.get(name) or "") for name in ("host", "port", "user", "folder")}
    return told | {
        "address": row.address,
        "name": row.name,
        "language": row.language,
        "tls": protection(imap),
        "begin": imap.get("begin", "unseen"),
        "after": imap.get("after", "seen"),
        "plus": row.plus_addressing,
        "is_default": row.is_default,
        "active": row.active,
        "verify": imap.get("verify", True),
    }


def _choices(request: AgentRequest) -> dict[str, Any]:
    language = current_language()
    queues = [(one.key, one.name_in(language)) for one in routing.queues()]
    return {
        "tls": [(key, in_language(word)) for key, word in TLS.items()],
        "after": [(key, in_language(word)) for key, word in AFTER.items()],
        "begin": [(key, in_language(word)) for key, word in BEGIN.items()],
        "queues": [("", in_language(_("the default queue"))), *queues],
        "may_route": may(request.agent, MANAGE_QUEUES),
    }


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{parts.username}:…@{place}").geturl()


def _imap_words(value: object) -> str:
    if not isinstance(value, dict) or not value:
        return ""
    told = [str(value.get(name)) for name in ("user", "host", "port", "tls", "folder")]
    return " ".join(one for one in told if one != "None")


SHOWN.update(
    {
        "address": Shown(_("Address")),
        "plus_addressing": Shown(_("Takes local+tag@domain")),
        "imap": Shown(_("Fetched from"), _imap_words),
    }
)
