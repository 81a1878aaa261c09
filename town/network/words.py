"""What the customer writes: their own words, in their language, seldom exact."""

from datetime import datetime
from random import Random

_KIND = {
    "fibre_cut": "none", "area_power": "none", "drop_fibre": "none", "nas_restart": "none",
    "login_rejected": "none", "home_network": "wifi", "line_rate_low": "slow",
    "congestion": "slow", "quota_reached": "none", "elsewhere": "content", "access_node": "none",
    "cable_cut": "none", "uplink_down": "none", "planned_work": "none", "no_fault_found": "",
    "accounting_gap": "", "optical_degradation": "drops",
}  # fmt: skip

_WORDS = {
    "en": {
        "drops": ("the internet breaks again and again", "my connection keeps dropping"),
        "none": ("the internet does not work", "no internet since this morning"),
        "slow": ("the internet is very slow in the evening", "everything loads slowly"),
        "wifi": ("the Wi-Fi in the bedroom does not work", "no internet on my laptop"),
        "content": ("the site of my bank does not open, everything else works",
                    "Netflix does not load, other sites do"),
    },
    "ru": {
        "drops": ("интернет постоянно обрывается", "связь всё время пропадает"),
        "none": ("интернет не работает", "нет интернета с утра"),
        "slow": ("интернет очень медленный по вечерам", "всё грузится медленно"),
        "wifi": ("вайфай в спальне не работает", "на ноутбуке нет интернета"),
        "content": ("сайт банка не открывается, остальное работает",
                    "не открывается только ютуб"),
    },
    "it": {
        "drops": ("la connessione cade di continuo", "internet si interrompe sempre"),
        "none": ("internet non funziona", "da stamattina niente internet"),
        "slow": ("internet è molto lento la sera", "tutto carica lentamente"),
        "wifi": ("il wifi in camera non funziona", "sul portatile non va internet"),
        "content": ("il sito della banca non si apre, il resto funziona",
                    "non si apre solo Netflix"),
    },
}  # fmt: skip


def complaint_words(
    random: Random, cause: str, language: str, at: datetime, since: datetime
) -> str:
    """A complaint; empty when nobody complained."""
    kind = _KIND.get(cause, "drops")
    if not kind or (cause in ("accounting_gap",)):
        return ""
    if cause == "unknown":
        kind = "drops"
    return random.choice(_WORDS[language][kind])
