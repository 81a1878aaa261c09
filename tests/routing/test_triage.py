"""Which queue a request belongs to, and why."""

from unbroken.routing.triage import QueueRow, choose


def queue(key: str, **values: object) -> QueueRow:
    known = {"mailboxes": (), "topics": (), "is_default": False, "kinds": ()}
    return QueueRow(id=1, key=key, name=key, team_id=1, **(known | values))  # type: ignore[arg-type]


FIRST = queue("first", is_default=True)
LINES = queue("lines", topics=("internet",))
FOR_COMPANIES = queue("business", kinds=("company",))
ALL = [FIRST, LINES, queue("bills", mailboxes=("billing",)), FOR_COMPANIES]


def goes(topics: tuple[str, ...] = (), mailbox: str = "", kind: str = "household") -> str:
    found = choose(ALL, topic_keys=topics, mailbox=mailbox, kinds=(kind,))
    return f"{found.queue.key}, {found.why} {found.which}".strip() if found else "nowhere"


def test_the_topic_comes_before_the_mailbox_and_who_asks_comes_before_the_rest() -> None:
    assert goes(("internet/drops", "internet"), "billing") == "lines, topic internet"
    assert goes((), "billing", "company") == "bills, mailbox billing"
    assert goes(("account",), "support", "company") == "business, kind company"
    assert goes(("account",), "support") == "first, default"


def test_of_two_queues_for_one_topic_the_one_for_such_customers_is_first() -> None:
    vip = queue("vip-lines", topics=("internet",), kinds=("vip",))
    both = [LINES, vip]

    asked = {"topic_keys": ("internet",), "mailbox": ""}
    of_a_vip = choose(both, **asked, kinds=("household", "vip"))  # type: ignore[arg-type]
    of_others = choose(both, **asked, kinds=("household",))  # type: ignore[arg-type]

    assert of_a_vip is not None
    assert of_others is not None
    assert (of_a_vip.queue.key, of_others.queue.key) == ("vip-lines", "lines")


def test_what_the_line_shows_comes_before_the_topic() -> None:
    known = [*ALL, queue("line-team", causes=("line_unstable",))]

    asked = {"topic_keys": ("internet",), "mailbox": ""}
    faulty = choose(known, **asked, cause="line_unstable")  # type: ignore[arg-type]
    other = choose(known, **asked, cause="home_network")  # type: ignore[arg-type]

    assert faulty is not None
    assert other is not None
    assert (faulty.queue.key, faulty.why) == ("line-team", "cause")
    assert other.queue.key == "lines"


def test_without_a_default_what_fits_nowhere_goes_to_nobody() -> None:
    assert choose([LINES], topic_keys=(), mailbox="") is None
