"""Where the API hangs below `/api/`, and what it answers where nothing hangs."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from unbroken.api.errors import HANDLERS, NOTHING_HERE, WRONG_METHOD, answer
from unbroken.api.network.views import router as network
from unbroken.api.tickets.views import router

api = NinjaAPI(
    title="Unbroken",
    version="1",
    description=(
        "The desk's record for other systems. Field names and states are those of TMF621. "
        "Errors carry one plain sentence; the same Idempotency-Key does a thing once."
    ),
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": settings.BASE_URL}],
)
for _kind, _handler in HANDLERS.items():
    api.add_exception_handler(_kind, cast(Any, _handler))
api.add_router("/tickets", router)
api.add_router("", network)


@csrf_exempt
def root(request: HttpRequest) -> HttpResponse:
    """Where to read on."""
    return JsonResponse({"openapi": f"{settings.BASE_URL}/api/openapi.json"})


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that does not exist, told in the API's own way."""
    return answer(404, "not_found", NOTHING_HERE)


def _spoken(view: Any) -> Any:
    """The framework's own refusals in the API's own way."""

    @csrf_exempt
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            told = answer(405, "method", WRONG_METHOD, method=request.method or "")
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    return spoken


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    _pattern.callback = _spoken(_pattern.callback)

urlpatterns = [
    path("", root),
    path("", (_patterns, _app, _namespace)),
    re_path("", nothing_here),
]
