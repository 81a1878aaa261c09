"""What became of the day, held against its truth: only mails that left and the desk's records."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

from town.bad_day.day import BadDay, Person, Strike
from town.bad_day.play import Stage

BERLIN = ZoneInfo("Europe/Berlin")
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
RESTORE = timedelta(hours=2)
TELL_MEAN_MAX = timedelta(minutes=5)
NEAR = timedelta(minutes=10)

PROBLEMS = """
SELECT id, element, since, detected_at, until, announced, merged_into, state FROM service_problem
ORDER BY id
"""
LETTERS = """
-- Every letter of every notice, to which customer, and what became of it.
SELECT notice.problem, notice.message, notice.step, customer.key, letter.state, letter.why,
       letter.sent_at, letter.not_before
FROM notice_letter letter JOIN notice ON notice.id = letter.notice_id
JOIN customer ON customer.id = letter.customer
"""
TICKETS = """
-- Requests: whose, when, of which problem they were part, how they stand, answers by hand.
SELECT ticket.id, customer.key, ticket.reported_at, ticket.status, joined.problem,
       (SELECT count(*) FROM message WHERE message.ticket_id = ticket.id
        AND message.direction = 'out' AND message.kind = 'message'
        AND message.author LIKE 'agent:%') AS by_hand
FROM trouble_ticket ticket LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN ticket_problem joined ON joined.ticket_id = ticket.id
ORDER BY ticket.id
"""
CREDITS = "SELECT ticket_id, amount::text, state FROM credit ORDER BY id"


@dataclass
class Verdict:
    """Figures and whatever is wrong."""

    figures: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def judge(stage: Stage) -> Verdict:
    """Ask the records, read the mails, compare."""
    verdict = Verdict()
    with stage.database() as cursor:
        problems, letters, tickets, credits = (
            cursor.execute(statement.encode()).fetchall()
            for statement in (PROBLEMS, LETTERS, TICKETS, CREDITS)
        )
    mails = [_read(path.read_bytes()) for path in sorted(stage.mails.glob("**/*.eml"))]
    found = _problems(stage.day, problems, verdict)
    _told(stage.day, found, letters, tickets, verdict)
    _once(mails, verdict)
    _tickets(stage.day, found, tickets, verdict)
    _credits(stage.day, tickets, credits, verdict)
    return verdict


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def _problems(day: BadDay, problems: list[Any], verdict: Verdict) -> dict[str, Any]:
    """Each strike is one problem, named at its element, opened in time; nothing else is one."""
    alive = [one for one in problems if one[6] is None and one[7] != "cancelled"]
    found: dict[str, Any] = {}
    for strike in day.strikes:
        mine = [one for one in alive if abs(one[2] - strike.since) <= NEAR]
        if len(mine) != 1:
            verdict.wrong.append(f"{strike.name}: {len(mine)} problems: {_names(mine)}")
        if mine:
            found[strike.name] = mine[0]
            _timely(strike, mine[0], verdict)
    false = [one for one in alive if one not in found.values()]
    verdict.figures["problems"] = len(alive)
    verdict.figures["false problems"] = len(false)
    verdict.wrong += [f"false problem: {_names([one])} since {one[2]}" for one in false]
    return found


def _names(some: list[Any]) -> str:
    return ", ".join(f"{one[0]} {one[1]}" for one in some) or "none"


def _timely(strike: Strike, problem: Any, verdict: Verdict) -> None:
    _, element, _, detected_at, until, _, _, _ = problem
    seconds = (detected_at - strike.since).total_seconds()
    verdict.figures[f"{strike.name}: detected after s"] = round(seconds)
    if element != strike.element:
        verdict.wrong.append(f"{strike.name}: named {element}, is {strike.element}")
    if until is None or abs(until - strike.until) > NEAR:
        verdict.wrong.append(f"{strike.name}: over at {until}, was over at {strike.until}")


def _told(
    day: BadDay, found: dict[str, Any], letters: list[Any], tickets: list[Any], verdict: Verdict
) -> None:
    """Whoever was struck was told, or wrote first and was told by the receipt; nobody else was."""
    waits: list[float] = []
    struck_by_problem: dict[int, set[str]] = {}
    wrote = {(row[1], row[4]) for row in tickets if row[4] is not None}
    for strike in day.strikes:
        problem = found.get(strike.name)
        if problem is None:
            continue
        mine = [one for one in letters if one[0] == problem[0]]
        people = [one for one in day.people.values() if strike.homes & set(one.homes)]
        struck_by_problem[problem[0]] = {one.key for one in people}
        for person in people:
            first = [one for one in mine if one[3] == person.key and one[1] == "known"]
            sent = [one[6] for one in first if one[4] == "sent"]
            due = _due(strike, person)
            has_receipt = (person.key, problem[0]) in wrote
            if len(sent) > 1:
                verdict.wrong.append(f"{strike.name}: {person.key} told {len(sent)} times")
            if sent and due is not None:
                waits.append((sent[0] - due).total_seconds())
            if due is None and sent:
                verdict.wrong.append(f"{strike.name}: {person.key} told though it was over")
            if due is not None and not sent and not has_receipt:
                what = [(one[4], one[5], str(one[7])) for one in first]
                verdict.wrong.append(f"{strike.name}: {person.key} never told {what}")
    for one in letters:
        if one[4] == "sent" and one[3] not in struck_by_problem.get(one[0], {one[3]}):
            verdict.wrong.append(f"told of problem {one[0]} though not struck: {one[3]}")
    verdict.figures["letters sent"] = sum(one[4] == "sent" for one in letters)
    verdict.figures["told by us, outside quiet hours"] = len(waits)
    if waits:
        verdict.figures["mean seconds to tell"] = round(mean(waits))
        verdict.figures["longest, seconds"] = round(max(waits))
        if mean(waits) > TELL_MEAN_MAX.total_seconds():
            verdict.wrong.append(f"told after {mean(waits):.0f} s on average")


def _due(strike: Strike, person: Person) -> datetime | None:
    """From when on this person is to be told; None: never, it is over when their night is."""
    since = strike.told_from
    if person.is_company:
        return since
    local = since.astimezone(BERLIN)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return since
    morning = local.replace(hour=7, minute=0, second=0, microsecond=0)
    morning = morning if morning >= local else morning + timedelta(days=1)
    return morning if morning < strike.until - timedelta(minutes=2) else None


def _once(mails: list[EmailMessage], verdict: Verdict) -> None:
    """Nobody gets the same words twice; a receipt has a number, so two of them differ."""
    same = Counter((mail["To"], mail["Subject"], _words(mail)) for mail in mails)
    verdict.figures["mails"] = len(mails)
    for (to, subject, _), count in same.items():
        if count > 1:
            verdict.wrong.append(f"{to} got {count} times: {subject}")


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def _tickets(day: BadDay, found: dict[str, Any], tickets: list[Any], verdict: Verdict) -> None:
    """Whoever wrote because of a strike has one request, joined to its problem, answered by it."""
    by_hand = sum(one[5] for one in tickets)
    verdict.figures["requests"] = len(tickets)
    verdict.figures["answers by hand"] = by_hand
    joined = 0
    for person in day.people.values():
        for at in person.writes_at:
            strike = next(
                one for one in day.strikes
                if set(person.homes) & one.homes and one.since <= at <= one.until
            )  # fmt: skip
            if strike.name == "carrier" and at < strike.told_from:
                continue  # announced work: the answer is that it was announced
            problem = found.get(strike.name)
            near = [
                one for one in tickets
                if one[1] == person.key and abs(one[2] - at) < timedelta(minutes=3)
            ]  # fmt: skip
            if len(near) != 1:
                verdict.wrong.append(f"{person.key} wrote at {at}: {len(near)} requests")
            elif problem is not None and near[0][4] != problem[0]:
                verdict.wrong.append(f"{person.key} wrote at {at}: not joined to {strike.name}")
            else:
                joined += 1
                if near[0][3] not in ("resolved", "closed"):
                    verdict.wrong.append(f"{person.key}: request {near[0][0]} is {near[0][3]}")
    verdict.figures["requests joined"] = joined


def _credits(day: BadDay, tickets: list[Any], credits: list[Any], verdict: Verdict) -> None:
    """A Gold request that waited longer than its two hours pays once; no other pays."""
    gold = {one.key for one in day.people.values() if one.agreement == "gold"}
    expected = set()
    for number, customer, at, *_ in tickets:
        if customer not in gold:
            continue
        homes = set(day.people[customer].homes)
        for strike in day.strikes:
            is_mine = homes & strike.homes and strike.since <= at <= strike.until
            if is_mine and strike.until - at > RESTORE:
                expected.add(number)
    booked = Counter(one[0] for one in credits)
    verdict.figures["credits"] = len(credits)
    verdict.figures["credits expected"] = len(expected)
    if dict(booked) != dict.fromkeys(expected, 1):
        verdict.wrong.append(f"credits: {dict(booked)}, expected {sorted(expected)}")
