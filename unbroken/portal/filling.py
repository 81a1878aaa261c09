"""A form on its way between page and browser: what was filled in, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.http import HttpRequest

from unbroken.ground.words import in_language
from unbroken.portal.once import form_number

NUMBER = "form"
HONEYPOT = "website"


@dataclass(frozen=True, slots=True)
class Filled:
    """Values and sentences by field; `""` holds what is wrong with the whole."""

    number: str
    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, list[str]] = field(default_factory=dict)
    is_trap_shown: bool = False

    def value(self, name: str) -> str:
        """What is in a field."""
        return self.values.get(name, "")

    def errors(self, name: str = "") -> list[str]:
        """What is wrong with a field, or with the whole."""
        return self.wrong.get(name, [])


def empty(**values: str) -> Filled:
    """A form that nobody has filled in yet."""
    return Filled(form_number(), values)


def filled(request: HttpRequest, form: forms.Form, *also: tuple[str, str]) -> Filled:
    """What was sent, with its refusals; `also` are more of them: field and sentence."""
    wrong: dict[str, list[str]] = {}
    for name, sentences in form.errors.items():
        wrong[name if name != "__all__" else ""] = [in_language(str(one)) for one in sentences]
    for name, sentence in also:
        wrong.setdefault(name, []).append(sentence)
    values = {name: str(value) for name, value in request.POST.items() if name != NUMBER}
    number = request.POST.get(NUMBER, "")
    return Filled(number, values, wrong, is_trap_shown=bool(request.POST.get(HONEYPOT)))
