"""Pictures for articles, taken in beside the words: by button, drag or paste."""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.files import handed_out
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.knowledge import actions
from unbroken.knowledge.pictures.reading import BYTES_MAX
from unbroken.knowledge.queries.pictures import PictureRow
from unbroken.knowledge.queries.pictures import picture as find

DIGITS_MAX = 15


@agent_required
@require_POST
def pictures(request: AgentRequest) -> HttpResponse:
    """Take one in; answers with the words that show it, or says why not."""
    try:
        words = added(request, request.POST.get("shows", ""))
    except Refused as refusal:
        return JsonResponse({"wrong": refusal.in_words()}, status=422)
    return JsonResponse({"words": words})


@agent_required
@require_GET
def picture(request: AgentRequest, place: str) -> HttpResponse:
    """For whoever writes: also one that no article shows yet."""
    number = place.partition("-")[0]
    known = number.isascii() and number.isdigit() and len(number) <= DIGITS_MAX
    found = find(int(number), for_readers=False, at=now()) if known else None
    if found is None or found.raw is None or found.place != place:
        raise Http404("picture")
    return handed_out(bytes(found.raw), place, found.media_type, "inline")


def added(request: AgentRequest, shows: str) -> str:
    """The picture in this form, as an article shows it; refused when there is none."""
    file = request.FILES.get("picture")
    if not isinstance(file, UploadedFile):
        raise Refused("picture.is_none")
    if (file.size or 0) > BYTES_MAX:
        raise Refused("picture.too_large", limit=f"{BYTES_MAX // 1_000_000} MB")
    at, name = now(), file.name or ""
    with transaction.atomic():
        number = actions.add_picture(name=name, data=file.read(), by=request.actor, at=at)
        made: PictureRow | None = find(number, for_readers=False, at=at)
    assert made is not None
    shown = " ".join((shows or PurePath(name).stem.replace("-", " ").replace("_", " ")).split())
    return f"![{shown.replace('[', '(').replace(']', ')')[:200]}](picture/{made.place})"


def for_writers() -> str:
    """Where pictures are for whoever writes."""
    return reverse("console:pictures") + "/"
