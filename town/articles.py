"""What the provider has written down for its customers and for itself."""

from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.knowledge import actions as knowledge
from unbroken.knowledge import queries as known

Texts = dict[str, tuple[str, str]]

# topic, audience, texts by language (title, body).
ARTICLES: tuple[tuple[str, str, Texts], ...] = (
    (
        "internet/drops",
        "public",
        {
            "en": (
                "The DSL lamp goes out: what it means",
                "The lamp shows whether your box hears our cabinet.\n\n"
                "- It blinks: the two are looking for each other. This takes up to three minutes.\n"
                "- It stays dark: the line carries no signal. Please do not reset the box; look "
                "whether the grey cable sits firmly in the socket marked DSL, and tell us.\n"
                "- It is on, but pages do not open: the line is well; look at the Wi-Fi first.\n\n"
                "We see every loss of signal with its second, so you need not write them down.",
            ),
            "ru": (
                "Гаснет лампочка DSL: что это значит",
                "Лампочка показывает, слышит ли модем наш шкаф.\n\n"
                "- Мигает: они ищут друг друга, до трёх минут.\n"
                "- Не горит: на линии нет сигнала. Не сбрасывайте модем; проверьте, плотно ли "
                "сидит серый кабель в гнезде DSL, и напишите нам.\n"
                "- Горит, но страницы не открываются: линия в порядке, начните с Wi-Fi.\n\n"
                "Каждый обрыв мы видим с точностью до секунды, записывать их не нужно.",
            ),
            "it": (
                "La spia DSL si spegne: che cosa significa",
                "La spia mostra se il modem sente il nostro armadio.\n\n"
                "- Lampeggia: si stanno cercando, fino a tre minuti.\n"
                "- È spenta: sulla linea non c'è segnale. Non resetti il modem; controlli il cavo "
                "grigio nella presa DSL e ci scriva.\n"
                "- È accesa ma le pagine non si aprono: la linea è a posto, si parta dal Wi-Fi.\n\n"
                "Vediamo ogni caduta al secondo: non serve annotarle.",
            ),
        },
    ),
    (
        "account/move",
        "public",
        {
            "en": (
                "Moving house and taking the line along",
                "Write to us two weeks before. We need the date, the street, and where in the "
                "house the flat lies. Number and contract stay as they are; the visit takes half "
                "an hour and costs nothing within the town.",
            ),
            "it": (
                "Trasloco con la linea",
                "Ci scriva due settimane prima con data, indirizzo e piano. Numero e contratto "
                "restano; la visita dura mezz'ora ed è gratuita in città.",
            ),
        },
    ),
    (
        "internet/slow",
        "internal",
        {
            "en": (
                "Slow in the evening only: look at the cabinet's uplink first",
                "Line rate fine in the morning and low in the evening on several lines of one "
                "cabinet is the uplink. Compare three neighbours before the line is measured. "
                "Cabinet 7 gets its second link on the 28th; tell customers the date and take "
                "EUR 5 off until then.",
            ),
        },
    ),
)


def publish(*, at: datetime) -> None:
    """Write and publish what is not there yet."""
    for topic, audience, texts in ARTICLES:
        title = texts["en"][0]
        there = known.articles_under(topic, "en", public_only=False, at=at)
        if any(article.title == title for article in there):
            continue
        article_id = knowledge.write_article(
            topic_key=topic, texts=texts, audience=audience, by=HOUSE, at=at
        )
        knowledge.publish_article(article_id=article_id, by=HOUSE, at=at)
