"""What kind of mail this is, and whether a machine of ours may answer it."""

from typing import Final

from unbroken.intake.inbound import HeaderFacts, Kind, Mailbox
from unbroken.intake.mail import agent_marks, facts, letter_marks, tokens
from unbroken.intake.mail.facts import Desk
from unbroken.intake.mail.headers import Head

HOPS_MAX: Final = 50
OWN_HOPS_MAX: Final = 5


def is_loop(
    head: Head, found: HeaderFacts, desk: Desk, message_id: str, recipients: set[str]
) -> bool:
    """Our own mail has come back to us, or one that goes round in circles."""
    if found.desk is not None and (not desk.key or found.desk == desk.key):
        return True
    if message_id and _is_ours(message_id, desk):
        return True
    if found.received_count > HOPS_MAX or found.received_from_us > OWN_HOPS_MAX:
        return True
    known = recipients | {mailbox.lower() for mailbox in desk.mailboxes}
    return any(value.strip().strip("<>").lower() in known for value in head.all("x-loop"))


def _is_ours(message_id: str, desk: Desk) -> bool:
    if desk.secret:
        readers = (tokens.read_token, agent_marks.read_agent_mark, letter_marks.read_letter_mark)
        return any(read(message_id, desk.secret) is not None for read in readers)
    marks = (tokens, agent_marks, letter_marks)
    return any(one.looks_marked(message_id) for one in marks)


def may_auto_answer(
    kind: Kind, found: HeaderFacts, sender: Mailbox | None, reply_to: tuple[Mailbox, ...]
) -> bool:
    """Only a person's letter gets an automatic answer (RFC 3834)."""
    if kind != "message" or sender is None or "@" not in sender.email:
        return False
    if found.auto_submitted not in ("", "no"):
        return False
    if found.is_list or found.is_bulk or found.asks_no_answer or found.return_path == "":
        return False
    answer_to = reply_to[0] if reply_to else sender
    asked = [sender.email, answer_to.email]
    if found.sender:
        asked.append(found.sender.email)
    if found.return_path:
        asked.append(found.return_path)
        if facts.is_surely_daemon(Mailbox("", found.return_path)):
            return False
    if any(facts.is_list_address(email) for email in asked):
        return False
    if facts.is_daemon(sender) or facts.is_daemon(answer_to) or facts.is_daemon(found.sender):
        return False
    return not facts.is_no_reply(answer_to.email)
