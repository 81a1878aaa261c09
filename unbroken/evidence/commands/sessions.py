"""`unbroken sessions [SERVICE]`: what the NASes said about sessions, the oldest first."""

import argparse
import json
import sys

NAME = "sessions"
HELP = "the sessions of a service, or of everybody"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "service",
        nargs="?",
        metavar="SERVICE",
        help="a service's id, access name, circuit or IP address; default: all sessions",
    )
    parser.add_argument("--json", action="store_true", help="as JSON Lines, one session a line")


def run(args: argparse.Namespace) -> int:
    """Everything that is acknowledged is in it: what waits is folded first."""
    from unbroken.evidence.folding import fold_all
    from unbroken.evidence.queries.sessions import told_sessions

    fold_all()
    for session in told_sessions(args.service):
        if args.json:
            line = json.dumps(session, ensure_ascii=False)
        else:
            line = (
                f"{session['started']}  {session['ended'] or 'open':<32}"
                f"  {session['ended_by'] or '':<14} {session['terminate_cause'] or '':<16}"
                f" {session['nas']}  {session['user']}  {session['session']}"
            )
        sys.stdout.write(f"{line}\n")
    return 0
