"""What happens to a complaint. `ticket` is the number of the request that it became."""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event(
    "complaint.opened",
    says=_("The head of support has a complaint"),
    sample={"ticket": 100002, "owner": 3, "barred": [2]},
)
@dataclass(frozen=True)
class ComplaintOpened:
    """Somebody answers for it by name. `barred`: whom it is about, as far as we know at once."""

    ticket: int
    owner: int | None = None
    barred: tuple[int, ...] = ()


@event(
    "complaint.named",
    says=_("Whom the complaint is about"),
    sample={"ticket": 100002, "added": [4], "removed": []},
)
@dataclass(frozen=True)
class ComplaintNamed:
    """It is about these agents too, or about those no longer: whom it is about ends nothing."""

    ticket: int
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@event(
    "complaint.given",
    says=_("Somebody else answers for the complaint"),
    sample={"ticket": 100002, "owner": 5, "owner_before": 3},
)
@dataclass(frozen=True)
class ComplaintGiven:
    """Another head of support answers for it."""

    ticket: int
    owner: int | None
    owner_before: int | None = None


@event(
    "complaint.step_taken",
    says=_("A step of making it good"),
    sample={"ticket": 100002, "step": "apologise", "is_taken": True, "words": None},
)
@dataclass(frozen=True)
class StepTaken:
    """Listened, understood, apologised, mended, told, learned; or not after all.

    `words`: what was learned.
    """

    ticket: int
    step: str
    is_taken: bool = True
    words: int | None = None


@event(
    "complaint.word_given",
    says=_("The customer's word on the complaint"),
    sample={"ticket": 100002, "word": "yes"},
)
@dataclass(frozen=True)
class WordGiven:
    """Yes, it is well; or no: then what was mended and told counts no longer."""

    ticket: int
    word: str
