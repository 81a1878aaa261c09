"""`unbroken topic list`: the one tree that requests and articles hang on."""

import argparse
import json
import sys

from unbroken.conversation.queries import topic_tree

NAME = "topic list"
HELP = "the one tree that requests and articles hang on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def run(args: argparse.Namespace) -> int:
    """One line a topic, indented by its depth."""
    tree = topic_tree()
    if args.json:
        rows = [
            {
                "key": topic.key,
                "names": topic.names,
                "hints": list(topic.hints),
                "type": topic.ticket_type or None,
            }
            for topic in tree
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for topic in tree:
        indented = "  " * topic.depth + topic.key
        sys.stdout.write(f"{indented:<26} {topic.name_in('en')}\n")
    return 0
