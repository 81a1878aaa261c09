"""What an answer asserts, and whether the records contradict it. Pure.

A small classifier of our own, tested on real sentences: words that must come together in one
sentence, in English, Russian and Italian. It says nothing where it is unsure: a missed assertion
costs an unneeded answer, a wrong stop costs an agent's trust.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unbroken.evidence.judging import UNKNOWN, Hypothesis, Verdict

SURE_FROM = 0.6
RULED_OUT_BELOW = 0.1
TEXT_MAX = 20_000

_CAUSES: tuple[tuple[str, str, str], ...] = (
    (
        "planned_reset",
        r"reset|reconnect|disconnect|re-?dial|сброс|сбрасыва|перезапуск|переподключ|разрыв|обрыв"
        r"|reset|riconness|disconness|azzer",
        r"planned|schedul|by design|normal|once (?:in|a|every)|every 24|24 ?h|per day|daily"
        r"|планов|норм|штатн|раз в (?:24|сутки|день)|кажд\w+ 24|24 ?ч|сутки"
        r"|programmat|previst|normal|ogni 24|una volta (?:al|ogni)|24 ?or",
    ),
    (
        "home_network",
        r"wi-?fi|router|cabling|your (?:computer|laptop|device|equipment)|in your home"
        r"|вай-?фай|вашем? (?:роутер|компьютер|оборудован|устройств)|в вашей квартире"
        r"|il suo (?:router|computer|dispositivo)|a casa sua|suo impianto",
        r"fault is|caused by|because of|problem is|due to|on your side|lies (?:in|with)"
        r"|неисправност|проблема (?:в|на|с)|из-за|на вашей стороне|виноват"
        r"|problema è|causat|colpa|dalla sua parte|dovut",
    ),
    (
        "no_fault_found",
        r"line|connection|service|network|линия|связь|сеть|соединение|linea|connessione|rete",
        r"is fine|works (?:fine|properly|normally)|no (?:fault|problem|error)s?|in order|all good"
        r"|в порядке|исправн|не обнаружен|неполадок нет|работает нормально"
        r"|funziona (?:bene|regolarmente)|nessun (?:guasto|problema)|è a posto|tutto (?:bene|ok)",
    ),
    (
        "planned_work",
        r"work|maintenance|работ|lavori|manutenzione",
        r"planned|scheduled|announced|планов|профилакти|programmat|annunciat",
    ),
    (
        "customer_power",
        r"power|electricity|питани|электричеств|corrente|alimentazione",
        r"your (?:home|side|house|device)|you (?:had|have|lost)|у вас|в вашем доме|da voi"
        r"|a casa sua"
        r"|presso di lei",
    ),
    (
        "quota_reached",
        r"quota|volume|traffic|data (?:limit|cap)|трафик|объ[её]м|лимит|traffico|volume",
        r"used up|exceeded|exhausted|reached|исчерпан|превышен|закончил|esaurit|superat|raggiunt",
    ),
)
"""A cause, the thing spoken of, and what is said of it: both in one sentence assert the cause."""

KNOWN_LETTERS_MIN = 20
"""A shorter sentence of a canned answer ("Best regards,") stands in many others too."""

_VARIABLE = re.compile(r"\{\w+\}")
_SENTENCES = re.compile(r"[.!?\n]+")
_NEGATED = re.compile(
    r"\bnot (?:the|a|because|due|caused|planned|explain)|cannot explain|isn['’]t|is not|\bno longer"
    r"|не (?:объясня|явля|связан|плановый|из-за)|нельзя объяснить|\bnon (?:è|spiega|dipende)",
    re.IGNORECASE,
)
_SEEN = tuple(
    (key, re.compile(thing, re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for key, thing, said in _CAUSES
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The answer says `asserted`, the records say `verdict`."""

    asserted: str
    sentence: str
    verdict: str
    certainty: float


def asserted(text: str) -> tuple[tuple[str, str], ...]:
    """The causes an answer asserts, each with the sentence that does; none where one is denied."""
    found: dict[str, str] = {}
    for sentence in _SENTENCES.split(text[:TEXT_MAX]):
        if _NEGATED.search(sentence) or sentence.lstrip().startswith(">"):
            continue
        for key, thing, said in _SEEN:
            if key not in found and thing.search(sentence) and said.search(sentence):
                found[key] = sentence.strip()
    return tuple(found.items())


def asserted_by(text: str, known: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The causes of `known` texts that stand in this answer, each with the words that do.

    `known`: a key of causes and a text with its variables in braces. Before its words are read for
    what they may mean, an answer that somebody wrote down with its meaning is taken at that.
    """
    said = _plainly(text[:TEXT_MAX])
    found: dict[str, str] = {}
    for key, whole in known:
        parts = [one.strip() for one in _SENTENCES.split(_VARIABLE.sub("\n", whole))]
        longest = max(parts, key=len, default="")
        if key not in found and len(longest) >= KNOWN_LETTERS_MIN and _plainly(longest) in said:
            found[key] = longest
    return tuple(found.items())


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def contradiction(
    text: str, verdict: Verdict, known: Sequence[tuple[str, str]] = ()
) -> Contradiction | None:
    """What the answer asserts and the records rule out; None where they are not sure enough."""
    if verdict.key == UNKNOWN or verdict.certainty < SURE_FROM:
        return None
    shares = {one.key: one.certainty for one in verdict.hypotheses}
    for key, sentence in (*asserted_by(text, known), *asserted(text)):
        if (key, verdict.key) == ("planned_work", "work_overran"):
            continue  # it speaks of the work, and so do the records
        if key != verdict.key and shares.get(key, 0.0) < RULED_OUT_BELOW:
            return Contradiction(key, sentence, verdict.key, verdict.certainty)
    return None


def refuting(verdict: Verdict, key: str) -> Hypothesis | None:
    """The contradicted cause with the records that speak against it."""
    return next((one for one in verdict.hypotheses if one.key == key), None)
