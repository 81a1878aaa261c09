"""The ways in and out on pages of their own: the relay, the web form with who we are, the doors."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.channels import SUBJECT, TEXT, TLS
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
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
from unbroken.ground.pages import go, tell
from unbroken.ground.words import LANGUAGES, _, in_language
from unbroken.intake import ways
from unbroken.intake.actions import set_way
from unbroken.intake.mailboxes import by_key
from unbroken.intake.trying import Tried, try_door, try_outgoing
from unbroken.staffing.permissions import MANAGE_CHANNELS, READ_ADMINISTRATION

PAGES = {
    ways.OUT: "console:admin_way_out",
    ways.FORM: "console:admin_web_form",
    ways.ABOUT_US: "console:admin_us",
    ways.FRAME: "console:admin_embed",
    ways.TELLING: "console:admin_telling",
}
LINES = {**TLS, "tls": _("private from the first byte (TLS, port 465)")}
LINES["starttls"] = _("made private first (STARTTLS, port 587)")
WORDS_MAX = 600
refusals(
    {
        "admin.by_environment": _(
            "The environment says it ({name}), so it is changed there and not here."
        ),
        "admin.no_relay": _("Give the server's name, as mail.isp.example."),
        "admin.no_website": _("Give the address of your website as https://www.isp.example."),
    }
)
reading = allowed(do=MANAGE_CHANNELS, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_CHANNELS)


@reading
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def out(request: AgentRequest) -> HttpResponse:
    """The relay that carries our mail; with the button `try` a mail goes by it, kept or not."""
    if request.method != "POST":
        return _out_page(request)
    if "try" in request.POST:
        return _out_page(request, tried=try_typed(request), is_sent=True)
    wrong = attempt(lambda: keep_out(request))
    if wrong:
        return _out_page(request, wrong, is_sent=True)
    return done(request, CHANGED, PAGES[ways.OUT])


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def web_form(request: AgentRequest) -> HttpResponse:
    """Who may ask on our pages, and what stands above the form."""
    if request.method == "POST":
        words = {one: _lines(request, f"words_{one}") for one in LANGUAGES}
        says = {
            "strangers": "strangers" in request.POST,
            "words": {language: text for language, text in words.items() if text},
        }
        wrong = attempt(lambda: _keep(request, ways.FORM, says))
        return done(request, CHANGED, PAGES[ways.FORM]) if not wrong else _form_page(request, wrong)
    return _form_page(request)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def us(request: AgentRequest) -> HttpResponse:
    """Who we are for customers: the name on every page of theirs, the telephone, the website."""
    if request.method == "POST":
        wrong = attempt(lambda: keep_us(request))
        if not wrong:
            return done(request, CHANGED, PAGES[ways.ABOUT_US])
        return _us_page(request, wrong)
    return _us_page(request)


@doing
@require_POST
def undo(request: AgentRequest, way: str) -> HttpResponse:
    """The last change is taken back; a password stays the one it has now."""
    if way not in PAGES:
        raise Http404("way")
    wrong = attempt(lambda: take_back(request, f"channel:{ways.way(way).id}"))
    if wrong:
        tell(request, wrong)
        return go(reverse(PAGES[way]))
    return done(request, TAKEN_BACK, PAGES[way])


@doing
@require_POST
def doors(request: AgentRequest, door: str) -> HttpResponse:
    """Knock at a door of ours as a mail server would."""
    read, box = settings.UNBROKEN, by_key("")
    place = {"lmtp": read.lmtp, "smtp": read.smtp}.get(door)
    if place is None:
        raise Http404("door")
    host = "127.0.0.1" if place.host in ("", "0.0.0.0", "::") else place.host
    to = box.address if box else request.agent.email
    tried = try_door(host=host, port=place.port, is_lmtp=door == "lmtp", to=to)
    where = f"{host}:{place.port}"
    return page(request, "console/admin/door.html", "channels", door=door, place=where, tried=tried)


def keep_out(request: AgentRequest) -> None:
    """The relay, as typed."""
    _keep(request, ways.OUT, _relay(request))


def form_of_out() -> dict[str, Any]:
    """What the form of the relay needs."""
    kept = ways.way(ways.OUT)
    return {
        "kept": kept,
        "fixed": ways.is_out_by_environment(),
        "lines": [(key, in_language(word)) for key, word in LINES.items()],
        "typed": {"host": "", "port": "", "tls": "tls", "user": ""} | dict(kept.says),
    }


def keep_us(request: AgentRequest) -> None:
    """Who we are, as typed."""
    website = cleaned(request.POST.get("website"))
    if website and not website.startswith(("https://", "http://")):
        raise Refused("admin.no_website")
    says = {
        "name": cleaned(request.POST.get("name"), 80),
        "telephone": cleaned(request.POST.get("telephone"), 40),
        "website": website,
    }
    _keep(request, ways.ABOUT_US, says)


def keep_frame(request: AgentRequest, origins: tuple[str, ...]) -> None:
    """Who may show our form in a frame."""
    if settings.UNBROKEN.embed_origins:
        raise Refused("admin.by_environment", name="UNBROKEN_EMBED_ORIGINS")
    _keep(request, ways.FRAME, {"origins": list(origins)})


def _keep(request: AgentRequest, key: str, says: dict[str, Any]) -> None:
    if not may(request.agent, MANAGE_CHANNELS):
        raise Http404("channels")
    set_way(key=key, says=says, by=request.actor, at=now())


def _relay(request: AgentRequest) -> dict[str, Any]:
    """The relay as typed; an empty password is the one that is kept already.

    Attack: the kept password is sent to another server, by whoever may change the host. It stays
    only while host and user do.
    """
    if ways.is_out_by_environment():
        raise Refused("admin.by_environment", name="UNBROKEN_SMTP_URL")
    data, kept = request.POST, ways.way(ways.OUT).says
    host, user = cleaned(data.get("host")), cleaned(data.get("user"))
    if not host:
        return {}
    if any(sign in host for sign in "/@?# "):
        raise Refused("admin.no_relay")
    is_same = (kept.get("host"), kept.get("user", "")) == (host, user)
    port = cleaned(data.get("port"), 5)
    typed = data.get("password", "").replace("\0", "")[:500]
    return {
        "host": host,
        "port": int(port) if port.isascii() and port.isdigit() and 0 < int(port) < 65536 else None,
        "tls": data.get("tls") if data.get("tls") in LINES else "tls",
        "user": user,
        "password": typed or (ways.sealed_relay_password() if is_same else ""),
    }


def try_typed(request: AgentRequest) -> Tried:
    """A mail by the relay as typed, or by the one that is kept."""
    try:
        says = _relay(request) if not ways.is_out_by_environment() else {}
    except Refused as refusal:
        return Tried(False, _("{said}"), {"said": refusal.in_words()})
    box = by_key("")
    return try_outgoing(
        sender=box.address if box else request.agent.email,
        to=request.agent.email,
        subject=in_language(SUBJECT),
        text=in_language(TEXT),
        at=now(),
        way=ways.relay_url(says) if says else "",
    )


def _lines(request: AgentRequest, field: str) -> str:
    text = request.POST.get(field, "").replace("\0", "").replace("\r\n", "\n")
    return text.strip()[:WORDS_MAX]


def _out_page(
    request: AgentRequest, wrong: str = "", *, tried: Tried | None = None, is_sent: bool = False
) -> HttpResponse:
    shown = form_of_out()
    if is_sent:
        shown["typed"] = sent(request)
    number = shown["kept"].id
    return page(
        request,
        "console/admin/way_out.html",
        "channels",
        wrong=wrong,
        tried=tried,
        history=history(f"channel:{number}") if number else [],
        **shown,
    )


def _form_page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    kept = ways.way(ways.FORM)
    return page(
        request,
        "console/admin/web_form.html",
        "channels",
        wrong=wrong,
        strangers=kept.says.get("strangers", True),
        words=kept.says.get("words") or {},
        history=history(f"channel:{kept.id}") if kept.id else [],
    )


def _us_page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    kept = ways.way(ways.ABOUT_US)
    typed = (
        sent(request) if wrong else {"name": "", "telephone": "", "website": ""} | dict(kept.says)
    )
    return page(
        request,
        "console/admin/us.html",
        "channels",
        wrong=wrong,
        typed=typed,
        history=history(f"channel:{kept.id}") if kept.id else [],
    )


def _languages(value: object) -> str:
    told = value if isinstance(value, dict) else {}
    return " / ".join(str(one) for one in told.values())


SHOWN.update(
    {
        "host": Shown(_("Host")),
        "port": Shown(_("Port")),
        "tls": Shown(_("The line is")),
        "user": Shown(_("User")),
        "origins": Shown(_("Pages that may show the form")),
        "strangers": Shown(_("Who has not signed in may ask")),
        "words": Shown(_("Above the form"), _languages),
        "telephone": Shown(_("Telephone")),
        "website": Shown(_("Website")),
    }
)
