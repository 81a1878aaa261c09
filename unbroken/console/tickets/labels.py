"""How states, types and waits are called on screen. Keys go in, marked phrases come out."""

from unbroken.ground.words import Phrase, _, in_language

TYPES = {
    "incident": _("Fault"),
    "request": _("Request"),
    "question": _("Question"),
    "complaint": _("Complaint"),
    "order": _("Order"),
}
LEVELS = {"high": _("High"), "medium": _("Medium"), "low": _("Low")}
PRIORITIES = {
    "critical": _("Critical"),
    "high": _("High"),
    "moderate": _("Moderate"),
    "low": _("Low"),
}
MARKED_PRIORITIES = {"critical": _("Critical"), "high": _("High priority")}
RELATIONS = {
    "parent": _("Part of"),
    "duplicate": _("The same as"),
    "caused_by": _("Caused by"),
    "related": _("Belongs with"),
    "split_from": _("Split from"),
}
RELATIONS_BACK = {
    "parent": _("Includes"),
    "duplicate": _("Has the same"),
    "caused_by": _("Is the cause of"),
    "related": _("Belongs with"),
    "split_from": _("Was split into"),
}
WAITING_FOR = {
    "partner": _("Waits for a partner"),
    "appointment": _("Waits for an appointment"),
    "date": _("Waits for a date"),
    "force_majeure": _("Waits: force majeure"),
    "other": _("On hold"),
    "customer": _("We wait for the customer"),
    "approval": _("Waits for the customer's approval"),
    "": _("On hold"),
}
HOLD_REASONS = {
    "partner": _("A partner has to act"),
    "appointment": _("An appointment is fixed"),
    "date": _("Nothing can be done before a date"),
    "force_majeure": _("Force majeure: nobody could help it"),
    "other": _("Something else"),
}
ENDED = {
    "resolved": _("Resolved"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "rejected": _("Rejected"),
}
WAITS_FOR_ANSWER = _("The customer waits for us")
IN_HAND = _("In our hands")
HELD_FILES = {
    "program": _("a program"),
    "script": _("a script"),
    "macro": _("a document with macros"),
    "active_content": _("a page or drawing that can run something"),
    "archive_hides": _("an archive with a program inside"),
    "archive_encrypted": _("an encrypted archive that nobody could look into"),
    "archive_unreadable": _("an archive that nobody could look into"),
    "archive_bomb": _("an archive that never stops unpacking"),
    "disk_image": _("a disk image, which opens like a drive"),
}


def who_waits(status: str, waiting_for: str, customer_wrote_last: bool) -> str:
    """Who waits for whom, in one short sentence."""
    return in_language(_who_waits(status, waiting_for, customer_wrote_last))


def _who_waits(status: str, waiting_for: str, customer_wrote_last: bool) -> Phrase:
    if status in ENDED:
        return ENDED[status]
    if status == "pending":
        return WAITING_FOR["approval" if waiting_for == "approval" else "customer"]
    if status == "held":
        return WAITING_FOR.get(waiting_for, WAITING_FOR["other"])
    return WAITS_FOR_ANSWER if customer_wrote_last else IN_HAND


PROMISES = {
    "pick_up": _("picked up"),
    "first_answer": _("first answer"),
    "next_answer": _("next answer"),
    "next_news": _("next news"),
    "time_to_restore": _("service restored"),
    "time_to_resolve": _("resolved"),
    "request_delivered": _("request delivered"),
    "complaint_answered": _("complaint answered"),
    "appointment_kept": _("appointment kept"),
}


def promise_word(key: str) -> str:
    """What was promised, in one or two words."""
    return in_language(PROMISES[key]) if key in PROMISES else key.replace("_", " ")
