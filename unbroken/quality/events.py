"""What happens to an answer that is read again."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "review.drawn",
    says=_("The answer was drawn to be read again"),
    sample={"ticket": 100042, "message": 4, "writer": 2},
)
@dataclass(frozen=True)
class ReviewDrawn:
    """Chance took this answer; nobody chose it."""

    ticket: int
    message: int
    writer: int


@event("review.done", says=_("The answer was read again"), sample={"mark": 4, "words": 45})
@dataclass(frozen=True)
class ReviewDone:
    """Somebody else said how good it was, from 1 to 5; `words` are the comment."""

    mark: int
    words: int | None = None
