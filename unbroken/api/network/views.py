"""What systems that watch the network tell: lines of ours, or messages in their own formats."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router, Schema

from unbroken.api.access import Bearer
from unbroken.api.errors import Wrong
from unbroken.api.shapes import ErrorTold
from unbroken.evidence.adapter import Adapter, NotTold
from unbroken.evidence.adapters import all_adapters
from unbroken.evidence.hearing import hear
from unbroken.evidence.taking import take_lines
from unbroken.ground.clock import now
from unbroken.ground.words import _
from unbroken.staffing.token_scopes import NETWORK

router = Router(tags=["network"], by_alias=True)
telling = Bearer(NETWORK)

BYTES_MAX = 16 * 1024 * 1024
TOO_MUCH = _("The request is too big; send it in parts of 16 MB.")
UNTOLD = _("Nothing of it could be read: {problem}")
REFUSED_MAX = 1_000


class RefusedTold(Schema):
    """A line that was not taken in."""

    item: str
    reason: str


class HeardTold(Schema):
    """What became of what was told; `unknown`: kept, but of things not in the inventory."""

    read: int
    new: int
    known: int
    unknown: int
    refused: list[RefusedTold]


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
    lines = enumerate(_body(request).split(b"\n"), start=1)
    taken = take_lines(lines, now=now())
    return _answered({"read": taken.read, "new": taken.new, "known": taken.known}, taken.refused)


def _body(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MAX or len(request.body) > BYTES_MAX:
        raise Wrong(413, "too_big", TOO_MUCH)
    return request.body


def _answered(counted: dict[str, int], refused: list[tuple[int, str]]) -> HttpResponse:
    told = [{"item": str(number), "reason": reason} for number, reason in refused[:REFUSED_MAX]]
    response = JsonResponse({**counted, "refused": told})
    response.headers["Cache-Control"] = "no-store"
    return response


def _open_for(adapter: Adapter) -> None:
    """An address of its own for each system, so that each is in the description of the API."""

    @router.post(
        f"/network/{adapter.key}",
        auth=telling,
        response={200: HeardTold, frozenset({400, 401, 403, 413}): ErrorTold},
        summary=f"What {adapter.key} tells",
        operation_id=f"network_{adapter.key}",
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": dict(adapter.schema)}},
            }
        },
    )
    def heard(request: HttpRequest) -> HttpResponse:
        """A message in that system's own published format. Told twice it is kept once."""
        try:
            found = hear(adapter, _body(request), now=now())
        except NotTold as problem:
            raise Wrong(400, "unreadable", UNTOLD, problem=str(problem)) from problem
        counted = {
            "read": found.read, "new": found.new, "known": found.known, "unknown": found.unknown,
        }  # fmt: skip
        return _answered(counted, found.refused)


for _adapter in all_adapters().values():
    _open_for(_adapter)
