"""How towns differ: one set of ranges to tune on, another, shifted, to report on. Never mixed."""

from dataclasses import dataclass
from datetime import timedelta

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ranges:
    """From the least to the most; each town draws its own from within."""

    seeds: int
    poll_minutes: tuple[int, ...]
    alarms_lost: Span
    stops_lost: Span
    counters_missing: Span
    keepalive_seconds: Span
    training_seconds: Span
    dial_seconds: Span
    reset_hours: tuple[int, ...]
    lines_on_cable: tuple[int, int]
    harmless_a_month: Span
    joint_drops_a_day: Span
    noise_drops_a_day: Span
    light_slope_db_a_week: Span
    margin_db: Span
    clock_skew_seconds: Span
    reports_after: tuple[timedelta, timedelta]
    rain_hours_a_week: Span


TUNING = Ranges(
    seeds=1_000,
    poll_minutes=(5, 15, 15, 60),
    alarms_lost=(0.0, 0.1),
    stops_lost=(0.0, 0.02),
    counters_missing=(0.0, 0.1),
    keepalive_seconds=(5, 60),
    training_seconds=(35, 80),
    dial_seconds=(2, 15),
    reset_hours=(24, 24, 24, 48),
    lines_on_cable=(5, 12),
    harmless_a_month=(0.3, 2.0),
    joint_drops_a_day=(2, 6),
    noise_drops_a_day=(2, 8),
    light_slope_db_a_week=(0.3, 0.9),
    margin_db=(7, 14),
    clock_skew_seconds=(0, 3),
    reports_after=(timedelta(minutes=20), timedelta(hours=8)),
    rain_hours_a_week=(10, 30),
)

REPORT = Ranges(
    seeds=900_000,
    poll_minutes=(10, 30, 60, 240),
    alarms_lost=(0.05, 0.2),
    stops_lost=(0.01, 0.05),
    counters_missing=(0.05, 0.2),
    keepalive_seconds=(10, 90),
    training_seconds=(30, 120),
    dial_seconds=(1, 30),
    reset_hours=(12, 24, 24, 72, 168),
    lines_on_cable=(4, 20),
    harmless_a_month=(0.5, 4.0),
    joint_drops_a_day=(1.5, 8),
    noise_drops_a_day=(1.5, 12),
    light_slope_db_a_week=(0.2, 1.0),
    margin_db=(6, 16),
    clock_skew_seconds=(0, 8),
    reports_after=(timedelta(minutes=8), timedelta(hours=20)),
    rain_hours_a_week=(5, 45),
)
