"""A company's sites: what it has from us at each, and what is open there."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from unbroken.directory.cards import ContactCard, SiteRow
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows, rows_of
from unbroken.portal.access import KnownRequest, Visitor, known_required, sight, with_sight
from unbroken.portal.company.access import below, managed_by, sites_seen

SHOWN = 300
WORDS_MAX = 100


@dataclass(frozen=True, slots=True)
class SiteService:
    """Something the company has from us at a site."""

    id: int
    place_id: int
    state: str
    access_name: str
    product: str

    @property
    def name(self) -> str:
        return self.product or self.access_name or f"{self.id}"


@dataclass(frozen=True, slots=True)
class OpenHere:
    """How many requests are open at a site."""

    site_id: int
    open: int
    faults: int


@dataclass(frozen=True, slots=True)
class Site:
    """One line of the page."""

    row: SiteRow
    services: tuple[SiteService, ...]
    open: int
    faults: int


@dataclass(frozen=True, slots=True)
class Company:
    """A company as the reader sees it."""

    name: str
    sites: tuple[Site, ...]
    more: int


@never_cache
@known_required
@require_safe
def sites(request: KnownRequest) -> HttpResponse:
    """The sites that somebody was granted to see."""
    visitor = request.visitor
    words = " ".join(request.GET.get("find", "").replace("\0", "").split())[:WORDS_MAX]
    seeing = [card for card in visitor.contacts if visitor.is_wide and card.customer_id]
    context = {
        "visitor": visitor,
        "place": "company",
        "find": words,
        "companies": [_company(visitor, card, words) for card in seeing if sites_seen(card)],
        "managed": managed_by(visitor),
    }
    return answer(request, "portal/company/sites.html", context)


def site_chosen(visitor: Visitor, wish: str) -> tuple[str, list[int]] | None:
    """The name of a site the reader sees, and it with all that is part of it."""
    if not (wish.isascii() and wish.isdigit() and len(wish) < 16 and visitor.is_wide):
        return None
    for card in visitor.contacts:
        seen = sites_seen(card)
        found = next((site for site in seen if site.id == int(wish)), None)
        if found is not None:
            return found.name, below(int(wish), seen)
    return None


def _company(visitor: Visitor, card: ContactCard, words: str) -> Company:
    seen = [site for site in sites_seen(card) if words.casefold() in site.name.casefold()]
    shown = seen[:SHOWN]
    numbers = [int(site.id) for site in shown]
    services = rows(SiteService, "portal/queries/site_services.sql", sites=numbers)
    open_here = rows_of(OpenHere, with_sight("site_open"), sight(visitor) | {"sites": numbers})
    by_site = {one.site_id: one for one in open_here}
    lines = tuple(
        Site(
            row=site,
            services=tuple(one for one in services if one.place_id == site.id),
            open=by_site[site.id].open if site.id in by_site else 0,
            faults=by_site[site.id].faults if site.id in by_site else 0,
        )
        for site in shown
    )
    return Company(card.customer_name, lines, len(seen) - len(shown))
