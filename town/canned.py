"""Short texts that the agents of the town have at hand."""

from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.knowledge import actions as knowledge
from unbroken.knowledge import queries as known

# name, topic (or none), texts by language.
CANNED: tuple[tuple[str, str | None, dict[str, str]], ...] = (
    (
        "on-it",
        None,
        {
            "en": "Dear {customer},\n\nI am looking at it now. You hear from me by {promise}.\n\n"
            "{agent}",
            "ru": "{customer}, здравствуйте!\n\nЯ уже занимаюсь этим. Отвечу не позднее: "
            "{promise}.\n\n{agent}",
            "it": "Gentile {customer},\n\nme ne sto occupando. Riceverà notizie entro {promise}."
            "\n\n{agent}",
        },
    ),
    (
        "solved",
        None,
        {
            "en": "Dear {customer},\n\nit should work again. If it does not, answer this mail: "
            "request {number} opens again by itself.\n\n{agent}",
            "ru": "{customer}, здравствуйте!\n\nВсё должно работать. Если нет, ответьте на это "
            "письмо: обращение {number} откроется снова само.\n\n{agent}",
            "it": "Gentile {customer},\n\ndovrebbe funzionare di nuovo. In caso contrario risponda "
            "a questo messaggio: la richiesta {number} si riapre da sola.\n\n{agent}",
        },
    ),
    (
        "which-lamp",
        "internet",
        {
            "en": "Which lamps are lit on the box, and which of them blink? The one marked DSL "
            "matters most.",
            "ru": "Какие лампочки на модеме горят, а какие мигают? Важнее всего та, что подписана "
            "DSL.",
            "it": "Quali spie del modem sono accese e quali lampeggiano? La più importante è "
            "quella con la scritta DSL.",
        },
    ),
    (
        "crew-coming",
        "internet/down",
        {
            "en": "The fault is in the cable, not in your home. A crew is on its way; we write "
            "when it leaves, when it is near and when it is done.",
            "ru": "Неисправность в кабеле, а не у вас дома. Бригада выезжает; мы напишем, когда "
            "она выедет, когда будет рядом и когда закончит.",
            "it": "Il guasto è nel cavo, non in casa Sua. Una squadra è in arrivo; scriviamo "
            "quando parte, quando è vicina e quando ha finito.",
        },
    ),
    (
        "credit",
        "account/bill",
        {
            "en": "We promised and did not keep it. The credit is booked by itself and stands on "
            "your next bill; you need not claim it.",
            "ru": "Мы обещали и не сдержали слова. Компенсация начислена сама и будет в следующем "
            "счёте; просить о ней не нужно.",
            "it": "Avevamo promesso e non abbiamo mantenuto. L'accredito avviene da solo e compare "
            "nella prossima fattura; non serve richiederlo.",
        },
    ),
)


def keep_at_hand(*, at: datetime) -> None:
    """Set what is not there yet."""
    there = {one.name for one in known.canned_answers()}
    for name, key, texts in CANNED:
        if name in there:
            continue
        topic = known.topic_at(key) if key else None
        knowledge.set_canned_answer(
            name=name, texts=texts, topic_id=topic.id if topic else None, by=HOUSE, at=at
        )
