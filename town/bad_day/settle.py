"""What the desk has before the day begins: agreements, people, the town's inventory, a token.

Run by itself (`python -m town.bad_day.settle`) with the settings of the desk in the environment.
"""

import json
import sys
from datetime import timedelta

from unbroken.house import cli, environment, rehearsal

HOUR = 3600


def main() -> int:
    """Read an inventory from standard input, print a token."""
    rehearsal.join(environment.read())
    cli.set_up_rooms()
    from town.furniture import furnish
    from unbroken.directory.importing.run import import_inventory
    from unbroken.ground.actor import HOUSE
    from unbroken.ground.clock import now
    from unbroken.promise import actions as promise
    from unbroken.promise.book import ANY_TYPE, Aim
    from unbroken.promise.credits import set_consequence
    from unbroken.staffing.actions import issue_token
    from unbroken.staffing.token_scopes import SCOPES

    with cli.database_at_hand("bad day"):
        at = now() - timedelta(days=30)
        furnish(at=at)
        seconds = dict.fromkeys(("critical", "high", "moderate", "low"), 2 * HOUR)
        promise.set_agreement(
            key="gold", name="Gold", calendar="round-the-clock",
            objectives=[Aim("time_to_restore", ANY_TYPE, seconds, 0.75)], by=HOUSE, at=at,
        )  # fmt: skip
        set_consequence(
            agreement="gold", measure="time_to_restore", kind="fixed_credit",
            settings={"amount": "10", "currency": "EUR"}, by=HOUSE, at=at,
        )  # fmt: skip
        import_inventory([sys.stdin.read()], by=HOUSE, at=at)
        _, token = issue_token(name="bad day", scopes=SCOPES, teams=[], by=HOUSE, at=at)
        sys.stdout.write(json.dumps({"token": token}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
