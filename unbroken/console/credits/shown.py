"""What an agreement's page shows of the things that follow from a missed promise."""

from typing import Any

from unbroken.console.credits.words import DAYS, FIELDS, KINDS, MARKS
from unbroken.ground.words import _, in_language
from unbroken.promise.consequence_presets import PRESETS
from unbroken.promise.measures import all_measures
from unbroken.promise.objectives import AVAILABILITY
from unbroken.promise.queries.owed import rules_of
from unbroken.promise.queries.within import period_objectives
from unbroken.promise.spans import in_text

MONTH_WORDS = {
    AVAILABILITY: _("Availability of each service"),
    **{key: one.label for key, one in all_measures().items()},
}


def shown_rules(agreement: str) -> dict[str, Any]:
    """What the agreement's page needs for its rules."""
    return {
        "rules": rules_of(agreement),
        "presets": [
            (one.key, f"{in_language(one.name)} ({in_language(MARKS[one.mark])})")
            for one in PRESETS
        ],
        "kinds_of_rules": [(key, in_language(word)) for key, word in KINDS.items()],
        "kind_words": KINDS,
        "months": period_objectives(agreement),
        "month_words": MONTH_WORDS,
        "month_measures": [(key, in_language(word)) for key, word in MONTH_WORDS.items()],
        "in_hours": in_text,
        "measures": [(key, in_language(one.label)) for key, one in all_measures().items()],
        "measure_words": {key: one.label for key, one in all_measures().items()},
        "marks": MARKS,
        "money_fields": [(name, in_language(FIELDS[name])) for name in FIELDS],
        "days_of_rules": [(key, in_language(word)) for key, word in DAYS],
    }
