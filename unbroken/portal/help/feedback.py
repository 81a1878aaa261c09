"""Did it help? One press, and a line of words if they like.

Nobody has to be known and no cookie is set, so the form carries no token of ours; a browser says
itself when another site sends it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from unbroken.ground.clock import now
from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES, current_language, speaking
from unbroken.knowledge import queries, state
from unbroken.portal.access import NUMBERS_END
from unbroken.portal.limits import VOTES_FROM_ONE_PLACE
from unbroken.portal.state import may_knock


@never_cache
@csrf_exempt
@require_POST
def feedback(request: HttpRequest, article_id: int) -> HttpResponse:
    """Count one reader's word, and thank them."""
    if not _is_from_here(request):
        raise PermissionDenied
    language = request.POST.get("in", "")
    with speaking(language if language in LANGUAGES else current_language()):
        known = article_id < NUMBERS_END
        at = now()
        article = (
            queries.article(article_id, current_language(), public_only=True, at=at)
            if known
            else None
        )
        if article is None:
            raise Http404("article")
        who = request.META.get("REMOTE_ADDR", "")
        helpful = request.POST.get("helped") == "yes"
        if may_knock(VOTES_FROM_ONE_PLACE, who, at=at):
            state.note_vote(
                article_id=article.id,
                language=article.language,
                voter=f"{who} {request.headers.get('User-Agent', '')}",
                helpful=helpful,
                words=request.POST.get("words", ""),
                at=at,
            )
        topic = queries.topic_at(article.place.rpartition("/")[0])
        context = {
            "article": article,
            "helped": helpful,
            "has_words": bool(request.POST.get("words")),
            "topic": topic.key if topic else "other",
            "tongue": f"?in={language}" if language in LANGUAGES else "",
            "address": "",
            "visitor": None,
            "place": "help",
        }
        return answer(request, "portal/help/thanks.html", context)


def _is_from_here(request: HttpRequest) -> bool:
    """Attack: a page elsewhere votes with its readers' browsers.

    A browser says itself which site sends a form; an old one names at least the page, which our
    own pages let it do (Referrer-Policy: same-origin). One that says nothing does not vote.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site not in ("", "same-origin", "none"):
        return False
    told = request.headers.get("Origin", "") or request.headers.get("Referer", "")
    if site and told in ("", "null"):
        return True
    ours = {urlsplit(settings.BASE_URL).netloc, request.get_host()}
    return urlsplit(told).netloc in ours
