"""How mail programs and people mark what is not new: in six languages and some more.

Patterns only; what follows from a match is decided in `quotes`. Every pattern is anchored
at the start of a stripped line and bounded, so none can run away.
"""

import re
from typing import Final

_I: Final = re.IGNORECASE

# "On … wrote:" — the verb, wherever the language puts it.
_VERB: Final = (
    r"(?:wrote|writes|schrieb|schreef|ha scritto|scrisse|scrive|a écrit|à écrit|écrit|escribió|"
    r"escreveu|napisał(?:\(a\)|a)?|написал(?:\(а\)|а|и)?|писал(?:\(а\)|а)?|пишет|пише"
    r"|написав(?:\(ла\))?|"
    r"kirjoitti|skrev|yazdı|napsal(?:\(a\)|a)?|írta)"
)
_EMAIL: Final = r"[<(\[]?(?:mailto:)?[^\s<>@()\[\]]{1,80}@[^\s<>@()\[\]]{1,120}[>)\]]?"
_OPENER: Final = r"(?:on|am|il(?: giorno)?|in data|le|el|em|op|w dniu|dnia|den|dne|pada)\s"
_WEEKDAY: Final = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|(?:mo|di|mi|do|fr|sa|so)[a-z]{0,8}"
    r"|(?:lun|mar|mer|gio|ven|sab|dom|jeu|sam|dim|mié|jue|vie|sáb)[^\W\d_]{0,6}"
    r"|(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье))"
)
DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b", _I)
TIME: Final = re.compile(r"\b\d{1,2}[:.h]\d{2}\b", _I)
HAS_EMAIL: Final = re.compile(_EMAIL)
HAS_VERB: Final = re.compile(rf"\b{_VERB}", _I)

ATTRIBUTION_START: Final = re.compile(
    rf"[\W_]{{0,3}}(?:{_OPENER}|(?:{_WEEKDAY})[.,]{{0,2}}\s|\d{{1,4}}[./-]\d"
    rf"|\d{{1,2}}\.?\s[^\W\d_]{{3,9}})",
    _I,
)
ATTRIBUTIONS: Final = (
    # On Mon, 3 May 2026 at 10:11, Support <s@x> wrote: / Am … schrieb …: / Il giorno … ha scritto:
    re.compile(rf"[\W_]{{0,3}}{_OPENER}.{{4,300}}?\b{_VERB}\b.{{0,160}}[:：]\*?$", _I),
    # 12.03.2026, 10:11, "Support" <s@x>: / пт, 12 мар. 2026 г. в 10:11, Support <s@x>:
    re.compile(
        rf"[\W_]{{0,3}}(?:[^\W\d_]{{2,12}}[.,]{{0,2}}\s{{1,2}})?\d{{1,4}}[^\w]?.{{3,250}}?"
        rf"(?:{_EMAIL}|\b{_VERB}\b.{{0,120}})\W{{0,4}}[:：]\*?$",
        _I,
    ),
    # Support <s@x> schrieb am 3. Mai 2026 um 10:11: / Support <s@x> wrote:
    re.compile(rf"[^:]{{0,120}}?{_EMAIL}\W{{0,4}}\s?{_VERB}\b.{{0,120}}[:：]\*?$", _I),
    # Support пишет 12.03.2026 10:11:
    re.compile(
        rf"[^:.!?]{{1,80}}?\s{_VERB}\s(?:(?:am|on|il|le"
        rf"|el)\s)?.{{0,20}}?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
        r".{0,60}[:：]\*?$",
        _I,
    ),
    # Вы писали 12 марта 2026 г., 10:11:12:
    re.compile(
        r"(?:вы писали|you wrote|sie schrieben|lei ha scritto|vous avez écrit|usted escribió)\b"
        r".{0,40}\d.{0,60}[:：]$",
        _I,
    ),
)
# Only believed when quoted lines follow.
WEAK_ATTRIBUTIONS: Final = (
    re.compile(
        r"(?:quoting|zitat von|citando|citation de|цитирование|цитата|вы писали|you wrote"
        r"|sie schrieben)\b.{0,160}[:：]$",
        _I,
    ),
    re.compile(rf".{{1,160}}\b{_VERB}\b.{{0,100}}[:：]$", _I),
    re.compile(rf".{{0,120}}{_EMAIL}.{{0,40}}[:：]$", _I),
)
ATTRIBUTION_INSIDE: Final = re.compile(
    r"(?:(?<=[.!?…)] )|(?<=[.!?…] {2})|(?<=\s{2}))"
    r"(?=(?:On|Am|Il|Le|El)\s[^\n]{6,120}?<[^<>\s@]{1,80}@[^<>\s@]{1,120}>"
    r"\s(?:wrote|schrieb|ha scritto|a écrit|escribió)\s?:)"
)
ATTRIBUTION_ENDS: Final = re.compile(r"(?<=(?: wrote|chrieb|critto| écrit|cribió):)[ \t]+(?=> )")
INITIALS: Final = re.compile(r"([^\W\d_a-zа-я]{1,4})>{1,6}(?: |$)")

ORIGINAL: Final = re.compile(
    r"[-_=*~ ]{2,40}(?:on .{6,200} wrote|original[- ]?(?:message|mail|nachricht|appointment"
    r"|e-?mail)|message d['’]origine"
    r"|(?:message|mail|courriel) original|urspr(?:ü|ue)ngliche (?:nachricht|mail|e-?mail|termin)"
    r"|messaggio originale"
    r"|mensaje original|mensagem original|(?:исходное|оригинальное) (?:сообщение|письмо)|вихідне"
    r" повідомлення"
    r"|oorspronkelijk bericht|oryginalna wiadomość|reply message|antwort(?:nachricht)?"
    r"|ответное сообщение|сообщение)\s?[-_=*~ ]{2,40}$",
    _I,
)
FORWARD: Final = re.compile(
    r"(?:[-_=* ]{2,40}\s?(?:forwarded message|forwarded by .{1,80}|weitergeleitete (?:nachricht"
    r"|e-?mail)"
    r"|(?:пересылаемое|пересланное|перенаправленное|переадресованное) сообщение|messaggio inoltrato"
    r"|message (?:transféré|réexpédié)|mensaje reenviado|doorgestuurd bericht"
    r"|wiadomość przekazana)\b.{0,20}[-_=* ]{2,40}"
    r"|begin forwarded message\s?:|anfang der weitergeleiteten nachricht\s?:"
    r"|inizio (?:del )?messaggio inoltrato\s?:|début du message (?:réexpédié|transféré)\s?:"
    r"|(?:inicio|comienzo) del mensaje reenviado\s?:|начало (?:переадресованного|пересылаемого) "
    r"(?:сообщения|письма)\s?:)$",
    _I,
)
FORWARD_SUBJECT: Final = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*)*(?:fwd?|wg|tr|rv|i|пересл|fw|пер|doorst|vl|weitergeleitet)\s*:", _I
)
RULE: Final = re.compile(r"[-_=*]{10,120}$")

_HEADER_WORDS: Final = {
    "from": "from|von|da|de|expéditeur|mittente|remitente|от|от кого|отправитель|van|od|від",
    "date": "sent|date|gesendet|datum|inviato|data|envoyé|le|enviado(?: el)?|fecha|отправлено"
    "|дата|verzonden|wysłano|надіслано|gesendet am|date d['’]envoi|data invio|время",
    "to": "to|an|a|à|para|кому|destinataire|destinatario|aan|do|получатель|empfänger",
    "cc": "cc|kopie|copia|копия|bcc|copie(?: à)?|importance|priority|wichtigkeit|attachments"
    "|anlagen|allegati|reply-to|antwort an|вложения|priorità|importanza|важность",
    "subject": "subject|betreff|oggetto|objet|objet du message|asunto|тема|onderwerp|temat",
}
HEADER_LINE: Final = re.compile(
    r"[*|>\s]{0,4}(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _HEADER_WORDS.items())
    + r")\s{0,3}\*{0,2}\s?[:：]\*{0,2}(?:\s|$)(?P<value>.{0,400})",
    _I,
)

MOBILE: Final = re.compile(
    r"[-—–_*\s]{0,4}(?:sent (?:from|via|with|using) (?:my |the |an? )?(?:iphone|ipad|ipod|android"
    r"|samsung|huawei|xiaomi"
    r"|galaxy|blackberry|mobile|phone|outlook|mail|yahoo|windows|proton|gmail|nokia|htc|sony|lg"
    r"|pixel"
    r"|oneplus|t-mobile|verizon|at&t|bluemail|mailbird|spark|aol|smartphone|tablet|mi phone|redmi"
    r"|webmail).{0,80}"
    r"|get outlook for (?:ios|android|mac).{0,80}"
    r"|(?:von|aus) (?:meinem|meiner|unterwegs|outlook|yahoo).{0,60}(?:gesendet|verschickt).{0,40}"
    r"|gesendet (?:von|mit|über) (?:meinem?|der|dem|outlook|yahoo|mail|iphone|ipad|android).{0,80}"
    r"|(?:diese nachricht wurde|von) (?:von |mit )?(?:meinem )?(?:android|iphone|ipad|handy"
    r"|smartphone|mobil)"
    r".{0,60}gesendet.{0,60}"
    r"|holen sie sich outlook für .{0,60}|outlook für (?:ios|android).{0,60}"
    r"|inviato (?:da|dal|dalla|con|tramite) (?:(?:il|la|mio|mia|un|iphone|ipad|android|yahoo"
    r"|outlook|posta"
    r"|libero|samsung|smartphone|tablet|dispositivo|cellulare|mail)\b).{0,60}"
    r"|scarica outlook per .{0,60}"
    r"|envoyé (?:de|depuis|à partir|avec) (?:d['’]|mon|ma|l['’]|outlook|yahoo|iphone|un|la"
    r"|courrier).{0,60}"
    r"|obtenez outlook pour .{0,60}"
    r"|enviado (?:desde|con|a través de) (?:mi|outlook|yahoo|el|correo|un|la|iphone|ipad"
    r"|android).{0,60}"
    r"|obtener outlook para .{0,60}"
    r"|отправлено (?:с|со|из|от|через) (?:моего|мобильн|iphone|ipad|android|планшета|телефона"
    r"|яндекс|почты|mail"
    r"|samsung|outlook|устройства|смартфона|мобильного|huawei|xiaomi|приложения|yandex|моей).{0,80}"
    r"|(?:скачать|получить) outlook для .{0,60}|надіслано з .{0,60}"
    r"|verzonden (?:vanaf|met) .{0,60}|wysłane z .{0,60})$",
    _I,
)
SIGN_OFF: Final = re.compile(
    r"(?:(?:mit |viele |beste |liebe |schöne |herzliche )?(?:freundlichen?|besten|herzlichen"
    r"|vielen|lieben|schönen)?"
    r"\s?gr(?:ü|ue)(?:ß|ss)(?:en?)?(?: aus .{1,30}| von .{1,30})?|gru(?:ß|ss)|mfg|lg|vg|bg"
    r"|(?:with )?(?:best|kind|warm|many|kindest)?\s?(?:regards|greetings)|best wishes|all the best"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|cheers|best|hochachtungsvoll"
    r"|с (?:глубоким )?уважением|с наилучшими пожеланиями|всего доброго|с приветом"
    r"|(?:cordiali|distinti|cari|migliori|tanti) saluti|saluti|cordialmente|un cordiale saluto"
    r"|(?:bien )?cordialement|(?:sincères |meilleures )?salutations(?: distinguées)?|bien à vous"
    r"|(?:un )?(?:cordial )?saludos?(?: cordiale?s)?|atentamente|atte"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?)"
    r"(?P<name>[\s,.!–—-]{0,4}[^\d:;?!.]{0,40})$",
    _I,
)
# Something a signature may hold that the desk needs: never fold it away.
TELLS_WHO: Final = re.compile(
    r"(?:kunden|vertrags|customer|contract|account|client|cliente|contratt|contrato|абонент|лицев"
    r"|договор"
    r"|rechnungs|invoice|ticket|anschluss|circuit|leitung|line id|линия|заявк|codice|código|n°"
    r" de|p\.?\s?s\.?\b|ps:)",
    _I,
)
DISCLAIMER: Final = re.compile(
    r"[*_\W]{0,4}(?:"
    r"(?:this|the (?:information|contents?)|the above) .{0,60}?(?:e-?mail|message|communication"
    r"|transmission)"
    r".{0,160}?(?:confidential|privileged|intended (?:only|solely|for))"
    r"|confidentiality (?:notice|note)|(?:legal )?disclaimer\s?[:.]?"
    r"|if you (?:are not|have received) .{0,60}(?:intended|this e-?mail|this message|in error)"
    r"|please consider the environment|think before you print"
    r"|diese (?:e-?mail|nachricht) .{0,120}?(?:vertraulich|rechtlich geschützt)|der inhalt dieser"
    r" e-?mail"
    r"|questo (?:messaggio|documento|e-?mail|email) .{0,160}?(?:riservat|confidenzial|destinatari)"
    r"|le informazioni contenute .{0,80}(?:riservat|messaggio)|ai sensi del .{0,60}(?:196/2003"
    r"|2016/679|gdpr)"
    r"|(?:ce|le présent) (?:message|courriel|courrier|mail) .{0,160}?(?:confidentiel|destin)"
    r"|este (?:mensaje|correo) .{0,160}?(?:confidencial|destinatari)|aviso (?:legal|de"
    r" confidencialidad)"
    r"|(?:данное|это|настоящее) (?:сообщение|электронное|письмо) .{0,160}?(?:конфиденциал"
    r"|предназначен)"
    r"|(?:информация|сведения), содержащ.{0,120}(?:конфиденциал|предназначен)|конфиденциальность:"
    r"|(?:virus-free|virenfrei|без вирусов|garantito da virus|sans virus|libre de virus)\.?.{0,80}$"
    r"|(?:this email has been checked|diese e-?mail wurde .{0,30}(?:viren|antivirus)).{0,120}"
    r")",
    _I,
)
BANNER: Final = re.compile(
    r"[\W_]{0,4}(?:caution|warning|external|extern|achtung|vorsicht|attention|attenzione|atención"
    r"|внимание)\b"
    r".{0,80}?(?:originated|outside|external|extern|unknown sender|esterno|externe|внешн)"
    r"[^?]{0,400}$",
    _I,
)
LEGAL_WORDS: Final = re.compile(
    r"confidential|intended|recipient|unauthori|disclos|delete|empfänger|vertraulich|vernicht"
    r"|unbefugt|riservat"
    r"|destinat|cancell|distrugg|confidentiel|destinataire|supprim|confidencial|elimin"
    r"|конфиденциал|получател"
    r"|удалит|предназнач|liabilit|haftung|virus",
    _I,
)
