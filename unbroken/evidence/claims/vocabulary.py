"""The words behind claims: days, months, numbers, lamps, in English, Russian and Italian. Pure."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

Meant = tuple[datetime, timedelta] | None
Reader = Callable[[re.Match[str], datetime], Meant]

HALF_DAY, DAY = timedelta(hours=13), timedelta(days=1)

_NUMBERS = {
    1: "one a an once один одна одну одного одни un uno una una",
    2: "two twice two couple два две двух дважды пару пара due paio",
    3: "three thrice три трёх трех трижды tre",
    4: "four четыре четырёх четырех четырежды quattro",
    5: "five пять пяти cinque",
    6: "six шесть шести sei",
    7: "seven семь семи sette",
    8: "eight восемь восьми otto",
    9: "nine девять девяти nove",
    10: "ten десять десяти dieci",
    12: "twelve dozen двенадцать dodici",
    14: "fortnight",
    15: "пятнадцать quindici",
    20: "twenty двадцать venti",
}
_BY_WORD = {word: number for number, many in _NUMBERS.items() for word in many.split()}
_ORDINALS = {
    "второй": 1, "вторые": 1, "третий": 2, "третьи": 2, "четвертый": 3, "четвёртый": 3, "пятый": 4,
    "шестой": 5, "седьмой": 6,
}  # fmt: skip
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(_BY_WORD, key=len, reverse=True)) + ")"

_MONTHS = {
    1: "january jan января gennaio gen",
    2: "february feb февраля febbraio",
    3: "march mar марта marzo",
    4: "april apr апреля aprile",
    5: "may мая maggio",
    6: "june jun июня giugno",
    7: "july jul июля luglio",
    8: "august aug августа agosto",
    9: "september sept sep сентября settembre",
    10: "october oct октября ottobre",
    11: "november nov ноября novembre",
    12: "december dec декабря dicembre",
}
_BY_MONTH = {word: number for number, many in _MONTHS.items() for word in many.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(_BY_MONTH, key=len, reverse=True)) + r")\b\.?"

_WEEKDAYS = {
    0: "monday понедельника понедельник lunedì lunedi",
    1: "tuesday вторника вторник martedì martedi",
    2: "wednesday среды среду mercoledì mercoledi",
    3: "thursday четверга четверг giovedì giovedi",
    4: "friday пятницы пятницу venerdì venerdi",
    5: "saturday субботы субботу sabato",
    6: "sunday воскресенья воскресенье domenica",
}
_BY_WEEKDAY = {word: number for number, many in _WEEKDAYS.items() for word in many.split()}
_WEEKDAY = r"(?P<weekday>" + "|".join(sorted(_BY_WEEKDAY, key=len, reverse=True)) + ")"

_UNITS = (
    (timedelta(minutes=1), r"minutes?|минут\w*|minut[oi]"),
    (timedelta(hours=1), r"hours?|час\w*|or[ae]\b"),
    (timedelta(days=1), r"days?|дн\w*|день|дня|сут\w*|giorn[oi]|giornata"),
    (timedelta(days=7), r"weeks?|недел\w*|settiman[ae]"),
    (timedelta(days=30), r"months?|месяц\w*|mes[ei]"),
)
_UNIT = r"(?P<unit>" + "|".join(pattern for _span, pattern in _UNITS) + ")"


def number(text: str) -> float | None:
    """A number in figures or words."""
    plain = text.strip().lower()
    if plain.isdigit():
        return float(plain)
    found = _BY_WORD.get(plain)
    return float(found) if found is not None else None


def _unit(text: str) -> timedelta:
    for span, pattern in _UNITS:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return span
    return timedelta(days=1)


def _ago(match: re.Match[str], now: datetime) -> Meant:
    """So many units back; a day is meant to within half of one and more the longer it is."""
    text = match.groupdict().get("n")
    count = number(text) if text else 1.0
    unit = _unit(match.group("unit"))
    if count is None:
        return None
    span = unit * count
    slack = {timedelta(days=1): timedelta(hours=18), timedelta(days=7): timedelta(days=2),
             timedelta(days=30): timedelta(days=7)}.get(unit, unit)  # fmt: skip
    return now - span, max(slack, span * 0.2)


def _nth_day(match: re.Match[str], now: datetime) -> Meant:
    """ "The second day" in Russian: it began yesterday."""
    count = _ORDINALS.get(match.group("nth").lower())
    if count is None:
        return None
    unit = _unit(match.group("unit"))
    return now - unit * count, max(timedelta(hours=20), unit * 0.5)


def _on_date(match: re.Match[str], now: datetime) -> Meant:
    day, month = int(match.group("day")), _BY_MONTH.get(match.group("month").lower())
    return _dated(day, month, match.groupdict().get("year"), now)


def _on_figures(match: re.Match[str], now: datetime) -> Meant:
    return _dated(
        int(match.group("day")), int(match.group("mon")), match.groupdict().get("year"), now
    )


def _dated(day: int, month: int | None, year: str | None, now: datetime) -> Meant:
    """That day, this year or, if it is still to come, the last."""
    if month is None or not 1 <= month <= 12:
        return None
    at = int(year) if year else now.year
    at += 2000 if at < 100 else 0
    try:
        meant = date(at, month, day)
    except ValueError:
        return None
    if meant > now.date() and not year:
        meant = meant.replace(year=at - 1)
    return datetime.combine(meant, time(12), now.tzinfo), timedelta(hours=36)


def _on_weekday(match: re.Match[str], now: datetime) -> Meant:
    wanted = _BY_WEEKDAY[match.group("weekday").lower()]
    back = (now.weekday() - wanted) % 7
    day = now.date() - timedelta(days=back)
    return datetime.combine(day, time(12), now.tzinfo), timedelta(hours=20)


def _back(days: int, hour: int, slack: timedelta) -> Reader:
    def read(_match: re.Match[str], now: datetime) -> Meant:
        day = now.date() - timedelta(days=days)
        at = datetime.combine(day, time(hour), now.tzinfo)
        return min(at, now), slack

    return read


def _at_clock(match: re.Match[str], now: datetime) -> Meant:
    hour, minute = int(match.group("h")), int(match.groupdict().get("m") or 0)
    if hour > 23 or minute > 59:
        return None
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (at if at <= now else at - DAY), timedelta(minutes=45)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_SINCE = r"(?:since|from|starting(?:\son)?|beginning)\s(?:about\s|around\s|last\s|the\s)?"
_C = r"(?:начиная\s)?(?<!\w)(?:со|с)\s(?:прошл\w+\s)?"
_DA = r"(?:a\spartire\s)?(?<!\w)(?:da|dal|dall['’]|dalla|dallo|dai|dagli|dalle)\s?(?:scors\w+\s)?"
_YEAR = r"(?:,?\s?(?P<year>20\d\d))?"

ONSETS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(_SINCE + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?" + _MONTH + _YEAR), _on_date),
    (_pattern(_SINCE + _MONTH + r"\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)" + _YEAR), _on_date),
    (_pattern(_C + r"(?P<day>\d{1,2})(?:-?го)?\s" + _MONTH + _YEAR), _on_date),
    (_pattern(_DA + r"(?P<day>\d{1,2})°?\s" + _MONTH + _YEAR), _on_date),
    (_pattern(r"(?:" + _SINCE + "|" + _C + "|" + _DA
              + r")(?P<day>\d{1,2})[./](?P<mon>\d{1,2})(?:[./](?P<year>\d{2,4}))?"), _on_figures),
    (_pattern(r"(?:since|from)\s(?:yesterday|last\snight)|yesterday\s(?:it|the)\s\w+\s?start\w+"),
     _back(1, 12, timedelta(hours=20))),
    (_pattern(r"(?:со|с)\sвчерашнего\s(?:дня|вечера|утра)|со\sвчера|(?<!\w)вчера\sнач\w+"),
     _back(1, 12, timedelta(hours=20))),
    (_pattern(r"(?<!\w)da\sieri(?:\ssera|\smattina)?"), _back(1, 12, timedelta(hours=20))),
    (_pattern(r"(?:since|from)\sthe\sday\sbefore\syesterday|с\sпозавчера(?:шнего\sдня)?|"
              r"da(?:ll['’])?\s?(?:l['’])?altro\s?ieri"), _back(2, 12, timedelta(hours=20))),
    (_pattern(r"(?:since|from)\s(?:this\s)?morning|(?<!\w)с\s(?:сегодняшнего\s|самого\s)?утра|"
              r"da\sstamattina|da\squesta\smattina"), _back(0, 8, timedelta(hours=4))),
    (_pattern(r"(?:since|from)\s(?:earlier\s)?today|(?<!\w)с\sсегодня(?:шнего\sдня)?|da\soggi"),
     _back(0, 10, timedelta(hours=11))),
    (_pattern(r"(?:since|from)\s(?:this\s)?(?:evening|tonight)|(?<!\w)с\sвечера|da\sstasera"),
     _back(0, 19, timedelta(hours=4))),
    (_pattern(r"(?:since|for|over|during|already)\s(?:about\s|around\s|almost\s|nearly\s|the\s)?"
              r"(?:last\s|past\s)?" + _N + r"\s(?:full\s|whole\s)?" + _UNIT + r"\b"), _ago),
    (_pattern(r"(?:since|for)\s(?:the\s)?(?:last|past)\s" + _UNIT + r"\b"), _ago),
    (_pattern(_N + r"\s" + _UNIT + r"\s(?:ago|fa\b|назад)"), _ago),
    (_pattern(r"(?:уже|вот\sуже|примерно|около|последни[ех]|в\sтечение|за\sпоследни\w+)\s(?:как\s)?"
              + _N + r"(?:-?й)?\s" + _UNIT), _ago),
    (_pattern(r"(?:уже|вот\sуже|почти)\s(?:как\s)?(?P<unit>недел[юя]|месяц|сутки|день|час)\b"),
     _ago),
    (_pattern(r"(?P<nth>" + "|".join(_ORDINALS) + r")\s(?P<unit>день|сутки|недел[юя]|месяц)"),
     _nth_day),
    (_pattern(r"(?<!\w)da\s(?:circa\s|quasi\s|più\sdi\s|ormai\s)?" + _N + r"\s" + _UNIT), _ago),
    (_pattern(r"(?<!\w)da\s(?:un|una|qualche)\s(?P<unit>settimana|mese|giorno|ora)"), _ago),
    (_pattern(_SINCE + _WEEKDAY), _on_weekday),
    (_pattern(_C + _WEEKDAY), _on_weekday),
    (_pattern(_DA + _WEEKDAY), _on_weekday),
    (_pattern(r"(?:since|from)\s(?:about\s|around\s)?(?P<h>\d{1,2})[:.](?P<m>\d\d)"), _at_clock),
    (_pattern(r"(?<!\w)с\s(?P<h>\d{1,2})[:.](?P<m>\d\d)"), _at_clock),
    (_pattern(r"dalle\s(?:ore\s)?(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?"), _at_clock),
)  # fmt: skip
"""How people say since when, most exact first; what one has taken no other takes again."""

DAYS = (
    (_pattern(r"day\sbefore\syesterday|позавчера|altro\s?ieri"), 2),
    (_pattern(r"yesterday|вчера|\bieri\b"), 1),
    (_pattern(r"today|сегодня|за\sдень|\boggi\b|this\smorning|с\sутра|stamattina"), 0),
)

TIMES_A_DAY = _pattern(
    r"(?:" + _N + r"\s(?:times|раз[а]?|volte|drops?|breaks?|обрыв\w*|разрыв\w*|disconness\w+)\b"
    r"|\b(?:twice|thrice|дважды|трижды)\b)"
    r"(?:\s(?:today|yesterday|(?:a|per|each|every)\sday|daily|сегодня|вчера|за\s(?:день|сутки|сегодня)"
    r"|в\s(?:день|сутки)|oggi|ieri|al\sgiorno|in\sun\sgiorno))?"
)

CLOCK = _pattern(
    r"(?<![\d.,:/-])(?:(?:at|around|about|в|около|alle|verso\sle|ore)\s)(?:ore\s)?"
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))(?:\s?(?P<half>am|pm|a\.m\.?|p\.m\.?|вечера|ночи|утра|дня))?"
    r"(?![\d.])"
)
HOUR = _pattern(
    r"(?<![\d.,:/-])(?:(?:at|around|about|в|около|alle|verso\sle|and)\s)(?P<h>\d{1,2})(?P<m>)\s?"
    r"(?P<half>am|pm|a\.m\.?|p\.m\.?|вечера|ночи|утра|дня)(?!\w)"
)
AFTERNOON = frozenset({"pm", "вечера", "дня"})

_LAMPS = (
    ("dsl", r"\b(?:a?dsl|link|line|sync)\b|линк|длс|лампочк\w+\s(?:dsl|adsl|линии)"),
    ("internet", r"\b(?:internet|ppp|act|online|www)\b|интернет"),
    ("los", r"\blos\b|лос"),
    ("pon", r"\bpon\b|пон\b"),
    ("power", r"\b(?:power|pwr)\b|питани\w+|alimentazione"),
    ("lan", r"\b(?:lan|ethernet)\b"),
    ("wlan", r"\b(?:wlan|wi-?fi)\b|вай-?фай"),
)  # fmt: skip
_LAMP_WORD = (
    r"(?:lamp|light|led|indicator|ламп\w*|индикатор\w*|светодиод\w*|огон[её]к|spia|luce|lucina)"
)
_LAMP_NAME = "|".join(f"(?:{pattern})" for _name, pattern in _LAMPS)
LAMP = _pattern(
    rf"(?:(?:{_LAMP_NAME})[\s\"'«»“”-]{{0,3}}{_LAMP_WORD}|{_LAMP_WORD}\s(?:del(?:la|l['’])?\s?|of\s"
    rf"(?:the\s)?)?[\"'«“]?(?:{_LAMP_NAME}))"
)
_STATES = (
    ("blinking", r"blink|flash|flicker|мига|моргa|моргает|lampeggia"),
    ("red", r"\bred\b|красн|\bross[ao]\b"),
    ("off", r"\boff\b|\bdark\b|goes\sout|went\sout|is\sout|not\slit|dies|гасн|погас|тухн|потух|"
            r"не\sгорит|выключ|spegn|spent[ao]|non\s(?:è\s)?acces"),
    ("on", r"\bon\b|\blit\b|steady|solid|green|гор[ия]т|зел[её]н|acces[ao]|fiss[ao]|verde"),
)  # fmt: skip


def lamp_name(text: str) -> str:
    """Which lamp is meant."""
    for name, pattern in _LAMPS:
        if re.search(pattern, text, re.IGNORECASE):
            return name
    return ""


def lamp_state(sentence: str) -> str:
    """What it does, by the words around it."""
    for name, pattern in _STATES:
        if re.search(pattern, sentence, re.IGNORECASE):
            return name
    return ""


SPEED = _pattern(
    r"(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<unit>[mkмк](?:bit|бит|b|б)(?:it)?(?:/s|ps|/с)?|мегабит\w*|"
    r"mega(?:bit)?\b)"
)
_EACH = r"(?:every|each)(?:\ssingle)?\s(?!other)"
_KAZHD = r"кажд(?:ый|ую|ое|ой|ые|ого)\s(?:божий\s)?"
_OGNI = r"(?:ogni|tutti\si|tutte\sle)\s(?:santo\s|santa\s)?"
EVERY = _pattern(
    r"(?<!\w)(?:"
    rf"(?P<night>{_EACH}night|nightly|(?:at|by)\snights?\b(?=\W+(?:it|the|my))|{_KAZHD}ночь|по\sночам"
    rf"|еженощно|{_OGNI}nott[ei]|di\snotte)"
    rf"|(?P<morning>{_EACH}morning|mornings\b|{_KAZHD}утро|по\sутрам|{_OGNI}mattin[aei])"
    rf"|(?P<evening>{_EACH}evening|evenings\b|{_KAZHD}вечер\b|по\sвечерам|{_OGNI}ser[ae]\b|la\ssera\b"
    r"(?=\W+(?:si|il|la|cade|salta|non|è)))"
    rf"|(?P<day>{_EACH}day\b|(?<!\d\s)(?<!twice\s)(?<!times\s)daily\b|(?:once|one\stime)\sa\sday|{_KAZHD}день|ежедневно|(?<!\d\s)(?:один\s)?раз\s"
    rf"в\s(?:день|сутки)|{_OGNI}giorn[oi]|quotidian\w+|(?:una\svolta\s)al\sgiorno)"
    r")(?!\w)"
)
"""Each day, or each of one part of it, by that part."""

ALWAYS = _pattern(
    r"\balways\b|\bconstantly\b|all\sthe\stime|again\sand\sagain|every\s(?:few\s)?(?:minutes|hours?)"
    r"|keeps?\s\w+ing|постоянно|вс[её]\sвремя|всегда|кажд\w+\s(?:час|минут\w+)|то\sи\sдело"
    r"|\bsempre\b|di\scontinuo|continuamente|ogni\s(?:ora|minuto)"
)
NEVER = _pattern(
    r"never\s(?:\w+\s){0,3}before|never\shad\s(?:\w+\s){0,4}(?:problem|trouble)s?"
    r"|раньше\s(?:\w+\s){0,3}(?:не|никогда)|никогда\s(?:\w+\s){0,3}не|mai\s(?:\w+\s){0,3}prima"
    r"|prima\snon\s|non\s\w+\smai"
)
NOT_NOW = _pattern(
    r"(?:internet|connection|it|line)\s(?:does(?:\snot|n['’]t)\swork|is\s(?:down|dead|not\sworking))"
    r"|no\s(?:internet|connection)\b|интернет\s(?:\w+\s)?не\sработает|нет\sинтернета"
    r"|internet\snon\s(?:funziona|va)|(?:niente|senza)\s(?:internet|connessione|linea)"
)
