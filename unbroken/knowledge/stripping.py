"""A request's words without the people in them, for the draft of an article. Pure.

Names that the record knows, addresses, numbers and keys become […]. It errs on the side of
taking away too much: a person reads the draft before anybody else does.
"""

import re
from collections.abc import Iterable

import phonenumbers

GAP = "[…]"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"https?://\S+")
_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?\b")
_IP6_OR_MAC = re.compile(r"(?i)\b(?:[0-9a-f]{1,4}(?:::?|-)){3,7}[0-9a-f]{0,4}\b")
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b")
_NUMBER = re.compile(r"#?\b[A-Z]{0,4}-?\d{5,}\b")
_PASSWORD = re.compile(r"(?i)\b(password|passwort|пароль|kennwort)(\s*(?:is|ist|:|=|-|–|è)\s*)\S+")
_STREET = re.compile(
    r"""(?ix)
      \b(?:via|viale|piazza|corso|vicolo|largo)\s+(?:[\w'’.-]+\s+){1,4}?(?:n\.?\s*)?\d+\s?\w?\b
    | \b(?:ул|улица|пер|переулок|пр|просп|проспект|пл|площадь|бульвар|шоссе)\b\.?\s*[\w -]+?
        ,?\s*(?:д\.?|дом)?\s*\d+\w?(?:,?\s*(?:кв|квартира)\.?\s*\d+)?
    | \b[\w-]+(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|damm|ring|ufer)\s+\d+\s?\w?\b
    | \b\d+\w?\s+(?:[A-Z][\w-]+\s+){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|drive|square)\b
    | \b(?:[A-Z][\w-]+\s+){1,3}(?:street|road|lane|avenue|square)\s+\d+\w?\b
    """
)
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}-)?\d{5,6}\b")
_GREETING = re.compile(
    r"(?im)^[ \t]*(?:dear|hello|hi|hey|good (?:morning|day|evening)|здравствуйте|добрый \w+|привет|"
    r"уважаем\w+|buongiorno|buonasera|salve|ciao|gentile)\b[^\n]{0,60}[,!.]?[ \t]*$\n?"
)
_FAREWELL = re.compile(
    r"(?im)^[ \t]*(?:(?:kind|best|warm)?\s*regards|yours|sincerely|thanks|thank you|cheers|"
    r"с уважением|спасибо|всего доброго|cordiali saluti|distinti saluti|saluti|grazie)\b[\s\S]*\Z"
)
_FAREWELL_WITHIN = 400


def without_people(text: str, names: Iterable[str] = (), region: str | None = None) -> str:
    """The words, without greeting and farewell, and without whatever tells who wrote them."""
    text = _GREETING.sub("", text.replace("\r\n", "\n"), count=1)
    farewell = _FAREWELL.search(text)
    if farewell and farewell.start() and len(text) - farewell.start() <= _FAREWELL_WITHIN:
        text = text[: farewell.start()]
    text = _PASSWORD.sub(rf"\1\2{GAP}", text)
    for pattern in (_MAIL, _WEB, _ACCOUNT, _IP, _IP6_OR_MAC, _STREET):
        text = pattern.sub(GAP, text)
    text = _without_phones(text, region)
    for pattern in (_NUMBER, _POSTCODE):
        text = pattern.sub(GAP, text)
    text = _without_names(text, names)
    return re.sub(r"\[…\](?:[\s,;]*\[…\])+", GAP, text).strip()


def _without_phones(text: str, region: str | None) -> str:
    found = list(phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE))
    for match in reversed(found):
        if sum(letter.isdigit() for letter in match.raw_string) >= 6:
            text = text[: match.start] + GAP + text[match.end :]
    return re.sub(r"\+\d[\d \-()/.]{6,}\d", GAP, text)


def _without_names(text: str, names: Iterable[str]) -> str:
    """Whole names first, then their parts; a part of two letters is a word like any other.

    A Russian name is declined: its last vowel may be another.
    """
    words: set[str] = set()
    for name in names:
        whole = " ".join(name.split())
        words |= {whole, *(part.strip(",.") for part in whole.split())}
    for word in sorted((one for one in words if len(one) > 2), key=len, reverse=True):
        stem = word[:-1] if len(word) > 4 and word[-1] in "аяйьоеиы" else word
        ending = r"\w{0,3}" if stem != word or re.search("[а-яё]", word.lower()) else r"(?:'s|s)?"
        pattern = rf"(?<!\w){re.escape(stem)}{ending}(?!\w)"
        # A name that is also a word stays a word where it is written small.
        text = re.sub(pattern, lambda m: GAP if m[0][:1].isupper() else m[0], text)
    return text
