"""What the provider has written down for its customers and for itself."""

from datetime import datetime

from town.articles_it import ITALIAN
from town.articles_ru import RUSSIAN
from unbroken.ground.actor import HOUSE
from unbroken.knowledge import actions as knowledge
from unbroken.knowledge import queries as known

Texts = dict[str, tuple[str, str]]

# name, topic, audience, title and body in English; the other languages lie beside.
_ENGLISH: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "lamp",
        "internet/drops",
        "public",
        "The DSL lamp goes out: what it means",
        "The lamp shows whether your box hears our cabinet.\n\n"
        "- **It blinks:** the two are looking for each other. This takes up to three minutes.\n"
        "- **It stays dark:** the line carries no signal. Please do not reset the box; look "
        "whether the grey cable sits firmly in the socket marked DSL, and tell us.\n"
        "- **It is on, but pages do not open:** the line is well; look at the Wi-Fi first.\n\n"
        "We see every loss of signal with its second, so you need not write them down.",
    ),
    (
        "reset",
        "internet/drops",
        "public",
        "One short break each night: the planned reset",
        "Once in 24 hours your session is closed and opened again, as a rule between three and "
        "five at night. It takes a few seconds, and the DSL lamp stays on all the while.\n\n"
        "It is **not** the planned reset when\n\n"
        "1. the connection is cut more than once a day,\n"
        "2. the DSL lamp goes out, or\n"
        "3. it takes longer than a minute.\n\n"
        "Then write to us: something is wrong with the line, and we look at it from here.",
    ),
    (
        "restart",
        "internet/wifi",
        "public",
        "How to restart the router",
        "1. Pull the plug out of the wall, not the cable out of the box.\n"
        "2. Count to thirty.\n"
        "3. Plug it in and wait five minutes before you look whether it works.\n\n"
        "A restart keeps all settings. The small button in the hole on the back is something "
        "else: it makes the router forget your password and ours. Please do not press it.\n\n"
        "If you have to restart the router every week, tell us. That is not how it should be.",
    ),
    (
        "wifi",
        "internet/wifi",
        "public",
        "Wi-Fi is slow in one room only",
        "The line ends at the box; from there Wi-Fi carries on alone, and walls are in its way.\n\n"
        "- Put the box into the open, not into a cupboard, a metal case or behind the television.\n"
        "- Compare beside the box and in the far room. If it is fast beside it, the line is well.\n"
        "- In the far room choose the network that ends in **5G** only within sight of the box.\n\n"
        "A second box for the far end of the house can be had from us; you return it if it does "
        "not help.",
    ),
    (
        "move",
        "account/move",
        "public",
        "Moving house and taking the line along",
        "Write to us two weeks before you move. We need\n\n"
        "- the date,\n- the street and number,\n- where in the house the flat lies.\n\n"
        "Your number and your contract stay as they are. The visit takes half an hour and costs "
        "nothing within the town. The old line works until the evening of the day you name.",
    ),
    (
        "static",
        "account/change",
        "public",
        "An address that never changes (static IP)",
        "As a rule you get another IP address after each reset. For a server, a camera or an "
        "entrance to your company you may need one that stays.\n\n"
        "A static address costs EUR 3 a month and is there within one working day. After that "
        "restart the router once. Please tell us whether mail is sent from it: we then set the "
        "name that belongs to the address (reverse DNS).",
    ),
    (
        "evening",
        "internet/slow",
        "internal",
        "Slow in the evening only: look at the cabinet's uplink first",
        "Line rate fine in the morning and low in the evening on several lines of one cabinet is "
        "the uplink. Compare **three neighbours** before the line is measured.\n\n"
        "Cabinet 7 gets its second link on the 28th; tell customers the date and take EUR 5 off "
        "until then.",
    ),
    (
        "not-reset",
        "internet/drops",
        "internal",
        "What the planned reset cannot explain",
        "“Planned reset once in 24 hours” is an answer only when there was **one** break, at the "
        "customer's usual hour, of a few seconds, and sync was kept.\n\n"
        "Four drops in a day, a dark DSL lamp or a break of minutes are a line fault. Look at the "
        "counters and at two neighbours on the same cable before you write.",
    ),
)


def _texts(name: str, english: tuple[str, str]) -> Texts:
    found = {"en": english, "ru": RUSSIAN.get(name), "it": ITALIAN.get(name)}
    return {language: text for language, text in found.items() if text}


# name, topic, audience, texts by language (title, body).
ARTICLES: tuple[tuple[str, str, str, Texts], ...] = tuple(
    (name, topic, audience, _texts(name, (title, body)))
    for name, topic, audience, title, body in _ENGLISH
)


def publish(*, at: datetime) -> None:
    """Write and publish what is not there yet."""
    for _name, topic, audience, texts in ARTICLES:
        title = texts["en"][0]
        there = known.articles_under(topic, "en", public_only=False, at=at)
        if any(article.title == title for article in there):
            continue
        article_id = knowledge.write_article(
            topic_key=topic, texts=texts, audience=audience, by=HOUSE, at=at
        )
        knowledge.publish_article(article_id=article_id, by=HOUSE, at=at)
