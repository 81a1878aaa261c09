"""Ticket numbers that people write: "[#100234]", "заявка № 100234", "richiesta 100234".

A number alone proves nothing; who may join a ticket by it is decided elsewhere. Telephone
numbers, dates, amounts and the numbers of invoices, contracts and customers are not meant.
"""

import re
from typing import Final

LOWEST: Final = 100_001
_TEXT_MAX: Final = 200_000
_CANDIDATES_MAX: Final = 2_000
_BEFORE_MAX: Final = 48

_WORDS: Final = (
    r"tickets?|ticket[- ]?(?:number|nummer|id)|case|incident|issue|request|trouble ?ticket"
    r"|заявк[аиуе]|заявкой|заявок|тикет[ауе]?|обращени[еяюй]|обращением|запрос[ауе]?|инцидент[ауе]?"
    r"|richiesta|segnalazione|pratica|guasto|reclamo"
    r"|anfrage|vorgang(?:snummer)?|störung(?:snummer)?|störungsmeldung|fall|ticketnr"
    r"|demande|dossier|signalement|réclamation"
    r"|solicitud|incidencia|caso|petición|reclamación"
)
_SIGN: Final = (
    r"(?:\s{0,2}(?:#|№|no\.?|nr\.?|n[°ºo]?\.?|num(?:ber|éro|ero|\.)?|номер|numero|nummer|id|:))"
)
_DIGITS: Final = re.compile(
    r"(?<![\w.,/:&+-])(?<!\d )[1-9]\d{5,11}(?![\w#])(?![.,:/-]\d)(?!\s?(?:€|\$|£|₽|%|eur\b|rub\b"
    r"|руб))",
    re.IGNORECASE,
)
_BY_WORD: Final = re.compile(rf"(?:^|\W)(?:{_WORDS}){_SIGN}{{0,3}}\s{{0,2}}\[?#?$", re.IGNORECASE)
_BY_SIGN: Final = re.compile(r"(?:^|[\s\[(<{.,;:!?\"'\])]|[^\W\d_])#\s?$")
_OF_SOMETHING_ELSE: Final = re.compile(
    r"(?:rechnung\w*|invoice|order|bestell\w*|auftrag\w*|contract|vertrag\w*|kund\w*|customer"
    r"|account|konto\w*|fattura|ordine|contratto|cliente|conto|сч[её]т\w*|договор\w*|заказ\w*"
    r"|абонент\w*|facture|commande|contrat|client|factura|pedido|contrato|cuenta|tel\.?|phone"
    r"|тел\.?|rma|imei|po|art(?:icle)?|артикул)\s{0,2}(?:no\.?|nr\.?|number|nummer)?[\s:.]{0,3}$",
    re.IGNORECASE,
)


def numbers_in(text: str) -> tuple[int, ...]:
    """Every ticket number meant in a text, in its order, each once."""
    found: dict[int, None] = {}
    for looked_at, match in enumerate(_DIGITS.finditer(text, 0, _TEXT_MAX)):
        if looked_at >= _CANDIDATES_MAX:
            break
        number = int(match[0])
        if number >= LOWEST and _is_meant(
            text[max(0, match.start() - _BEFORE_MAX) : match.start()]
        ):
            found[number] = None
    return tuple(found)


def _is_meant(before: str) -> bool:
    if _BY_WORD.search(before):
        return True
    sign = _BY_SIGN.search(before)
    return sign is not None and not _OF_SOMETHING_ELSE.search(before[: before.rindex("#")])
