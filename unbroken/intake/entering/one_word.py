"""Mail that one word answers: a crew's step, whether service is well again; and what comes back.

The mark on the letter is the proof. A machine's answer, and a mail that came before, change
nothing and open no request. What one word does not answer is read like any mail, but for a crew's:
it has no request. A letter that found nobody is noted where it was addressed.
"""

from datetime import datetime

from unbroken.conversation.ids import TicketId
from unbroken.ground.change import Refused
from unbroken.intake.crews.first_word import reported
from unbroken.intake.crews.letters import send_not_read
from unbroken.intake.crews.passes import Pass, pass_of
from unbroken.intake.crews.reporting import report
from unbroken.intake.entering.outcome import Outcome
from unbroken.intake.inbound import Inbound, LetterMark
from unbroken.intake.mail.letter_marks import CREW, STATUS
from unbroken.intake.subscribers import state as subscribers
from unbroken.intake.telling import returned
from unbroken.intake.threading import is_heard_of, reference_key, remember
from unbroken.intake.well.answering import answer_well
from unbroken.intake.well.questions import Question, Says, question, said_in_one_word

NO_TICKET = TicketId(0)


def enter_one_word(mail: Inbound, *, at: datetime) -> Outcome | None:
    """What became of it; None when it is to be read like any mail."""
    mark = mail.letter_mark
    if mark is None:
        return None
    if mark.kind == CREW:
        given = pass_of(mark.number)
        return _crew(given, mail, at=at) if given else None
    if mail.kind == "bounce":
        return _came_back(mark, mail, at=at)
    if mail.kind in ("auto_reply", "loop"):
        return Outcome("kept", NO_TICKET)
    if mark.kind == STATUS:
        return None
    asked = question(mark.number)
    said = said_in_one_word(mail.new_text)
    if asked is None or said is None or mail.kind != "message" or not mail.may_auto_answer:
        return None
    return _well(asked, said, mail, at=at)


def _came_back(mark: LetterMark, mail: Inbound, *, at: datetime) -> Outcome:
    """The address is at fault when all reports say so; a full mailbox may have room tomorrow."""
    if all(report.bounce_class == "temporary" for report in mail.bounces):
        return Outcome("kept", NO_TICKET)  # the other server goes on trying
    if mark.kind == STATUS:
        is_for_good = any(report.permanent for report in mail.bounces)
        subscribers.came_back(mark.number, is_for_good=is_for_good)
    else:
        returned.came_back(mark.number, mail.bounces, at=at)
    return Outcome("kept", NO_TICKET)


def _well(asked: Question, said: tuple[Says, str], mail: Inbound, *, at: datetime) -> Outcome:
    """Yes or no to the mail that asked whether it is well again."""
    if is_heard_of(mail):
        return Outcome("kept", NO_TICKET)
    says, words = said
    ticket = TicketId(answer_well(asked, says, words=words, channel="mail", at=at) or NO_TICKET)
    if mail.message_id:
        remember([(reference_key(mail.message_id), ticket)])
    return Outcome("reported", ticket)


def _crew(given: Pass, mail: Inbound, *, at: datetime) -> Outcome:
    if mail.kind != "message" or not mail.may_auto_answer or is_heard_of(mail):
        return Outcome("kept", NO_TICKET)
    if mail.message_id:
        remember([(reference_key(mail.message_id), NO_TICKET)])
    said, why = reported(mail.new_text), ""
    if said is not None:
        try:
            report(given, said, at=at)
            return Outcome("reported", NO_TICKET)
        except Refused as refusal:
            why = refusal.in_words(given.language)
    if mail.sender is not None:
        send_not_read(given, to=mail.sender.email, why=why, at=at)
    return Outcome("kept", NO_TICKET)
