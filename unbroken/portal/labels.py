"""How things are called to customers. Keys go in, marked phrases come out."""

from unbroken.ground.words import Phrase, _, in_language

KINDS = {
    "incident": _("Something does not work"),
    "request": _("I would like something done"),
    "question": _("I have a question"),
}
TYPES = {
    "incident": _("Fault"),
    "request": _("Request"),
    "question": _("Question"),
    "complaint": _("Complaint to the head of support"),
    "order": _("Order"),
}
STATUSES = {
    "acknowledged": _("Received"),
    "inProgress": _("Being worked on"),
    "pending": _("Waiting for your answer"),
    "held": _("On hold"),
    "resolved": _("Done"),
    "closed": _("Settled"),
    "cancelled": _("Withdrawn"),
    "rejected": _("Not taken on"),
}
FOR_APPROVAL = _("Waits for your company's approval")
HELD_WORDS = {
    "partner": _("Waiting for our partner"),
    "appointment": _("An appointment is arranged"),
    "date": _("Goes on at a fixed date"),
    "force_majeure": _("Waits until it can be worked on again: force majeure"),
}
PROMISES = {
    "pick_up": _("Somebody looks at it by {time}"),
    "first_answer": _("A person answers by {time}"),
    "next_answer": _("A person answers by {time}"),
    "next_news": _("Next news by {time}"),
    "time_to_restore": _("It works again by {time}"),
    "time_to_resolve": _("Done by {time}"),
}
BROKEN = {
    "first_answer": _("We promised an answer by {time} and have not kept it"),
    "next_answer": _("We promised an answer by {time} and have not kept it"),
    "time_to_resolve": _("We promised to be done by {time} and have not kept it"),
    "time_to_restore": _("We promised it would work again by {time} and have not kept it"),
}
PROMISED, NOT_KEPT = _("Promised for {time}"), _("Promised for {time} and not kept")

WORKS = {
    "incident": _("It works again"),
    "question": _("My question is answered"),
    "complaint": _("Yes, it is well"),
}
WORKS_ELSE = _("This is settled")
WORKS_NOT = {
    "incident": _("It does not work"),
    "question": _("This is no answer yet"),
    "complaint": _("No, it is not well"),
}
WORKS_NOT_ELSE = _("This is not done yet")


def status_word(status: str, waiting_for: str = "") -> str:
    """Where a request stands, in a few words."""
    if status == "pending" and waiting_for == "approval":
        return in_language(FOR_APPROVAL)
    if status == "held" and waiting_for in HELD_WORDS:
        return in_language(HELD_WORDS[waiting_for])
    return in_language(STATUSES[status]) if status in STATUSES else status


def promise_sentence(key: str, time: str, *, is_broken: bool) -> str:
    """What was promised for when, and whether that has passed."""
    phrases, other = (BROKEN, NOT_KEPT) if is_broken else (PROMISES, PROMISED)
    return in_language(phrases.get(key, other), time=time)


def works(ticket_type: str) -> str:
    """What somebody says who needs nothing more."""
    return in_language(WORKS.get(ticket_type, WORKS_ELSE))


def works_not(ticket_type: str) -> Phrase:
    """What somebody says who was told it is over, and it is not."""
    return WORKS_NOT.get(ticket_type, WORKS_NOT_ELSE)
