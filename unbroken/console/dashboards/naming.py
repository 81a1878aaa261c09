"""How teams, topics and channels are called on screen and in the words of a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.console.saved_lists.queries import kept_teams
from unbroken.console.tickets.counted import NONE
from unbroken.conversation import queries as record
from unbroken.ground.words import Phrase, _, current_language, in_language

NO_TEAM, NO_TOPIC = _("No team yet"), _("No topic")
CHANNELS: Mapping[str, Phrase] = {
    "mail": _("Mail"),
    "web": _("Web form"),
    "phone": _("Phone"),
    "chat": _("Chat"),
    "api": _("Another system"),
    "fax": _("Fax"),
    "counter": _("At the counter"),
    "console": _("Written by us"),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """Names and words by number. `roots`: the branch at the top that a topic hangs on."""

    names: Mapping[tuple[str, str], str]
    keys: Mapping[tuple[str, str], str]
    roots: Mapping[str, str]

    def name(self, level: str, key: str) -> str:
        """For people."""
        if level == "channel":
            return in_language(CHANNELS[key]) if key in CHANNELS else key
        return self.names.get((level, key), key)

    def word(self, level: str, key: str) -> str:
        """For the address of a list."""
        if level == "channel":
            return f"channel:{key}"
        return f"{level}:{self.keys.get((level, key), key)}"


def naming() -> Naming:
    """As everything is called now, in the reader's language."""
    names = {("team", "0"): in_language(NO_TEAM), ("topic", "0"): in_language(NO_TOPIC)}
    keys = {("team", "0"): NONE, ("topic", "0"): NONE}
    for team in kept_teams():
        names["team", str(team.id)], keys["team", str(team.id)] = team.name, team.key
    roots: dict[str, str] = {}
    for topic in record.topic_tree():
        here = str(topic.id)
        names["topic", here] = topic.name_in(current_language())
        keys["topic", here] = topic.key
        roots[here] = roots.get(str(topic.parent_id), here)
    return Naming(names, keys, roots)
