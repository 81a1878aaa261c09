"""Whether a machine wrote in somebody's absence (RFC 3834, and all who never read it).

A person who writes *about* automatic replies is a person: a subject counts only in the
exact form that programs use, and words in the text only when several agree.
"""

import re
from typing import Final

from unbroken.intake.inbound import HeaderFacts
from unbroken.intake.mail.headers import Head

_BEGINNING: Final = 1_200
_HEADERS: Final = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-autoreply-from",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-vacation",
    "auto-reply",
    "x-autoresponse",
    "x-away-message",
    "x-zimbra-vacation",
    "x-ricevuta",  # receipts of Italy's certified mail
)
SUBJECT: Final = re.compile(
    r"\s*(?:\[?(?:auto(?:matic(?:ally)?|mated)?|automat\.?)[- ]?(?:generated )?(?:reply|response"
    r"|answer)\]?"
    r"|\[?auto(?:[- ]?reply|[- ]?antwort|[- ]?responder|[- ]?submitted|response|risposta"
    r"|respuesta)?\]?"
    r"|out[- ]of[- ](?:the[- ])?office(?: (?:auto[- ]?reply|notification|message))?|ooo|oof"
    r"|vacation(?: (?:reply|message|notice))?|away from (?:my|the) (?:mail|office|desk)|on"
    r" (?:annual leave|vacation)"
    r"|(?:automatische|autom\.?|automatisierte) (?:antwort|abwesenheitsnotiz|rückantwort"
    r"|e-?mail-?antwort)"
    r"|abwesenheits(?:notiz|nachricht|benachrichtigung|agent|assistent|meldung)|abwesend"
    r"|abwesenheit|nicht im büro"
    r"|(?:risposta|messaggio) automatic[ao]|risponditore automatico|fuori (?:sede|ufficio)"
    r"|assen(?:te|za)(?: dall['’]ufficio)?"
    r"|r[ée]ponse auto(?:matique)?|message automatique|absen(?:ce|t)(?: du bureau)?|en congés?"
    r"|(?:respuesta|mensaje|contestación) autom[áa]tic[ao]|fuera de (?:la )?oficina|ausente"
    r"|ausencia"
    r"|(?:автоматический|авто) ?-?ответ(?:чик)?|автоответ(?:чик)?|автоматическое (?:сообщение"
    r"|уведомление об отсутствии)"
    r"|(?:я )?(?:в отпуске|нет на месте|отсутствую)(?: на рабочем месте)?|вне офиса|уведомление"
    r" об отсутствии"
    r"|automatisch antwoord|afwezig(?:heidsbericht)?|automatyczna odpowiedź|automaattinen vastaus"
    r"|automatisk svar|resposta automática)\s*(?P<end>:|：|\]|$|[-–—] )",
    re.IGNORECASE,
)
_SURE: Final = re.compile(
    r"auto\w*[- ]?(?:generated )?(?:reply|response|answer|antwort|rückantwort"
    r"|abwesen|e-?mail|resp|risp)"
    r"|out[- ]of[- ](?:the[- ])?office|abwesenheits(?:notiz|nachricht|benachr|agent|assist|meldung)"
    r"|automatic[ao]|automátic[ao]|automatique|автоматическ|авто ?-?ответ|уведомление об отсут"
    r"|automatisch|automatyczna|automaattinen|automatisk|réponse auto",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(
    r"\b(?:i(?:'m| am)|we are) (?:currently |now )?(?:out of (?:the )?office|on (?:annual "
    r"|parental |sick |maternity )?"
    r"(?:leave|vacation|holiday)|away|not in the office|travell?ing)|i (?:will|shall) be (?:out"
    r"|away|on (?:leave|vacation))"
    r"|out of (?:the )?office (?:until|from|and)|i have (?:limited|no) access to (?:my )?e-?mail"
    r"|ich bin (?:derzeit |momentan |zurzeit |zur zeit |aktuell |bis |ab |vom |wieder |im |nicht "
    r"|leider |außer )"
    r".{0,60}(?:büro|haus|urlaub|erreichbar|abwesend|zurück|erreichen|anwesend)|befinde mich"
    r" .{0,40}(?:urlaub|elternzeit)"
    r"|(?:sono|sarò) (?:attualmente |momentaneamente )?(?:fuori (?:ufficio|sede)|assente|in"
    r" ferie)|(?:assente|in ferie) (?:fino|dal)"
    r"|je suis (?:actuellement |présentement )?(?:absente?|en congés?|en vacances|en déplacement)"
    r"|je serai (?:absente?|de retour)"
    r"|(?:estoy|estaré|me encuentro) (?:actualmente )?(?:fuera|ausente|de vacaciones)"
    r"|(?:я )?(?:сейчас |в настоящее время |временно )?(?:нахожусь|буду"
    r"|отсутствую).{0,40}(?:отпуск|отсутств|рабочем месте|командировк|офис)"
    r"|(?:в отпуске|отсутствую|отсутствует) (?:до|по|с)\b",
    re.IGNORECASE,
)
_MACHINE: Final = re.compile(
    r"(?:this is an? |an? )(?:auto(?:matic|mated|matically generated)?)[- ]?(?:generated"
    r" )?(?:e-?mail )?(?:reply|response|answer)"
    r"|(?:das|dies|hierbei) (?:ist|handelt es sich um) eine?r? automatis(?:che|ch erstellte|ierte"
    r"|ch generierte)n? (?:antwort|abwesenheit|nachricht|e-?mail)"
    r"|(?:questa è una |questo è un )(?:risposta|messaggio) automatic|risposta automatica"
    r"|(?:ceci est une? |c['’]est une? |il s['’]agit d['’]une? )(?:réponse|message) automatique"
    r"|réponse automatique"
    r"|(?:esta es una |este es un )(?:respuesta|mensaje) automátic|respuesta automática"
    r"|(?:это|данное письмо) .{0,30}автоматическ\w+ (?:ответ|сообщение|письмо)|автоматический"
    r" ответ|автоответчик",
    re.IGNORECASE,
)
_SUBSTITUTE: Final = re.compile(
    r"in (?:urgent|emergency) (?:cases|matters)|if (?:it|your (?:matter|request)) is urgent|for"
    r" urgent (?:matters|requests|issues)"
    r"|in my absence|in dringenden (?:fällen|angelegenheiten)|meine vertretung|vertritt mich"
    r"|wenden sie sich (?:bitte )?an"
    r"|(?:per|in caso di) urgenz|in mia assenza|en cas d['’]urgence|pendant mon absence|en mon"
    r" absence"
    r"|en caso de urgencia|para asuntos urgentes|en mi ausencia|по (?:всем )?срочным вопросам|в"
    r" моё отсутствие|в мое отсутствие"
    r"|back (?:on|in the office)|will (?:return|reply|respond|be back)|(?:ab|bis) dem|nach meiner"
    r" rückkehr|al mio rientro"
    r"|dès mon retour|a mi (?:regreso|vuelta)|после возвращения|wird nicht weitergeleitet|not"
    r" (?:be )?forwarded",
    re.IGNORECASE,
)


def is_auto_reply(
    head: Head, facts: HeaderFacts, subject: str, text: str, *, is_reply: bool
) -> bool:
    """A vacation notice, a receipt, another desk's acknowledgement."""
    if facts.auto_submitted == "auto-replied" or _by_header(head, facts):
        return True
    form = SUBJECT.match(subject)
    if form:
        says_so = form["end"] in (":", "：", "]") or not subject[form.end() :].strip()
        is_echo = is_reply or _echoes(subject, form)
        if says_so and (is_echo or (form["end"] and _is_sure(form))):
            return True
    beginning = text[:_BEGINNING]
    machine = bool(_MACHINE.search(beginning))
    is_automatic = facts.auto_submitted not in ("", "no")
    is_marked = facts.asks_no_answer or facts.is_bulk
    if not (machine or form or is_automatic or is_marked):
        return False
    away = bool(_AWAY.search(beginning))
    if is_automatic:
        return away or machine or is_reply or bool(form)
    if is_marked:
        return away or machine
    if form and (machine or (away and _is_sure(form))):
        return True
    return away and machine and bool(_SUBSTITUTE.search(beginning) or is_reply)


def _by_header(head: Head, facts: HeaderFacts) -> bool:
    if facts.precedence.replace("-", "_").startswith("auto_reply"):
        return True
    for name, value in head.fields:
        if name in _HEADERS and value.strip().lower() not in ("no", "false", "0", "none"):
            return True
        if name == "x-autogenerated" and value.strip().lower().startswith("reply"):
            return True
        if name == "x-post-messageclass" and "autoresponder" in value.lower():
            return True
        if name == "preference" and "auto_reply" in value.lower():
            return True
    return False


def _is_sure(form: re.Match[str]) -> bool:
    """`Vacation:` begins a person's sentence as easily as an automatic answer; these do not."""
    return bool(_SURE.search(form[0]))


def _echoes(subject: str, form: re.Match[str]) -> bool:
    """After the form stands the subject that it answers."""
    rest = subject[form.end() :].strip().lower()
    return rest.startswith(("re:", "aw:", "r:", "sv:", "[", "#", "ticket"))


def is_read_receipt(content_type: str) -> bool:
    """A disposition notification (RFC 8098): a program says that a mail was opened."""
    return "disposition-notification" in content_type.lower()
