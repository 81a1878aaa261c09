"""Of what kind a complaint is: none, drops, slow, content, wifi. Pure; stems, not whole words."""

import re
from collections.abc import Iterable

_STEMS: dict[str, str] = {
    "drops": r"""
        \bbreak(s|ing)?\b | \bbroke\b | \bdrop(s|ped|ping)?\b | disconnect | cuts?\s(out|off) |
        interrupt | keeps?\s(going|losing|falling) | goes\s(down|off|dark|out) | lost\s?connection |
        unstable | intermittent | reconnect | flap | comes\sand\sgoes | \bresets?\b |
        обрыв | разрыв | рв[её]т | прерыва | пропада | отключа | отвалива | слета | вылета |
        переподключ | нестабил | теря(ет|ется) | гаснет | мига | отруба | выруба | перебо |
        \bcad(e|ono|uta|ute|uto)\b | disconne | interromp | interruzion | salta | si\sstacca |
        instabil |
        va\se\sviene | si\sspegne | riconnett
    """,
    "none": r"""
        (no|not|without|zero)\s(an?\s|any\s|the\s)?(internet|connection|service|signal|network) |
        (does|do|is|has)(\snot|n['’]t)\s(work|connect) | stopped\sworking | \bdead\b | is\sdown |
        can(not|['’]t|\snot)\s(connect|get\sonline|log) | nothing\sworks | offline |
        out\sof\sservice |
        не\sработа | нет\s(интернет|связ|сети|соединен|доступ) | без\s(интернет|связ) |
        не\sподключа |
        не\sмогу\s(войти|подключ|выйти) | пропал\sинтернет | ничего\sне\s |
        non\s(funziona|va\b|si\scollega|si\sconnette) |
        (niente|senza|nessuna?)\s(internet|connessione|
        linea|rete) | non\sho\s(internet|connessione|linea) | manca\s(internet|la\slinea) |
        non\sriesco\sa\s(collegar|connett|entrar|navigar)
    """,
    "slow": r"""
        \bslow | \blag | buffer | crawl | speed | mbit | mbps | \bping\b | latency |
        медлен | тормоз | скорост | лага | зависа | мбит | подвиса | еле\s | долго\sгруз |
        \blent | rallent | velocit | scatt | a\srilento
    """,
    "wifi": r"""
        wi-?\s?fi | wireless | \blaptop\b | only\s(on\s)?my\s(phone|tablet|pc|tv|laptop) | bedroom |
        (in|from)\sthe\s(kitchen|garden|bedroom|attic|office\supstairs) |
        вай-?\s?фай | вайфа | ноутбук | беспровод | в\sспальне | на\sкухне | на\sтелефоне |
        на\sпланшет |
        portatile | in\scamera | in\scucina | senza\sfili | sul\stelefon | sul\stablet
    """,
    "content": r"""
        netflix | youtube | facebook | instagram | telegram | whatsapp | \bsteam\b | zoom |
        \bteams\b |
        (the|one|this|a|certain|some)\s(web)?sites?\b | website | bank |
        everything\selse\s(works|is) |
        other\ssites | only\s(this|that|one) |
        ютуб | нетфликс | телеграм | ватсап | сайт | остальн\w+\s(работа|откры|норм) |
        только\s(один|этот) |
        \bsit[oi]\b | banca | il\sresto\s(funziona|va) | gli\saltri | solo\s(netflix|youtube|un)
    """,
}
KINDS = tuple(_STEMS)
# Small letters on both sides: ignoring case takes three times as long.
_SEEN = {kind: re.compile(pattern, re.VERBOSE) for kind, pattern in _STEMS.items()}


def kinds(text: str) -> frozenset[str]:
    """The kinds that these words speak of; empty when they complain of nothing we know."""
    small = text.lower()
    return frozenset(kind for kind, seen in _SEEN.items() if seen.search(small))


def speaks_of(text: str, wanted: Iterable[str]) -> bool:
    """Whether these words complain of any of the kinds that are wanted."""
    small = text.lower()
    return any(_SEEN[kind].search(small) for kind in wanted)
