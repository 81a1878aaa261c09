"""The loop that mails the status page to whoever asked for it, one letter after the other.

What a letter will say is noted before it leaves. Killed in between, the same letter leaves again
under the same Message-ID, and nothing else is told twice. Whose server takes nothing now is tried
again in the next pass; only when nobody's does, the mail server itself is left in peace.
"""

from dataclasses import dataclass

from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, Stop
from unbroken.ground.words import speaking
from unbroken.intake.outgoing import PermanentFailure, TemporaryFailure
from unbroken.intake.subscribers import state
from unbroken.intake.subscribers.letters import deliver
from unbroken.intake.subscribers.state import Subscriber
from unbroken.intake.telling.sending import letters_free
from unbroken.portal.status import letters
from unbroken.portal.status.news import News, news
from unbroken.portal.status.reading import TOLD, Snapshot, snapshot

EVERY_SECONDS = 20.0
FAILURES_MAX = 3
"""So many that could not leave, one after the other: it is the mail server, not a reader's."""


@dataclass(slots=True)
class Pass:
    """What became of one pass; `waiting`: somebody has to be told later."""

    sent: int = 0
    waiting: int = 0
    failures: int = 0


def tell_everybody(found: Snapshot, stop: Stop | None = None) -> Pass:
    """One pass over all who asked."""
    done, free = Pass(), 0
    for one in state.confirmed():
        new = news(one.parts, one.told, found, one.telling or None)
        if not new:
            _note_known(one, new)
            continue
        free = free or letters_free(now())
        is_asked = stop is not None and stop.is_asked
        if not free or is_asked or done.failures >= FAILURES_MAX:
            done.waiting += 1
            return done
        if new.is_due or one.telling:
            free -= 1
            _tell(one, new, done)
        else:
            done.waiting += 1
    return done


def _note_known(one: Subscriber, new: News) -> None:
    """What need not be told is known; what is gone from the page is forgotten."""
    if one.telling or dict(new.told) != one.told:
        state.end_telling(one.id, new.told, at=None)


def _tell(one: Subscriber, new: News, done: Pass) -> None:
    telling = one.telling or dict(new.told)
    if not one.telling:
        state.begin_telling(one.id, telling)
    with speaking(one.language):
        subject, words = letters.subject_of(new), letters.text_of(new, one.language)
    try:
        deliver(one, telling, subject=subject, words=words, at=now())
    except TemporaryFailure:
        done.waiting, done.failures = done.waiting + 1, done.failures + 1
        return
    except PermanentFailure as failure:
        is_dead = any(refusal.is_no_such_mailbox for refusal in failure.refused)
        state.end_telling(one.id, new.told, at=None)
        state.came_back(one.id, is_for_good=is_dead)
        return
    done.sent, done.failures = done.sent + 1, 0
    state.end_telling(one.id, new.told, at=now())


def run(stop: Stop) -> None:
    """The loop: whoever is to be told, then a rest. What everybody knows is not asked again."""
    known_by_all: object = None
    while not stop.is_asked:
        found = snapshot()
        if _shown(found) != known_by_all:
            done = tell_everybody(found, stop)
            known_by_all = None if done.waiting else _shown(found)
            if done.failures >= FAILURES_MAX:
                stop.pause(EVERY_SECONDS)
        stop.rest(EVERY_SECONDS)


def _shown(found: Snapshot) -> object:
    """All that a letter is made of; the hour, since work comes near and is over by itself."""
    return found.at.replace(minute=0, second=0, microsecond=0), found.incidents, found.work


LOOP = Loop("status by mail", run, TOLD)
