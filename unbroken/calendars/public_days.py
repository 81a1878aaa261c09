"""The holidays of a country and its regions, as far as they have been decreed.

Pure: the days come with a package, so each release of it knows more. Days that move with the
moon and days given in exchange for a weekend are known for the years already published.
"""

from collections.abc import Iterable
from datetime import date

from unbroken.calendars.definition import BadCalendar
from unbroken.ground.words import _

YEARS_BACK, YEARS_AHEAD = 1, 4


def window(today: date) -> range:
    """The years that are worth knowing: last year's promises may still be counted."""
    return range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)


def public_days(country: str, region: str, years: Iterable[int]) -> list[str]:
    """Every day off of these years, as `YYYY-MM-DD`; BadCalendar when nobody knows the place."""
    import holidays  # half a second, and only whoever fills a set needs it

    regions = holidays.list_supported_countries().get(country)
    if regions is None:
        raise BadCalendar(_("No holidays are known of a country “{country}”."), country=country)
    if region and region not in regions:
        sentence = _("{country} has no region “{region}”; there are: {regions}.")
        known = ", ".join(regions) or "–"
        raise BadCalendar(sentence, country=country, region=region, regions=known)
    found = holidays.country_holidays(country, subdiv=region or None, years=list(years))
    return [day.isoformat() for day in sorted(found)]


def countries() -> dict[str, list[str]]:
    """Every country whose holidays are known, with the regions that have holidays of their own."""
    import holidays

    return holidays.list_supported_countries()


def named_days(country: str, region: str, years: Iterable[int], *, language: str) -> dict[str, str]:
    """What each day is called in a language, else where it is kept; empty if nobody knows it."""
    import holidays

    if country not in holidays.list_supported_countries():
        return {}
    known = holidays.country_holidays(country).supported_languages
    spoken = next((one for one in known if one.split("_")[0] == language), None)
    found = holidays.country_holidays(
        country, subdiv=region or None, years=list(years), language=spoken
    )
    return {day.isoformat(): str(name) for day, name in found.items()}


def filled(old: Iterable[str], new: Iterable[str], years: range) -> list[str]:
    """The days as now known, and those of years long past as they were once known."""
    past = {day for day in old if len(day) == 10 and int(day[:4]) < years.start}
    return sorted(past | set(new))
