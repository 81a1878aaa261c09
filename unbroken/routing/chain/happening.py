"""What is happening, in one paragraph made from the chain: for colleagues, for the customer, and
short enough to be read aloud on the phone. Pure.

The customer's words never hold a colleague's or a team's name, nor anything that was written for
colleagues: they come from the plan's own words for the customer, from counts and from times.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from unbroken.ground.time_words import when
from unbroken.ground.words import Phrase, _, current_language, in_language, speaking
from unbroken.routing.chain.reading import ChainView, LegView

SECONDS, LETTERS_A_SECOND = 15, 15
ALOUD_MAX = SECONDS * LETTERS_A_SECOND
"""Letters that are read aloud, calmly, in a quarter of a minute."""

AtWords = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What else has to be known of the request. `by`: when it will probably be over, as we see it;
    `told_by`: as the customer was told; `news_by`: our next word."""

    status: str
    waiting_for: str = ""
    team: str = ""
    agent: str = ""
    pending_until: datetime | None = None
    by: datetime | None = None
    told_by: datetime | None = None
    news_by: datetime | None = None
    looked_at: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """The three paragraphs, in one language."""

    agent: str
    customer: str
    phone: str


OVER: dict[str, Phrase] = {
    "resolved": _("It is done."),
    "closed": _("It is done and settled."),
    "cancelled": _("It was withdrawn."),
    "rejected": _("We have not taken it on."),
}
WAITS: dict[str, Phrase] = {
    "customer": _("We wait for your answer."),
    "approval": _("We wait until your company has approved it."),
    "partner": _("We wait for a partner of ours, and press them."),
    "appointment": _("An appointment is arranged."),
    "date": _("It goes on at the date that was agreed."),
    "force_majeure": _("It waits for the end of what nobody can help."),
}
AGENT_WAITS: dict[str, Phrase] = {
    "customer": _("Waits for the customer."),
    "approval": _("Waits for the approval of the customer's company."),
    "partner": _("Waits for a partner."),
    "appointment": _("Waits for an appointment."),
    "date": _("Waits for a date."),
    "force_majeure": _("Waits for the end of what nobody can help."),
}
ON_HOLD, RECEIVED = _("It is on hold."), _("We have received it, and it is in the queue.")
IN_HAND, SPECIALIST = _("We are working on it."), _("A specialist is working on it.")
PASSED = _("It has been passed to a specialist, together with all that was found so far.")
QUESTION = _("Our specialists are settling a question among themselves.")
ELSEWHERE = _("We have asked somebody outside our house and wait for their answer.")
BESIDE = _("Another of our teams works on a part of it at the same time.")
THEN, SO_FAR = _("After that: {what}."), _("Done so far: {what}.")
BY, NEWS_BY = _("We expect to be done by {time}."), _("You hear from us by {time}.")
NOBODY, NO_HANDS = _("Nobody has it in hand yet."), _("It is in no team yet.")
HAS_IT, GIVEN_TO = _("{whom} has had it since {time}."), _("Given to {whom} at {time}.")
WITH = _("{whom} has it.")
NOT_ACCEPTED, ASKS = _("Not accepted yet."), _("They asked back: “{words}”")
ANSWERED = _("Answered: “{words}”")
NEEDED_BY, NEEDED = _("Needed by {time}: “{words}”"), _("Needed: “{words}”")
LATE = _("That time is over.")
FOUND, RETURNED = _("Before it, {whom}: “{words}”"), _("{whom} gave it back: “{words}”")
BESIDE_IS, APPROVAL_IS = _("Beside it: {whom}, since {time}."), _("An approval is waited for.")
NEXT, PROBABLY = _("Next: {what}."), _("Probably over by {time}.")


def happening(
    chain: ChainView, standing: Standing, *, at: datetime, at_words: AtWords, language: str
) -> Happening:
    """What is happening, for each of the three. `at_words` words a time for the reader."""
    with speaking(language):
        return Happening(
            agent=" ".join(_for_agents(chain, standing, at, at_words)),
            customer=" ".join(_for_customers(chain, standing, at_words, language)),
            phone=_aloud(_for_customers(chain, standing, at_words, language, is_short=True)),
        )


def at_wall(at: datetime, zone: str) -> AtWords:
    """Times as the clock on the reader's wall shows them, with the day where it is another."""
    return lambda one: when(one, at, zone)


def _for_agents(chain: ChainView, standing: Standing, at: datetime, at_words: AtWords) -> list[str]:
    if standing.status in OVER:
        return [in_language(OVER[standing.status])]
    said = [_in_hands(chain.current, standing, at_words)]
    said += _asked_of(chain.current, at, at_words)
    waits = AGENT_WAITS.get(standing.waiting_for, ON_HOLD)
    if standing.status in ("pending", "held"):
        said.append(in_language(waits))
    said += _found_before(chain)
    for one in chain.beside:
        since = at_words(one.given_at) if one.given_at else "?"
        said.append(
            in_language(APPROVAL_IS)
            if one.kind == "approval"
            else in_language(BESIDE_IS, whom=one.whom or "?", time=since)
        )
    ahead = [one for one in chain.ahead if one.kind == "work"]
    if ahead:
        what = ahead[0].name_in(current_language()) or ahead[0].whom
        said.append(in_language(NEXT, what=what))
    if standing.by is not None:
        said.append(in_language(PROBABLY, time=at_words(standing.by)))
    return said


def _in_hands(leg: LegView | None, standing: Standing, at_words: AtWords) -> str:
    whom = " · ".join(one for one in (standing.team, standing.agent) if one)
    if leg is None:
        if not whom:
            return in_language(NO_HANDS)
        return in_language(WITH, whom=whom) if standing.agent else f"{whom}. " + in_language(NOBODY)
    since = leg.begun_at or leg.given_at
    sentence = HAS_IT if leg.begun_at else GIVEN_TO
    return in_language(sentence, whom=leg.whom or whom, time=at_words(since) if since else "?")


def _asked_of(leg: LegView | None, at: datetime, at_words: AtWords) -> list[str]:
    if leg is None:
        return []
    said = [in_language(NOT_ACCEPTED)] if leg.state == "given" and leg.needed else []
    if leg.needed and leg.due_at:
        said.append(in_language(NEEDED_BY, time=at_words(leg.due_at), words=leg.needed))
    elif leg.needed:
        said.append(in_language(NEEDED, words=leg.needed))
    if leg.is_late(at):
        said.append(in_language(LATE))
    if leg.asked:
        said.append(in_language(ASKS, words=leg.asked))
        said += [in_language(ANSWERED, words=leg.answered)] if leg.answered else []
    return [*said, leg.progress()] if leg.of_count else said


def _found_before(chain: ChainView) -> list[str]:
    before = chain.before
    if before is None or not before.done:
        return []
    sentence = RETURNED if before.state == "returned" else FOUND
    return [in_language(sentence, whom=before.whom, words=before.done)]


def _for_customers(
    chain: ChainView,
    standing: Standing,
    at_words: AtWords,
    language: str,
    *,
    is_short: bool = False,
) -> list[str]:
    if standing.status in OVER:
        return [in_language(OVER[standing.status])]
    said = [_now(chain, standing, language)]
    leg = chain.current
    if leg is not None and leg.of_count:
        said.append(leg.progress())
    if not is_short:
        said += _around(chain, language)
    if standing.status == "pending":
        return said
    if standing.told_by is not None:
        said.append(in_language(BY, time=at_words(standing.told_by)))
    elif standing.news_by is not None:
        said.append(in_language(NEWS_BY, time=at_words(standing.news_by)))
    return said


def _now(chain: ChainView, standing: Standing, language: str) -> str:
    """One sentence: what is the case now."""
    if standing.status in ("pending", "held"):
        return in_language(WAITS.get(standing.waiting_for, ON_HOLD))
    leg = chain.current
    if leg is None:
        return in_language(IN_HAND if standing.looked_at or standing.agent else RECEIVED)
    if leg.state == "asked":
        return in_language(QUESTION)
    if says := leg.says_in(language):
        return _as_sentence(says)
    if not chain.over:
        return in_language(IN_HAND)
    return in_language(SPECIALIST if leg.state == "working" else PASSED)


def _around(chain: ChainView, language: str) -> list[str]:
    """What is over, what runs beside, what comes next: each only once."""
    over = [says for one in chain.over if (says := one.says_in(language)) and one.state == "done"]
    said = [in_language(SO_FAR, what=_joined(over))] if over else []
    kinds = {one.kind for one in chain.beside}
    said += [in_language(ELSEWHERE)] if "side" in kinds else []
    said += [in_language(BESIDE)] if "child" in kinds else []
    ahead = [says for one in chain.ahead if (says := one.says_in(language))]
    return [*said, in_language(THEN, what=_joined(ahead))] if ahead else said


def _aloud(sentences: list[str]) -> str:
    """As many of the sentences as can be read aloud in time; the first one always."""
    said = sentences[:1]
    for one in sentences[1:]:
        if len(" ".join([*said, one])) <= ALOUD_MAX:
            said.append(one)
    return " ".join(said)


def _joined(parts: list[str]) -> str:
    return "; ".join(part.strip().rstrip(".") for part in parts)


def _as_sentence(words: str) -> str:
    words = words.strip()
    return words if words[-1:] in ".!?…" else f"{words}."
