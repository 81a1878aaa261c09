"""What an article said before, and what is different."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.knowledge import access, labels
from unbroken.ground.pages import answer
from unbroken.ground.words import LANGUAGES
from unbroken.knowledge import queries
from unbroken.knowledge.differences import differences
from unbroken.knowledge.queries import Version


@agent_required
@require_GET
def versions(request: AgentRequest, article_id: int) -> HttpResponse:
    """All versions; one of them beside the one before it, or beside another."""
    row = access.article_for(article_id)
    past = queries.versions(row.id)
    chosen = _chosen(past, request.GET.get("version", "")) or (past[0] if past else None)
    other = _chosen(past, request.GET.get("with", "")) or _before(past, chosen)
    context = {
        "agent": request.agent,
        "place": "knowledge",
        "places": labels.places(),
        "here": "articles",
        "row": row,
        "past": past,
        "shown": chosen,
        "other": other,
        "changes": _changes(other, chosen) if chosen else {},
        "names": labels.names_of(version.step.by for version in past),
    }
    return answer(request, "console/knowledge/versions.html", context)


def _changes(before: Version | None, after: Version) -> dict[str, tuple[object, object]]:
    """By language, the title and the text with what is new and what is gone."""
    old = before.texts if before else {}
    found: dict[str, tuple[object, object]] = {}
    for language in LANGUAGES:
        then, now = old.get(language, ("", "")), after.texts.get(language, ("", ""))
        if then != now:
            found[language] = (differences(then[0], now[0]), differences(then[1], now[1]))
    return found


def _chosen(past: list[Version], number: str) -> Version | None:
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return queries.version_at(past, int(number)) if is_number else None


def _before(past: list[Version], chosen: Version | None) -> Version | None:
    earlier = [one for one in past if chosen and one.step.number < chosen.step.number]
    return earlier[0] if earlier else None
