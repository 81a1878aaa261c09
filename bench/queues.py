"""How quick the estimate from rosters and queues is: 5,000 open requests, and one of them.

python -m bench.queues
"""

import sys
import time
from random import Random

from unbroken.routing.estimate.queues import OVER, Asked, Capacity, Forecast, Learned, Leg

HOUR, DAY = 3600.0, 86400.0
OPEN = 5000


def main() -> None:
    """Processor time, since the machine may have other work."""
    luck, learned = Random(1), Learned()
    teams = [f"team{number}" for number in range(8)]
    for _ in range(20_000):
        then = luck.choice([*teams, *[OVER] * 10])
        wait = luck.choice((0.0, 0.0, 0.0, HOUR))
        leg = Leg(f"t{luck.randrange(40)}", luck.choice(teams), luck.uniform(60, 3000), wait, then)
        learned.learn(leg, luck.randrange(4))
    steps = [(hour * HOUR, float(luck.randrange(4))) for hour in range(0, 144, 2)]
    capacity = {team: Capacity(steps, 6 * DAY) for team in teams}
    forecast = Forecast(capacity, dict.fromkeys(teams, 4 * HOUR), learned)
    asked = [
        Asked(f"t{luck.randrange(40)}", luck.choice(teams), luck.uniform(0, 20 * HOUR))
        for _ in range(OPEN)
    ]
    began = time.process_time()
    for request in asked:
        forecast.both(request)
    took = time.process_time() - began
    sys.stdout.write(f"{OPEN} requests: {took:.1f} s; one: {1000 * took / OPEN:.2f} ms\n")


if __name__ == "__main__":
    main()
