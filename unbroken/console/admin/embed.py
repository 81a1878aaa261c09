"""What to copy into a page of one's own, so that people can ask from there."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin import ways
from unbroken.console.admin.frame import CHANGED, attempt, done, page
from unbroken.console.admin.history import history
from unbroken.conversation import queries as record
from unbroken.ground.change import Refused, refusals
from unbroken.ground.origins import origins
from unbroken.ground.words import LANGUAGES, _, current_language
from unbroken.intake.ways import FRAME, framing_origins, way
from unbroken.staffing.permissions import MANAGE_CHANNELS, READ_ADMINISTRATION

refusals(
    {
        "admin.no_origin": _("{said} is no page's origin: write it as https://www.isp.example."),
        "admin.mixed": _(
            "{page} is private (https), and browsers show no frame in it from {base}, which is not."
        ),
    }
)


@allowed(do=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: AgentRequest) -> HttpResponse:
    """The frame and the plain link, for a topic and a language if one likes; who may show it."""
    if request.method != "POST":
        return _page(request)
    if not may(request.agent, MANAGE_CHANNELS):
        raise PermissionDenied
    wrong = attempt(lambda: _keep(request))
    return _page(request, wrong) if wrong else done(request, CHANGED, "console:admin_embed")


def _keep(request: AgentRequest) -> None:
    """Who may show the form; a page that is private shows no frame that is not."""
    typed = ",".join(request.POST.get("origins", "")[:4000].replace("\0", "").split())
    try:
        named = origins(typed)
    except ValueError as error:
        raise Refused("admin.no_origin", said=str(error)) from error
    if settings.BASE_URL.startswith("http://"):
        private = next((one for one in named if one.startswith("https://")), "")
        if private:
            raise Refused("admin.mixed", page=private, base=settings.BASE_URL)
    ways.keep_frame(request, named)


def _page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    language = current_language()
    topics = [
        (one.key, "\u2003" * one.depth + one.name_in(language)) for one in record.topic_tree()
    ]
    topic = request.GET.get("topic", "")
    tongue = request.GET.get("in", "")
    known = topic if topic in dict(topics) else ""
    kept = way(FRAME)
    named = framing_origins()
    return page(
        request,
        "console/admin/embed.html",
        "embed",
        wrong=wrong,
        may_frame=may(request.agent, MANAGE_CHANNELS),
        fixed=bool(settings.UNBROKEN.embed_origins),
        typed=request.POST.get("origins", "") if wrong else "\n".join(named),
        history=history(f"channel:{kept.id}") if kept.id else [],
        base=settings.BASE_URL,
        origins=named,
        topics=topics,
        topic=known,
        tongue=tongue if tongue in LANGUAGES else "",
    )
