"""What a customer whose line fills up may be offered: the next size, what it costs, in words.

The words are in the customer's language and say nothing that is not known: how full the line was,
when it will likely be full, what the next size is, what it costs more. An agent may change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from unbroken.console.filling.words import day, money, price, size
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import CustomerId
from unbroken.directory.sizes import Size, next_size
from unbroken.evidence.queries.filling import LinkRow
from unbroken.ground.words import _, in_language, speaking

SUBJECT = _("Your line {line} is full in the evenings soon")
SUBJECT_NOW = _("Your line {line} is full in the evenings")
NOW = _(
    "your line ({product}) is full in the busiest hours of the evening: about {level} % of its"
    " {size} are used then. You may notice it as waiting, or as pictures that get worse."
)
SOON = _(
    "your line ({product}) gets fuller: in the busiest hours of the evening about {level} % of its"
    " {size} are used. If it goes on like this it will be full about {likely}. Today nothing is"
    " wrong; we would rather tell you before you notice it."
)
NEXT = _("The next size is {name} with {size}. It costs {price} a month.")
MORE = _("The next size is {name} with {size}. It costs {price} a month, {more} more than now.")
ANSWER_US = _(
    "If you want it, just answer this message: we arrange the rest and tell you each step. If not,"
    " you need do nothing; your line stays as it is."
)
GREETING, REGARDS = _("Hello {name},"), _("Kind regards")


@dataclass(frozen=True, slots=True)
class Offer:
    """The next size, and who would be asked; `contact` None: nobody can be reached."""

    size: Size
    price: str


def offer_for(link: LinkRow, every: Sequence[Size]) -> Offer | None:
    """What may be offered; None: there is no larger size that this kind of access carries."""
    found = next_size(every, link.product, link.technology)
    return Offer(found, price(found)) if found else None


def whom(customer_id: int) -> ContactCard | None:
    """Who speaks for this customer: whoever manages, else the first who can be reached."""
    people = [
        one for one in directory.contacts_of(CustomerId(customer_id)) if one.confirmed and one.email
    ]
    return next((one for one in people if one.rights.manages), people[0] if people else None)


def language_of(contact: ContactCard, customer_id: int) -> str:
    """Theirs, else their household's."""
    card = directory.customer(CustomerId(customer_id))
    return contact.language or (card.language if card else "") or "en"


def letter(link: LinkRow, offer: Offer, contact: ContactCard, language: str) -> tuple[str, str]:
    """Subject and words, in their language."""
    with speaking(language):
        told: dict[str, object] = {
            "line": link.service, "product": link.product, "level": round(100 * link.level),
            "size": size(link.kbit), "name": offer.size.name,
        }  # fmt: skip
        is_now = link.is_full or link.likely is None or link.likely <= 7
        state = in_language(NOW, **told)
        if not is_now:
            state = in_language(SOON, likely=day(link.on(link.likely) or link.monday), **told)
        parts = [
            in_language(GREETING, name=contact.name or link.customer), state, _next(link, offer),
            in_language(ANSWER_US), in_language(REGARDS),
        ]  # fmt: skip
        subject = in_language(SUBJECT_NOW if is_now else SUBJECT, line=link.service)
    return subject, "\n\n".join(parts)


def _next(link: LinkRow, offer: Offer) -> str:
    told: dict[str, object] = {
        "name": offer.size.name, "size": size(offer.size.down_kbit), "price": price(offer.size),
    }  # fmt: skip
    cost = float(offer.size.monthly_price or 0)
    if link.monthly_price is None or cost <= link.monthly_price:
        return in_language(NEXT, **told)
    more = money(cost - link.monthly_price, offer.size.currency)
    return in_language(MORE, more=more, **told)
