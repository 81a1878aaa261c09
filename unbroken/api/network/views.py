"""`POST /api/observations`: the lines of `import observations`, from a system that knows."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router, Schema

from unbroken.api.access import Bearer
from unbroken.api.errors import Wrong
from unbroken.api.shapes import ErrorTold
from unbroken.evidence.taking import take_lines
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.staffing.token_scopes import NETWORK

router = Router(tags=["network"], by_alias=True)
telling = Bearer(NETWORK)

BYTES_MAX = 16 * 1024 * 1024
TOO_MUCH = _("The request is too big; send it in parts of 16 MB.")
REFUSED_MAX = 1_000


class RefusedTold(Schema):
    """A line that was not taken in."""

    item: str
    reason: str


class TakenTold(Schema):
    """What became of the lines."""

    read: int
    new: int
    known: int
    refused: list[RefusedTold]


@router.post(
    "/observations",
    auth=telling,
    response={200: TakenTold, frozenset({401, 403, 413}): ErrorTold},
    summary="Readings and alarms",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
)
def observations(request: HttpRequest) -> HttpResponse:
    """JSON Lines, as `unbroken import observations` takes them. The same line twice is kept once.
    Lines that cannot be read are told and the others are kept: durable when this answers."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MAX or len(request.body) > BYTES_MAX:
        raise Wrong(413, "too_big", TOO_MUCH)
    lines = enumerate(request.body.split(b"\n"), start=1)
    taken = take_lines(lines, now=now())
    refused = [{"item": str(n), "reason": reason} for n, reason in taken.refused[:REFUSED_MAX]]
    told = {"read": taken.read, "new": taken.new, "known": taken.known, "refused": refused}
    response = JsonResponse(told)
    response.headers["Cache-Control"] = "no-store"
    return response
