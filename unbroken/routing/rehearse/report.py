"""The week on one page with pictures; it stands alone, without scripts or anything from outside."""

from html import escape

from unbroken.routing.rehearse.play import Result

STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.25rem .75rem .25rem 0;text-align:start}
svg{width:100%;height:auto}text{font-size:12px;fill:currentColor}
.bar{fill:#3b6fb5}
"""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def page(result: Result) -> str:
    """The whole document."""
    rows = "".join(
        f"<tr><td>{'✓' if is_good else '✗'}<td>{escape(name)}<td>{escape(value)}</tr>"
        for name, value, is_good in result.checks()
    )
    hours = [(DAYS[day % 7] if day < 7 else f"+{day - 6}", seconds / 3600)
             for day, seconds in sorted(result.seen.busy_by_day.items())]  # fmt: skip
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>A week rehearsed</title>'
        f"<style>{STYLE}</style></head><body><h1>A week rehearsed</h1>"
        f"<p>{result.need:.0f} hours of work, {result.capacity:.0f} hours of people.</p>"
        f"<table>{rows}</table><h2>Hours worked by day</h2>{_bars(hours, 'h')}"
        f"<h2>Kept of those told at 80 %, by topic</h2>{_bars(_kept(result), '%')}</body></html>\n"
    )


def _kept(result: Result) -> list[tuple[str, float]]:
    found: dict[str, list[bool]] = {}
    for one in result.told:
        found.setdefault(one.topic, []).append((one.came or 0) <= one.told[1])
    return [(topic, 100 * sum(kept) / len(kept)) for topic, kept in sorted(found.items())]


def _bars(values: list[tuple[str, float]], unit: str) -> str:
    """Bars with their numbers beside them, so that nobody has to measure."""
    most = max((value for _, value in values), default=1.0) or 1.0
    lines = "".join(
        f'<text x="0" y="{24 * n + 16}">{escape(name)}</text>'
        f'<rect class="bar" x="80" y="{24 * n + 4}" width="{480 * value / most:.0f}" height="16"/>'
        f'<text x="{88 + 480 * value / most:.0f}" y="{24 * n + 16}">{value:.0f} {unit}</text>'
        for n, (name, value) in enumerate(values)
    )
    height = 24 * len(values) + 8
    return f'<svg viewBox="0 0 640 {height}" role="img" aria-label="bars">{lines}</svg>'
