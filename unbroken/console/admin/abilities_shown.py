"""What somebody can do, as their page and its history show it."""

from unbroken.console.admin.history import SHOWN, Shown
from unbroken.ground.words import _, in_language
from unbroken.staffing.abilities import CAPACITY, GRANTS, as_text
from unbroken.staffing.cards import AgentCard

WITHOUT_LIMIT = frozenset({"reboot"})


def shown(card: AgentCard) -> dict[str, object]:
    """What the form shows of somebody."""
    return {
        "skills": as_text(card.skills, card.levels),
        "languages": ", ".join(card.languages),
        "grants": [
            (key, in_language(word), card.grants.get(key, 0), key in WITHOUT_LIMIT)
            for key, word in GRANTS.items()
        ],
        "capacity": [
            (key, in_language(word), card.capacity.get(key, "")) for key, word in CAPACITY.items()
        ],
    }


def _told(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    return ", ".join(f"{key} {number}" for key, number in value.items())


SHOWN.update(
    {
        "levels": Shown(_("Level of skills"), _told),
        "grants": Shown(_("May grant"), _told),
        "capacity": Shown(_("How much at once"), _told),
    }
)
