"""The form for other pages: shown in a frame, by those alone who are named in a setting.

It knows nobody: it reads no cookie, sets none, and whoever is signed in here is a stranger in it.
So there is nothing that another page could do in their name; a token of ours, signed and short of
life, keeps machines from filling it in without having seen it.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from unbroken.conversation import queries as record
from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES, current_language, in_language, speaking
from unbroken.intake.asked import WebRequest
from unbroken.intake.ways import framing_origins, may_strangers_ask, words_above_the_form
from unbroken.portal import labels
from unbroken.portal.asking import CHOOSE_AGAIN, OLD_FORM, TOO_OFTEN, TRAP, topics, type_of
from unbroken.portal.clocks import Clock
from unbroken.portal.filling import HONEYPOT, NUMBER, Filled, filled
from unbroken.portal.forms import StrangerAskForm
from unbroken.portal.limits import ASKS_FROM_ONE_PLACE
from unbroken.portal.once import fingerprint
from unbroken.portal.sending import send
from unbroken.portal.state import may_knock
from unbroken.portal.uploads import uploads_of
from unbroken.promise import queries as promise

TOKEN_LASTS_SECONDS = 4 * 3600
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors {}"
)


@dataclass(frozen=True, slots=True)
class Preset:
    """What the page around the form knows already; it goes on from form to form."""

    topic: str
    service: str
    language: str


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def embedded(request: HttpRequest) -> HttpResponse:
    """The form, or the number."""
    said = request.POST if request.method == "POST" else request.GET
    wish = said.get("in", "")
    preset = Preset(
        topic=said.get("topic", "")[:200],
        service=said.get("service", "")[:100].replace("\0", ""),
        language=wish if wish in LANGUAGES else "",
    )
    with speaking(preset.language or current_language()):
        if not may_strangers_ask():
            return _framed(answer(request, "portal/embed/closed.html", {}))
        if request.method == "POST":
            return _framed(_asked(request, preset))
        first = Filled(_token(), {"topic": preset.topic, "kind": "incident"})
        return _framed(_form(request, preset, first))


def _asked(request: HttpRequest, preset: Preset) -> HttpResponse:
    at, form = now(), StrangerAskForm(request.POST)
    files, wrong_files = uploads_of(request)
    sent = filled(request, form, *(("files", one) for one in wrong_files))
    if files and sent.wrong:
        sent = replace(sent, wrong={**sent.wrong, "files": [in_language(CHOOSE_AGAIN)]})
    if refusal := _refusal(request):
        return _form(request, preset, replace(sent, number=_token(), wrong={"": [refusal]}))
    if not form.is_valid() or wrong_files:
        return _form(request, preset, sent)
    if not may_knock(ASKS_FROM_ONE_PLACE, request.META.get("REMOTE_ADDR", ""), at=at):
        sent = replace(sent, wrong={"": [in_language(TOO_OFTEN)]})
        return _form(request, preset, sent, status=429)
    asked = _web_request(form.cleaned_data, preset, files)
    print_of_form = fingerprint(request.POST[NUMBER], asked.to_json())
    return _thanks(request, preset, send(asked, fingerprint=print_of_form, at=at).ticket_id)


def _web_request(data: dict[str, Any], preset: Preset, files: Any) -> WebRequest:
    """A stranger's request; the service that the page named is part of the words, not a proof."""
    topic = next((one for one in record.topic_tree() if one.key == data["topic"]), None)
    words = f"{data['words']}\n\n({preset.service})" if preset.service else data["words"]
    return WebRequest(
        words=words,
        subject=data["subject"],
        name=data["name"],
        email=data["email"],
        topic_id=topic.id if topic else None,
        ticket_type=type_of(data["kind"], topic),
        language=current_language(),
        files=tuple(file.as_web_file() for file in files),
    )


def _thanks(request: HttpRequest, preset: Preset, number: int) -> HttpResponse:
    """The number and the time, in the frame."""
    ticket = record.ticket_facts(number)
    assert ticket is not None
    context = {
        "number": number,
        "due_at": promise.due_for_receipt(ticket, at=now()),
        "clock": Clock(""),
        "preset": preset,
    }
    return answer(request, "portal/embed/thanks.html", context)


def _form(request: HttpRequest, preset: Preset, form: Filled, status: int = 0) -> HttpResponse:
    chosen = next((one for one in topics() if one.key == form.value("topic")), None)
    context = {
        "form": form,
        "preset": preset,
        "topics": topics(),
        "about": chosen,
        "kinds": labels.KINDS,
        "above": words_above_the_form(),
    }
    code = status or (422 if form.wrong else 200)
    return answer(request, "portal/embed/ask.html", context, status=code)


def _refusal(request: HttpRequest) -> str:
    """What a machine does and a person does not."""
    try:
        _signer().unsign(request.POST.get(NUMBER, ""), max_age=TOKEN_LASTS_SECONDS)
    except BadSignature:
        return in_language(OLD_FORM)
    return in_language(TRAP) if request.POST.get(HONEYPOT) else ""


def _framed(response: HttpResponse) -> HttpResponse:
    """Whoever is named may frame it; nobody when nobody is."""
    ancestors = " ".join(framing_origins()) or "'none'"
    if framing_origins():
        response.xframe_options_exempt = True
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors)
    return response


def _token() -> str:
    return _signer().sign(get_random_string(16))


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=".", salt="unbroken.portal.embed")
