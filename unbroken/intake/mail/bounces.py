"""Mail that came back: to whom it could not be delivered, and why.

First the form that RFC 3464 asks for, then what servers write instead. A notice that
delivery is merely delayed is temporary and no failure.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from unbroken.intake.inbound import BounceReport, HeaderFacts, Mailbox
from unbroken.intake.mail import bounce_words, charsets, facts, headers, mime
from unbroken.intake.mail.headers import Head
from unbroken.intake.mail.mime import Tree

RECIPIENTS_MAX: Final = 1_000
_TEXT_MAX: Final = 60_000
_REASON_LINES_MAX: Final = 8

SUBJECT: Final = re.compile(
    r"(?i)\s*(?:\*+\s*)?(?:undeliver(?:ed|able)|unzustellbar|delivery (?:status|failure|has"
    r" failed|problem|report|notification|error)"
    r"|mail (?:delivery|system error|could not|failure|error)|(?:mail|message) (?:delivery "
    r"|status|undeliverable|not delivered|returned)|returned mail"
    r"|failure notice|nondeliverable|non-?delivery|non recapitabile|non remis|mancato recapito"
    r"|notifica(?:zione)? (?:dello stato|di mancat)|avis de non|échec"
    r"|warning: (?:could not|message)|not delivered|rejected:|failed (?:mail|delivery"
    r"|to)|no se puede entregar|no entregado"
    r"|недоставленн|не доставлен|не удалось доставить|сообщение не доставлено|возвра[щт]|ошибка"
    r" доставки|уведомление о (?:недоставке|доставке)|mensaje (?:no )?devuelto"
    r"|mail delivery|benachrichtigung (?:zum|über den) (?:übermittlungs|zustell)|nicht zugestellt"
    r"|zustellung|your message .{0,80}(?:not|couldn't)"
    r"|(?:auto(?:mat\w+)?[: ]+)?(?:error|bounce|bounced|problem) (?:mail|message|sending"
    r"|delivering)|отчет о доставке|message delayed|delayed)"
)
_FORWARDED: Final = re.compile(r"(?i)\s*(?:re|aw|fwd?|wg|tr|r|sv|ha|на|отв?|пересл)\s*:")
BODY: Final = re.compile(
    r"(?i)(?:could not|couldn['’]t|cannot|can['’]t|was not|wasn['’]t|has not been|unable to"
    r"|failed to|not able to|not) (?:be )?(?:able to )?deliver"
    r"|delivery (?:to|has|of|was|failed|attempt|failure|error)|permanent (?:fatal )?error"
    r"|undeliverable|(?:mail|message) (?:was )?(?:rejected|returned|refused)"
    r"|rejected (?:your|the) message|address couldn't be found|qmail-send|did not reach|failed"
    r" recipient|non-deliver|following (?:addresses|recipients?|address) (?:had|failed)"
    r"|nicht (?:zugestellt|übermittelt|ausgeliefert)|unzustellbar|zustellung|non (?:è stato|può"
    r" essere|recapita)|mancat[ao]|impossibile (?:recapitare|consegnare)"
    r"|n['’](?:a|est) pas (?:pu|été|remis|distribu)|échec|no (?:se )?(?:pudo|ha podido|puede)"
    r" (?:entregar|ser)|не (?:может|могло|удалось|было|был[оа]?) .{0,30}достав|недоставк|returned"
    r" to sender"
)
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,120}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_AT_START: Final = re.compile(
    rf"^[\s>*•-]{{0,12}}(?:(?:failed|final|original|final-|intended"
    rf"|\(?expanded)?\s?(?:recipients?|from)(?: address)?(?:es)?[:\s]{{1,3}}|to[:\s]{{1,3}}"
    rf"|user:\s?|rcpt to:)?"
    rf"[<\[(\"']{{0,2}}(?:mailto:|smtp;|rfc822;\s?)?({_ADDRESS.pattern})",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_WORD: Final = re.compile(
    rf"(?:\bto|\bfor|\ban|recipients?|address(?:ee)?s?|\buser|mailbox|адрес\w*|получател\w*"
    rf"|destinatari[oa]|destinataires?|empfänger\w*"
    rf"|\bпо|a|à|para|für|reach|deliver(?:ed)?|доставлено)[\s:\"'<(\[]{{1,6}}(?:mailto:)?({_ADDRESS.pattern})",
    re.IGNORECASE,
)
_COPY_BEGINS: Final = re.compile(
    r"(?im)^[\s>*-]{0,10}(?:-{2,}.{0,12}(?:below this line|this is a copy|this is the|original"
    r" message|returned message|the header|message header|unsent message"
    r"|copy of|beginning of|forwarded|header of|the first|rest of|исходное|оригинал|текст"
    r" (?:исходного|сообщения)|начало)|return-path:|received: |message-id:|mime-version:|the"
    r" original message"
    r"|original message (?:follows|headers?|details|information|text)|old message\s?:"
    r"|-{2,}\s?returned mail|your (?:original )?message (?:follows|header)|here is (?:a copy|the)"
    r"|the (?:text|header|content)s? of (?:your|the original)"
    r"|\S{0,4}unaltered message|diagnostic information for admin)"
)
_ANYWHERE: Final = re.compile(f"({_ADDRESS.pattern})")
_X400: Final = re.compile(r"(?i)^.*smtp=")
_YOUR_MESSAGE: Final = re.compile(
    r"(?i)\bmessage that you sent|\b(?:your|original|following) (?:e-?)?(?:message|mail)"
    r"|rcpt to:\s?<|failed recipients?\b|smtp error|\bthe e-?mail below"
    r"|\b(?:deine|ihre) (?:nachricht|e-?mail)|votre (?:message|courriel)"
    r"|il (?:tuo|suo|vostro) messaggio|su mensaje|ваше (?:сообщение|письмо)"
)
_ALONE: Final = re.compile(
    rf"(?m)^[\s\"<*]{{0,8}}(?:\"[^\"\n]{{0,80}}\" <)?{_ADDRESS.pattern}[>\s:\";,]{{0,4}}$"
)
_STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES: Final = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
)
_HERE: Final = re.compile(
    r"(?i)(?:did not reach|following (?:e-?mail )?(?:recipient|address|user)|(?:be )?delivered to"
    r"|delivery (?:has )?failed to|failed recipient|addresses had|intended recipient)"
)
_NOT_HERE: Final = re.compile(
    r"(?i)(?:contact|postmaster|report|help|support|send (?:mail|email)|write to|questions?"
    r"|assist|обратитесь|wenden|contatt|contact(?:e|ez))[^@\n]{0,60}$"
)


@dataclass(slots=True)
class CameBack:
    """A bounce, read."""

    reports: tuple[BounceReport, ...] = ()
    returned_heads: list[Head] = field(default_factory=list)
    only_success: bool = False


def is_bounce(
    head: Head,
    found: HeaderFacts,
    tree: Tree,
    subject: str,
    text: str,
    sender: Mailbox | None,
) -> bool:
    """Whether this mail reports what became of another one."""
    if _is_report(tree, subject) or head.has("x-failed-recipients"):
        return True
    if facts.is_surely_daemon(sender):
        return True
    from_daemon = (
        facts.is_daemon(sender) or facts.is_daemon(found.sender) or not (sender and sender.email)
    )
    if _FORWARDED.match(subject) and not from_daemon:
        return False
    is_machine = from_daemon or found.return_path == "" or found.auto_submitted not in ("", "no")
    names_it = bool(SUBJECT.match(subject))
    if not is_machine:
        return names_it and bool(BODY.search(text[:6_000])) and _looks_generated(tree, text)
    if from_daemon:
        return names_it or bool(BODY.search(text[:6_000]))
    has_code = bool(bounce_words.REPLY_CODE.search(text[:6_000]))
    return names_it and (has_code or bool(BODY.search(text[:6_000])))


def _is_report(tree: Tree, subject: str) -> bool:
    root = tree.root
    has_status = any(part.type in _STATUS_TYPES for part in tree.parts())
    if root.type == "multipart/report":
        kind = _report_type(root.params)
        return kind == "delivery-status" or (not kind and has_status)
    return has_status and not _FORWARDED.match(subject)


def _looks_generated(tree: Tree, text: str) -> bool:
    """People write about lost mail, too; they do not write `your message` and append it."""
    if not _YOUR_MESSAGE.search(text[:6_000]):
        return False
    has_code = bool(bounce_words.STATUS.search(text) or bounce_words.REPLY_CODE.search(text))
    returns_mail = any(p.type in ("message/rfc822", "text/rfc822-headers") for p in tree.leaves())
    return (
        has_code or returns_mail or bool(_COPY_BEGINS.search(text) or _ALONE.search(text[:6_000]))
    )


def _report_type(params: dict[str, str]) -> str:
    return params.get("report-type", "").strip().lower()


def read(raw: bytes, tree: Tree, head: Head, text: str, own: set[str]) -> CameBack:
    """Per recipient: what happened. `own` are addresses that cannot be the failed ones."""
    came_back = CameBack()
    blocks = _take_returned(raw, tree, came_back)
    copy = _COPY_BEGINS.search(text, 0, _TEXT_MAX)
    told = text[: copy.start()] if copy else text[:_TEXT_MAX]
    if copy and not came_back.returned_heads:
        came_back.returned_heads += _heads_in_text(text[copy.start() : copy.start() + _TEXT_MAX])
    reports = _from_blocks(blocks, told)
    if not reports and blocks and _all_success(blocks):
        came_back.only_success = True
        return came_back
    if not reports:
        reports = _from_text(told, text, head, own, came_back.returned_heads)
    came_back.reports = tuple(reports[:RECIPIENTS_MAX])
    return came_back


def _take_returned(raw: bytes, tree: Tree, came_back: CameBack, depth: int = 0) -> list[Head]:
    """The status blocks, and the heads of what was returned; gateways wrap a report in a mail."""
    blocks: list[Head] = []
    for part in tree.leaves():
        if part.type in _STATUS_TYPES:
            blocks += _status_blocks(mime.content(raw, part))
        elif part.type in _RETURNED_TYPES:
            data = mime.with_line_feeds(mime.content(raw, part))
            inner = mime.cut(data)
            if inner.root.type == "multipart/report" and not depth:
                blocks += _take_returned(data, inner, came_back, depth + 1)
            else:
                came_back.returned_heads.append(inner.root.head)
    return blocks


# RFC 3464


def _status_blocks(data: bytes) -> list[Head]:
    data = data.replace(b"\r\n", b"\n").strip(b"\n") + b"\n"
    blocks = []
    for block in re.split(rb"\n[ \t]*\n+", data)[: RECIPIENTS_MAX * 2]:
        block += b"\n"
        blocks.append(headers.cut_head(block, 0, len(block))[0])
    return blocks


def _from_blocks(blocks: list[Head], told: str) -> list[BounceReport]:
    found: dict[str, BounceReport] = {}
    for block in blocks:
        recipient = _recipient(block)
        action = block.first("action").partition("(")[0].strip().lower()
        if not recipient or action in ("delivered", "relayed", "expanded", "success"):
            continue
        reason = headers.readable(
            block.first("diagnostic-code").partition(";")[2] or block.first("diagnostic-code")
        )
        status = bounce_words.status_in(block.first("status"))
        if status is None or status.endswith(".0.0"):
            status = bounce_words.status_in(reason) or status
        is_delay = action == "delayed"
        told_of = reason or _reason_in(told, recipient) or told[:1_000]
        kind, permanent = bounce_words.classify(status, told_of, is_delay=is_delay)
        if kind == "other" and reason:
            near = _reason_in(told, recipient)
            kind, permanent = bounce_words.classify(status, f"{reason} {near}", is_delay=is_delay)
        found.setdefault(
            recipient.lower(), BounceReport(recipient, kind, permanent, status, told_of[:500])
        )
    return list(found.values())


def _recipient(block: Head) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        value = block.first(name)
        if value:
            kind, _, address = value.rpartition(";")
            address = headers.readable(address).strip().strip("<>").strip()
            if "xtext" in kind.lower() or re.search(r"\+[0-9A-F]{2}", address):
                address = re.sub(r"\+([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), address)
            inside = _ADDRESS.search(address)
            if inside or ("@" in address and " " not in address):
                return inside[0] if inside else address
    return ""


def _all_success(blocks: list[Head]) -> bool:
    actions = [
        block.first("action").partition("(")[0].strip().lower()
        for block in blocks
        if block.has("action")
    ]
    return bool(actions) and all(
        a in ("delivered", "relayed", "expanded", "success") for a in actions
    )


# Everybody else


def _from_text(
    told: str, text: str, head: Head, own: set[str], returned: list[Head]
) -> list[BounceReport]:
    failed = [found[0] for found in _ADDRESS.finditer(head.first("x-failed-recipients"))]
    places = _places(told, own)
    if not failed:
        failed = list(places)
    if not failed:
        failed = _returned_to(returned, own)
    if not failed and len(told) < 200 and len(text) > len(told):
        places = _places(text[:_TEXT_MAX], own)
        failed, told = list(places), text
    reports: dict[str, BounceReport] = {}
    for recipient in failed:
        reason = _reason_in(told, recipient) or told[:2_000]
        reports.setdefault(recipient.lower(), _report(recipient, reason, told))
    return list(reports.values())


def _report(recipient: str, reason: str, told: str) -> BounceReport:
    is_delay = bool(_DELAY.search(told)) and not _FINAL.search(told)
    status = bounce_words.status_in(reason) or bounce_words.status_in(told)
    kind, permanent = bounce_words.classify(status, reason, is_delay=is_delay)
    if kind == "other":
        kind, permanent = bounce_words.classify(status, told, is_delay=is_delay)
    return BounceReport(recipient, kind, permanent, status, reason[:500].strip())


_DELAY: Final = re.compile(
    r"(?i)warning message only|do not need to re-?send|no action is required|will (?:be|continue"
    r"|keep|retry)[^.]{0,60}(?:tr(?:y|ied|ying)|attempt|retr)"
    r"|still (?:trying|being)|not (?:yet )?been delivered|delivery (?:is )?(?:delayed|to the"
    r" following recipients has been delayed)|has been delayed|delayed"
    r"|verzögert|ritardat|différé|retras|задерж|отложен|будут продолж"
)
_FINAL: Final = re.compile(
    r"(?i)permanent|giving up|given up|i'm sorry it didn't work|has failed|failed permanently"
    r"|will not be (?:re)?tried|undeliverable|could not be delivered\b|returned"
)


def _places(told: str, own: set[str]) -> dict[str, int]:
    """Addresses that stand where failed recipients do."""
    here = _HERE.search(told)
    if here:
        found = _places_in(told, here.start(), own)
        if found:
            return found
    return _places_in(told, 0, own)


def _places_in(told: str, start: int, own: set[str]) -> dict[str, int]:
    for pattern in (_AT_START, _AFTER_WORD, _ANYWHERE):
        found: dict[str, int] = {}
        for match in pattern.finditer(told, start):
            address = _X400.sub("", match[1].rstrip(".'"))
            before = told[max(0, match.start(1) - 80) : match.start(1)]
            if _may_have_failed(address, own) and not _NOT_HERE.search(before):
                found.setdefault(address, match.start(1))
        if found:
            return found
    return {}


def _may_have_failed(address: str, own: set[str]) -> bool:
    local = address.partition("@")[0].lower()
    return address.lower() not in own and not re.fullmatch(
        r"mailer-daemon|postmaster|abuse|mail-daemon|noreply|no-reply|helpdesk|.*=.*", local
    )


def _reason_in(told: str, recipient: str) -> str:
    """What is said next to a recipient, up to the next one."""
    at = told.lower().find(recipient.lower())
    if at < 0:
        return ""
    line_start = told.rfind("\n", 0, at) + 1
    lines: list[str] = []
    for number, line in enumerate(told[line_start : line_start + 3_000].split("\n")):
        others = [m[0] for m in _ADDRESS.finditer(line) if m[0].lower() != recipient.lower()]
        if number and others and _AT_START.match(line):
            break
        if number > _REASON_LINES_MAX:
            break
        lines.append(line)
    reason = "\n".join(lines).strip()
    return reason if len(reason) > len(recipient) + 8 else ""


def _returned_to(returned: list[Head], own: set[str]) -> list[str]:
    for head in returned:
        found = [m[0] for m in _ADDRESS.finditer(head.first("to")) if _may_have_failed(m[0], own)]
        if len(found) == 1:
            return found
    return []


def _heads_in_text(copy: str) -> list[Head]:
    """The head of our mail where a server pasted it into its notice."""
    begin = re.search(
        r"(?m)^(?:Return-Path|Received|From|Message-ID|Date|To|Subject|MIME-Version)\s?:",
        copy,
        re.IGNORECASE,
    )
    if begin is None:
        return []
    data = charsets.tidy(copy[begin.start() :]).encode("utf-8", "replace")
    return [headers.cut_head(data, 0, len(data))[0]]
