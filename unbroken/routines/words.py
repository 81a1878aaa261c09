"""Refusals of this room, fit for the person who asked."""

from unbroken.ground.change import refusals
from unbroken.ground.words import _

refusals(
    {
        "routine.no_name": _("Give it a name."),
        "routine.does_nothing": _("Say what it does: at least one step."),
        "routine.not_understood": _("“{value}” is not understood here."),
        "routine.too_many_tags": _("At most {most} tags."),
        "routine.too_long": _("At most {letters} letters in one text."),
        "routine.changed_since": _("Something else was changed since. Look again."),
        "routine.cannot_take_back": _("This cannot be taken back."),
        "routine.not_known": _("It cannot be said: {names} is not known for this request."),
        "routine.no_address": _("No address works: the answer would reach nobody."),
        "routine.to_a_machine": _("A machine wrote this request; a rule answers no machine."),
        "routine.to_an_echo": _("It looks like a machine that answers our own mails."),
        "routine.failed": _("A fault of ours, not of the rule: {error}"),
        "routine.away": _("{name} takes nothing new just now, so it went to the team."),
        "routine.starts_never": _("Say what starts it: an event, or hours that passed."),
        "routine.no_schedule": _("Say when: a first day, how often, a time of day and its zone."),
        "routine.no_such_team": _("The team is closed or gone."),
        "routine.no_such_person": _("This person works here no longer, or in no team."),
    }
)
