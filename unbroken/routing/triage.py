"""Which queue a request belongs to, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

KINDS = ("household", "company", "reseller", "vip", "unknown")
"""Of whom a queue may be: kinds of customers, those marked VIP, senders nobody has confirmed."""


SURE_FROM = 0.75
"""How certain a finding has to be before a request goes by it: of verdicts said with three quarters
about three quarters are right, and a wrong team costs a hand-over."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue, and what flows into it."""

    id: int
    key: str
    name: str
    team_id: int
    mailboxes: tuple[str, ...]
    topics: tuple[str, ...]
    is_default: bool
    kinds: tuple[str, ...] = ()
    seen_by: tuple[int, ...] = ()
    causes: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    position: int = 0
    active: bool = True
    way: str = "pull"
    skills: Mapping[str, int] = field(default_factory=dict)
    grants: Mapping[str, int] = field(default_factory=dict)
    untouched_minutes: int = 0
    else_team: int = 0

    def name_in(self, language: str) -> str:
        """Its name in a language, else the one it has in any."""
        return self.names.get(language) or self.name

    def is_for(self, kinds: Collection[str]) -> bool:
        """Whether it takes requests of somebody of these kinds."""
        return not self.kinds or not set(self.kinds).isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Choice:
    """The queue that was chosen and why: `cause`, `topic`, `mailbox`, `kind` or `default`, and
    which."""

    queue: QueueRow
    why: str
    which: str = ""


def choose(
    queues: Sequence[QueueRow],
    *,
    topic_keys: Sequence[str],
    mailbox: str,
    kinds: Collection[str] = (),
    cause: str = "",
) -> Choice | None:
    """The queue for a ticket: by what was found on its line, by its topic or the nearest one above,
    by mailbox, by who asks, else the default one. None when there is no default.

    `topic_keys` begin with the ticket's own topic and rise to the root. Of queues that name the
    same, one that is only for some kinds of customers comes before one that is for everybody,
    then the given order decides.
    """
    fitting = sorted((one for one in queues if one.is_for(kinds)), key=lambda one: not one.kinds)
    for queue in fitting:
        if cause and cause in queue.causes:
            return Choice(queue, "cause", cause)
    for key in topic_keys:
        for queue in fitting:
            if key in queue.topics:
                return Choice(queue, "topic", key)
    for queue in fitting:
        if mailbox and mailbox in queue.mailboxes:
            return Choice(queue, "mailbox", mailbox)
    for queue in fitting:
        if queue.kinds and not (queue.topics or queue.mailboxes or queue.causes):
            return Choice(queue, "kind", next(one for one in queue.kinds if one in kinds))
    default = next((queue for queue in queues if queue.is_default), None)
    return Choice(default, "default") if default else None
