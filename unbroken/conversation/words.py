"""Why something could not be done to a ticket, fit for the person who asked."""

from collections.abc import Mapping

from unbroken.ground.change import Refused, refusals
from unbroken.ground.words import Phrase, _

STATES: Mapping[str, Phrase] = {
    "acknowledged": _("received"),
    "inProgress": _("in progress"),
    "pending": _("waiting for the customer"),
    "held": _("on hold"),
    "resolved": _("solved"),
    "closed": _("closed for good"),
    "cancelled": _("cancelled"),
    "rejected": _("rejected"),
}
"""The states as a refusal names them to people; machines read the keys in TMF621's words."""

refusals(
    {
        "ticket.cannot_go": _("A request that is “{status}” cannot become “{wanted}”."),
        "ticket.merged_away": _("This request was merged into #{into}; continue there."),
        "ticket.nothing_said": _("There is nothing to send: write something first."),
        "ticket.too_late_to_undo": _("Too late to take it back: the answer is on its way."),
        "ticket.stays_inside": _("Notes stay in the house: they are not passed on."),
        "ticket.not_your_note": _("Only a note of your own can be taken back."),
        "ticket.note_stands": _("Too late to take it back: a note can be for ten minutes."),
        "ticket.not_an_answer": _("Only an answer can be taken back."),
        "ticket.merge_with_itself": _("A request cannot be merged into itself."),
        "ticket.merge_other_customer": _(
            "These requests belong to two customers; one would read the other's words."
        ),
        "ticket.relate_to_itself": _("A request cannot be linked to itself."),
        "ticket.relate_in_a_circle": _("#{other} already stands below this request."),
        "ticket.already_related": _("These requests are linked already."),
        "ticket.not_related": _("These requests are not linked."),
        "ticket.in_a_problem": _("This request belongs to problem {problem} already."),
        "ticket.unknown_relation": _("There is no link called {relation}."),
        "ticket.unknown_level": _("{value} is neither high nor medium nor low."),
        "ticket.unknown_type": _("There is no type of request called {value}."),
        "ticket.service_of_another": _("This service does not belong to the request's customer."),
        "ticket.already_owned": _("This request already belongs to a customer."),
        "ticket.message_elsewhere": _("This message belongs to another request."),
        "ticket.not_imported": _("This request is ours already; there is nothing to adopt."),
        "ticket.not_their_words": _(
            "Words may be left out of what somebody said, not added or changed."
        ),
        "ticket.hold_needs_reason": _("Say what we are waiting for."),
        "ticket.sleep_needs_end": _("Say until when it sleeps, or that an answer wakes it."),
        "ticket.sleep_is_over": _("That time has passed already."),
        "ticket.ended_needs_no_sleep": _("It is over; there is nothing to put off."),
        "ticket.minutes_wrong": _("Give minutes, from 1 to {most}."),
        "ticket.no_such_entry": _("This time is not on this request."),
        "ticket.no_such_item": _("This is not among the things to do any more."),
        "ticket.too_many_items": _("There are more than {most} things to do; that is too many."),
        "checklist.empty": _("Give the list a name and at least one thing to do."),
        "field.not_a_number": _("{name}: give a number, like 12.5."),
        "field.not_a_choice": _("{name}: choose one of these: {choices}."),
        "field.not_a_day": _("{name}: give a day, like 2026-05-24."),
        "field.not_yes_or_no": _("{name}: say yes or no."),
        "field.too_long": _("{name}: this is longer than 2000 letters."),
        "field.missing": _("{name} is missing."),
        "field.not_here": _("Requests of this topic have no field {key}."),
        "field.bad_key": _("The short name begins with a letter: a to z, digits, _."),
        "field.no_name": _("Name the field in at least one language."),
        "field.no_such_kind": _("There is no such kind of field."),
        "field.no_choices": _("Give at least one choice."),
        "field.choice_twice": _("Two choices have the same short name."),
        "field.key_taken": _("There is a field called {key} already."),
        "field.kind_is_used": _("Requests hold values of this field: its kind stays."),
        "side.nobody": _("Give an e-mail address of somebody to ask."),
        "side.not_here": _("This side conversation belongs to another request."),
        "topic.in_a_circle": _("A topic cannot stand below itself."),
        "topic.has_branches": _("Other topics stand below it; move or retire them first."),
        "priority_matrix.not_whole": _("The matrix is not whole: {problem}"),
    }
)


def cannot_go(status: str, wanted: str) -> Refused:
    """The refusal of a step, both states in the reader's words."""
    return Refused("ticket.cannot_go", status=STATES[status], wanted=STATES[wanted])
