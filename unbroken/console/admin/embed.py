"""What to copy into a page of one's own, so that people can ask from there."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import page
from unbroken.conversation import queries as record
from unbroken.ground.words import LANGUAGES, current_language
from unbroken.staffing.permissions import READ_ADMINISTRATION


@allowed(do=READ_ADMINISTRATION)
@require_GET
def embed(request: AgentRequest) -> HttpResponse:
    """The frame and the plain link, for a topic and a language if one likes."""
    language = current_language()
    topics = [
        (one.key, "\u2003" * one.depth + one.name_in(language)) for one in record.topic_tree()
    ]
    topic = request.GET.get("topic", "")
    tongue = request.GET.get("in", "")
    known = topic if topic in dict(topics) else ""
    return page(
        request,
        "console/admin/embed.html",
        "embed",
        base=settings.BASE_URL,
        origins=settings.UNBROKEN.embed_origins,
        topics=topics,
        topic=known,
        tongue=tongue if tongue in LANGUAGES else "",
    )
