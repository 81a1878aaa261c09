"""Which digits are a ticket's number, and which are not."""

import pytest

from unbroken.intake.mail.numbers import numbers_in


@pytest.mark.parametrize(
    "text",
    [
        "[#100234] Internet down",
        "Re: #100234",
        "Ticket 100234",
        "[Ticket#100234]",
        "Ticket #100234: x",
        "case: 100234",
        "incident no. 100234",
        "заявка № 100234",
        "по заявке №100234",
        "обращение номер 100234",
        "richiesta n. 100234",
        "segnalazione 100234",
        "Störung Nr. 100234",
        "Vorgangsnummer: 100234",
        "Demande n° 100234",
        "Solicitud nº 100234",
        "incidencia 100234.",
    ],
)
def test_a_ticket_number_is_found(text: str) -> None:
    assert numbers_in(text) == (100_234,)


@pytest.mark.parametrize(
    "text",
    [
        "100234",
        "Invoice #204711",
        "Rechnung Nr. #204711",
        "договор № 204711",
        "счёт #204711",
        "call +49 30 23125077",
        "tel. #23125077",
        "on 2026-05-24",
        "ticket 12.05.2026",
        "#99999",
        "#0100234",
        "#1002345678901234",
        "ticket 100234,50 EUR",
        "ticket 204711 €",
        "https://shop.example/#100234",
        "&#100234;",
        "incident 100234-5",
        "router 12:34:56:100234",
        "",
    ],
)
def test_other_digits_are_not_tickets(text: str) -> None:
    assert numbers_in(text) == ()


def test_several_numbers_keep_their_order() -> None:
    assert numbers_in("Re: [#100300] was #100200, again #100300") == (100_300, 100_200)
