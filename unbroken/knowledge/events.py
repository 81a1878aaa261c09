"""What happens to an article and to a canned answer."""

from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "article.written",
    says=_("The article was written anew"),
    sample={
        "topic": 3,
        "audience": "public",
        "languages": ["en", "ru"],
        "bodies": [41, 42],
        "valid_until": "2027-05-24T08:05:00+02:00",
        "ticket": 100042,
    },
)
@dataclass(frozen=True)
class ArticleWritten:
    """It says something else now. `bodies` are the new words of `languages`, one each, so that
    what it said at any time can be read back. `ticket`: the request it was drafted from."""

    topic: int
    audience: str
    languages: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    valid_until: datetime | None = None
    ticket: int | None = None


@event("article.submitted", says=_("Sent to be read and published"))
@dataclass(frozen=True)
class ArticleSubmitted:
    """Its writer is done; somebody else reads it and publishes it or gives it back."""


@event("article.returned", says=_("Given back to its writer"), sample={"reason": 43})
@dataclass(frozen=True)
class ArticleReturned:
    """The reader found something; `reason` are their words."""

    reason: int | None = None


@event(
    "article.published",
    says=_("The article was published"),
    sample={"audience": "public", "languages": ["en"]},
)
@dataclass(frozen=True)
class ArticlePublished:
    """From now on its audience reads what was written; in `languages` that is new."""

    audience: str
    languages: tuple[str, ...] = ()


@event("article.retired", says=_("The article was taken down"))
@dataclass(frozen=True)
class ArticleRetired:
    """It is shown to nobody any more."""


@event(
    "canned.set",
    says=_("The canned answer was changed"),
    sample={
        "name": "reset",
        "languages": ["en"],
        "bodies": [44],
        "topic": 3,
        "active": True,
        "asserts": "planned_reset",
    },
)
@dataclass(frozen=True)
class CannedSet:
    """A short text for the composer reads like this now. `bodies` are the new words of
    `languages`, one each; `asserts` the key of the cause that it says is so."""

    name: str
    languages: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    topic: int | None = None
    active: bool = True
    asserts: str = ""


@event(
    "picture.added",
    says=_("A picture for articles was added"),
    sample={"media_type": "image/png", "size": 20480},
)
@dataclass(frozen=True)
class PictureAdded:
    """It lies ready; readers see it once a published article shows it."""

    media_type: str
    size: int
