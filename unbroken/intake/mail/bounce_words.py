"""What servers say about why they could not deliver, sorted into what the desk must do.

`address`: choose another way to the customer. `mailbox`: try again later. `policy`: our
operator has to act. Only an address that is dead is permanent.
"""

import re
from typing import Final

from unbroken.intake.inbound import BounceClass

TEXT_LETTERS_MAX: Final = 2_000
_I: Final = re.IGNORECASE

STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE: Final = re.compile(r"(?<![\d.#+-])([45][0-5]\d)(?=[\s:;,)-]|$)")

_SENDER: Final = re.compile(
    r"(?:sender|return|envelope|mail from|from) (?:address|domain|path)?.{0,40}"
    r"(?:rejected|not found|does not exist|invalid|unknown|denied|verify)|bad sender|sender"
    r" .{0,40}rejected",
    _I,
)
_FULL: Final = re.compile(
    r"(?:mail ?box|inbox|account|folder|postfach|casella|boîte|buzón|почтовый ящик|ящик).{0,60}"
    r"(?:full|over ?quota|exceed|voll|überfüllt|piena|pleine|plein|llen[ao]|переполнен)"
    r"|(?:over|exceed\w*|out of|beyond|disk|user|mailbox|storage|above)[ -](?:the |its |their "
    r"|his )?(?:\w+ )?quota"
    r"|quota (?:is )?(?:exceeded|full|violation|reached)|over ?quota|insufficient (?:system"
    r" )?(?:disk )?(?:storage|space)"
    r"|not enough (?:storage|disk )?space|out of storage|storage (?:limit|quota|space)|no space"
    r" left|mailbox size limit"
    r"|quota (?:für|del|de la)|superato .{0,20}(?:limite|quota)|превышен\w* .{0,30}(?:квот|размер"
    r"|лимит)|ящик переполнен"
    r"|recipient's mailbox is full|maximum (?:mailbox )?(?:size|storage)",
    _I,
)
_GONE: Final = re.compile(
    r"(?:user|recipient|mail ?box|account|address|alias|person|local part|login|адресат|e-?mail)"
    r"(?:\S{0,2} <?[^\s<>]{1,120}@[^\s<>]{1,120}>?)?[\s'\"()\[\]:-]{1,4}"
    r"(?:is |was |has been |have been |does |do |could |can |did |are |address |name |account )*"
    r"(?:unknown|not (?:be )?(?:found|known|exist|valid|recognized|listed|available)|n(?:o|')t"
    r" (?:exist|found|have|be found)"
    r"|doesn'?t|invalid|inexistent|non-?existent|undeliverable|unavailable|no longer|deleted"
    r"|removed|expired|closed|wrong|terminated)"
    r"|(?:unknown|no such|invalid|bad|nonexistent|non-existent|unrouteable|unroutable|illegal"
    r"|incorrect|wrong|undefined|inactive)"
    r" (?:or \w+ )?(?:final |delivery |local |virtual |mail |email |recipient |destination "
    r"|mailbox |user |e-mail )*"
    r"(?:user|recipient|mail ?box|account|address|alias|person|local[- ]?part|name|id|userid"
    r"|destination|part|here|domain|host)s?"
    r"|(?:doesn['’]t|does not|do not|don't) (?:have|exist|like recipient)|no (?:mailbox|account"
    r"|user|one) (?:here |by |with |of )"
    r"|not (?:a |our )?(?:known|valid|local|active|existing)? ?(?:user|recipient|mailbox|customer"
    r"|account|address)|user unknown|unknown user"
    r"|(?:couldn['’]t|could not|cannot|can['’]t|wasn['’]t|was not) (?:be )?(?:found|find|locate"
    r"|verify)"
    r"|(?:host|domain|name service)(?: or domain)?(?: name)?.{0,60}(?:not found|does not exist"
    r"|doesn't exist|non-?existent|unknown|nxdomain|error for)"
    r"|(?:couldn['’]t|could not|unable to|cannot|can't) (?:find|resolve|look up|locate"
    r"|route).{0,40}(?:host|domain|server|mx|address|dns)"
    r"|no (?:mx|route|such host|such domain|mail exchanger)|null ?mx|nxdomain|domain"
    r" .{0,60}(?:does(?:n't| not) accept|has no (?:mx|mail))"
    r"|no longer (?:with|works|employed|valid|in use|available|exists?|at this|active|accept|on"
    r" server)|has (?:moved|left)|moved to|user has moved"
    r"|left the (?:company|organization)|(?:is|was) not (?:listed|found) in|not listed in (?:\w+"
    r" )*(?:directory|address book)|recipnotfound|recipientnotfound|nosuchuser"
    r"|mailbox (?:currently )?(?:unavailable|unknown)|delivery to this (?:address|user)|address"
    r" (?:lookup|verification) failed"
    r"|access denied.{0,30}as\(2018|\bunbekannt\w*|existiert nicht|nicht (?:gefunden|vorhanden"
    r"|bekannt)|ungültig\w* (?:empf|adresse)"
    r"|non (?:esiste|trovato|valido)|sconosciut\w*|inesistente|n['’](?:existe|a pas été trouv)\w*"
    r"|introuvable|inconnue?|no existe|desconocid\w*|no se (?:ha )?encontr\w*"
    r"|не (?:существует|найден\w*|обнаружен\w*|зарегистрирован\w*)|неизвестн\w*|нет так\w*"
    r"|несуществующ\w*|заблокирован или удал[её]н",
    _I,
)
_ASLEEP: Final = re.compile(
    r"(?:account|mailbox|user|recipient|email account).{0,60}(?:disabled|suspended|inactive"
    r"|locked|frozen|deactivated|blocked|on hold|restricted|dormant)"
    r"|(?:disabled|suspended|inactive|locked|deactivated) (?:mailbox|account|user|recipient)"
    r"|temporarily (?:disabled|locked)"
    r"|(?:отключ[её]н|заблокирован|приостановлен|неактивен)|deaktiviert|gesperrt|disabilitat"
    r"|désactivé|deshabilitad|inactiv",
    _I,
)
_POLICY: Final = re.compile(
    r"spam|junk|black ?-?list|block ?-?list|blocked|\brbl\b|\bdnsbl\b|spamhaus|barracuda|spamcop"
    r"|reputation|policy|policies"
    r"|dmarc|\bspf\b|dkim|domainkeys|unauthenticated|authenticat|not (?:authori[sz]ed|permitted"
    r"|allowed|accepted)|unauthori[sz]ed|virus|malware|phish"
    r"|content (?:rejected|filter)|message (?:content )?(?:rejected|refused|blocked)"
    r"|relay(?:ing)? (?:access )?(?:denied|not|prohibited)|unable to relay|access denied|refused"
    r" to accept"
    r"|size (?:limit|exceed)|too (?:large|big)|exceeds? .{0,30}(?:size|limit)|(?:message|mail)"
    r" size|maximum size|rate limit|too many (?:messages|connections|recipients)"
    r"|suspicious|unsolicited|forbidden|prohibited|banned|denied|poor|listed (?:at|in|by|on)"
    r"|reverse dns|ptr record|helo|tls required|bounced by|rejected due|administrative prohibition"
    r"|отклонен\w* .{0,40}(?:спам|полит)|спам|abgelehnt|unerwünscht|rifiutat|refusé|rechazad"
    r"|restricted|sender is not|only accepts|senders? .{0,30}allow",
    _I,
)
_LATER: Final = re.compile(
    r"tim(?:ed?|ing)[- ]?out|temporar|try (?:it )?again|retry|deferred|delayed|gr[ea]ylist"
    r"|connection (?:refused|reset|lost|dropped|failed|timed)"
    r"|still trying|will (?:be )?(?:retr|tried|try|continue)|undelivered for|queue|expired|too"
    r" long|not (?:yet )?(?:been )?delivered (?:yet|after)|lost connection"
    r"|(?:no|not) (?:answer|respond|reachable)|unreachable|network|could not connect|couldn't"
    r" (?:connect|establish)|unable to connect|too busy|overload|resources"
    r"|verzögert|vorübergehend|zeitüberschreitung|ritard|temporane|scadut|temporaire|différé"
    r"|délai|tempora|aplazad|временн|позже|отложен|истек|задерж",
    _I,
)
_BY_DETAIL: Final[dict[tuple[int, int], BounceClass]] = {
    (1, 0): "address", (1, 1): "address", (1, 2): "address", (1, 3): "address", (1, 4): "address",
    (1, 5): "other", (1, 6): "address", (1, 7): "policy", (1, 8): "policy", (1, 9): "other",
    (1, 10): "address", (2, 0): "mailbox", (2, 1): "mailbox", (2, 2): "mailbox", (2, 3): "policy",
    (2, 4): "other", (3, 1): "mailbox", (3, 4): "policy", (4, 4): "address", (4, 7): "temporary",
    (4, 310): "address", (4, 300): "temporary", (4, 312): "temporary", (4, 316): "temporary",
    (7, 13): "mailbox", (7, 17): "address",
}  # fmt: skip
_BY_REPLY: Final[dict[str, BounceClass]] = {
    "550": "other",
    "551": "address",
    "552": "mailbox",
    "553": "address",
    "556": "address",
    "521": "address",
}


def status_in(text: str) -> str | None:
    """The most telling x.y.z in a text: the first that is not x.0.0."""
    vague: str | None = None
    for found in STATUS.finditer(text[:TEXT_LETTERS_MAX]):
        if found[1] == "2":
            continue
        if found[2] != "0" or found[3] != "0":
            return found[0]
        vague = vague or found[0]
    return vague


def classify(status: str | None, text: str, *, is_delay: bool = False) -> tuple[BounceClass, bool]:
    """The class of a failure, and whether the address is dead."""
    text = " ".join(text[:TEXT_LETTERS_MAX].split())
    code = STATUS.fullmatch(status) if status else None
    if is_delay:
        return ("mailbox" if _FULL.search(text) else "temporary"), False
    if _FULL.search(text):
        return "mailbox", False
    if code and code[1] == "4":
        return "temporary", False
    by_words = _by_words(text, code)
    if by_words:
        return by_words, by_words == "address"
    if code and (code[2], code[3]) != ("0", "0"):
        found = _BY_DETAIL.get((int(code[2]), int(code[3])))
        if found is None:
            found = "policy" if code[2] == "7" else "mailbox" if code[2] == "2" else "other"
        if found == "other" and _LATER.search(text):
            found = "temporary"
        return found, found == "address"
    return _by_reply(text)


def _by_words(text: str, code: re.Match[str] | None) -> BounceClass | None:
    """Words outweigh codes where servers use one code for everything."""
    if not text:
        return None
    if _SENDER.search(text):
        return "policy"
    is_policy_code = bool(code and code[2] == "7")
    if _GONE.search(text) and not (is_policy_code and _POLICY.search(text)):
        return "address"
    if code and (code[2], code[3]) == ("4", "1") and "access denied" in text.lower():
        return "address"  # how Exchange Online says that it does not know the recipient
    if code and code[2] == "1" and code[3] in ("1", "2", "3", "6", "10"):
        return "address"
    if _ASLEEP.search(text):
        return "mailbox"
    if _POLICY.search(text):
        return "policy"
    return None


def _by_reply(text: str) -> tuple[BounceClass, bool]:
    reply = REPLY_CODE.search(text)
    if reply and reply[1] in _BY_REPLY and _BY_REPLY[reply[1]] != "other":
        found = _BY_REPLY[reply[1]]
        return found, found == "address"
    if (reply and reply[1][0] == "4") or _LATER.search(text):
        return "temporary", False
    return "other", False
