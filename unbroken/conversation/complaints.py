"""What holds a complaint open, and whom it keeps from ending it."""

from typing import Any, Final

from unbroken.conversation.models_complaint import Complaint
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import Phrase, _, in_language

STEPS: Final[dict[str, Phrase]] = {
    "listen": _("Listen: let them say it all, and say it back"),
    "understand": _("Understand: find out what really happened"),
    "apologise": _("Apologise: for what was ours, without a but"),
    "fix": _("Fix: what they complain of is put right"),
    "tell": _("Tell: what happened, what was done, what follows"),
    "learn": _("Learn: what we change so that it does not happen again"),
}
"""How trust comes back, in this order; after it the customer has the last word."""

BEFORE_ITS_END: Final = ("listen", "understand", "apologise", "fix", "tell")
"""Steps without which nobody here may say that it is done. What is learned may come later."""

refusals(
    {
        "complaint.about_you": _(
            "This complaint is about you, or about what you worked on: somebody else ends it."
        ),
        "complaint.about_them": _("This complaint is about them, so they cannot have it."),
        "complaint.steps_left": _("Not made good yet. Left to do: {left}."),
        "complaint.their_word": _("Only the customer can say that it is well; ask them."),
        "complaint.none": _("This request is no complaint."),
        "complaint.no_such_step": _("There is no such step."),
        "complaint.say_what": _("Write down what we change, so that others can read it."),
        "complaint.needs_reason": _("Say why: a complaint does not end without a reason."),
    }
)


def check_end(ticket: Any, wanted: str, *, by: Actor, reason: str = "") -> None:
    """Refused while it is not made good; for whom it is about, always. Customers end theirs."""
    if ticket.ticket_type != "complaint" or by.kind == "contact":
        return
    complaint = Complaint.objects.filter(ticket_id=ticket.id).first()
    if complaint is None:
        return
    if by.kind == "agent" and by.id in complaint.barred:
        raise Refused("complaint.about_you")
    if wanted in ("cancelled", "rejected"):
        if by.kind == "agent" and not reason.strip():
            raise Refused("complaint.needs_reason")
        return
    left = [step for step in BEFORE_ITS_END if step not in complaint.steps]
    if left:
        names = ", ".join(in_language(STEPS[step]).partition(":")[0] for step in left)
        raise Refused("complaint.steps_left", left=names)
    if wanted == "closed" and by.kind != "house" and complaint.word != "yes":
        raise Refused("complaint.their_word")


def check_not_about(ticket: Any, *, by: Actor) -> None:
    """Whom a complaint is about does not turn it into something else either."""
    if ticket.ticket_type == "complaint" and by.kind == "agent":
        barred = Complaint.objects.filter(ticket_id=ticket.id).values_list("barred", flat=True)
        if by.id in (barred.first() or ()):
            raise Refused("complaint.about_you")


def check_may_have(ticket: Any, agent_id: int | None) -> None:
    """Whom a complaint is about does not get it."""
    if ticket.ticket_type == "complaint" and agent_id is not None:
        barred = Complaint.objects.filter(ticket_id=ticket.id).values_list("barred", flat=True)
        if agent_id in (barred.first() or ()):
            raise Refused("complaint.about_them")
