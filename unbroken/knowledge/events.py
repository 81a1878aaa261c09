"""What happens to an article."""

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
    },
)
@dataclass(frozen=True)
class ArticleWritten:
    """It says something else now. `bodies` are the new words of `languages`, one each, so that
    what it said at any time can be read back."""

    topic: int
    audience: str
    languages: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    valid_until: datetime | None = None


@event("article.published", says=_("The article was published"), sample={"audience": "public"})
@dataclass(frozen=True)
class ArticlePublished:
    """From now on its audience can read it."""

    audience: str


@event("article.retired", says=_("The article was taken down"))
@dataclass(frozen=True)
class ArticleRetired:
    """It is shown to nobody any more."""
