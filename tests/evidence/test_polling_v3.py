"""Devices asked by SNMPv3: only what the agent signed is believed, as net-snmp signs it.

The answers were recorded from net-snmp's `snmpd` 5.9.3 (SHA-256, AES-128); where one is installed
it is asked as well.
"""

import random
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from unbroken.evidence.polling import Device, devices_in, walk
from unbroken.evidence.snmp.asking import NotAnAnswer
from unbroken.evidence.snmp.signed import OtherClock, Signed
from unbroken.evidence.snmp.usm import User

USER = User("desk", "sha256", "authpass12", "privpass12")
HELLO = bytes.fromhex(
    "306c020103300e020107020300ffe304010002010304223020041180001f8880b48dd46bf774036b00000000"
    "020101020200a20400040004003033041180001f8880b48dd46bf774036b000000000400a81c020107020100"
    "0201003011300f060a2b060106030f01010400410105"
)
CLOCK = bytes.fromhex(
    "308188020103300e020108020300ffe3040101020103043e303c041180001f8880b48dd46bf774036b000000"
    "00020101020200a204046465736b0418d9ba5b12c52309f0bcd264e3765ebc66e9b9c6ab409c8fd604003033"
    "041180001f8880b48dd46bf774036b000000000400a81c0201000201000201003011300f060a2b060106030f"
    "01010200410104"
)
ANSWER = bytes.fromhex(
    "3081a3020103300e020109020300ffe304010302010304463044041180001f8880b48dd46bf774036b000000"
    "00020101020200a204046465736b04189018f9cb072e5ba71a04ef88cb2e591b96fd4fcd2387a3ae04084d6c"
    "19e680f73230044692c77bb5f8356c54305240ef0f635ac890a7ae81666d3137b0fdfbc080fa24e149284c73"
    "417df2537733a8bb43dfad7fff52c5e2d51c0a132b448003da73ec57da54980195da"
)
STATUS = (1, 3, 6, 1, 2, 1, 2, 2, 1, 8)


def introduced(user: User = USER) -> Signed:
    agent = Signed(user)
    agent.introduced(HELLO, 7)
    return agent


def test_the_clock_is_learned_from_a_signed_refusal_and_the_answer_opened() -> None:
    agent = introduced()

    with pytest.raises(OtherClock):
        agent.answered(CLOCK, 8)

    found = agent.answered(ANSWER, 9)
    assert [(one.oid, one.value) for one in found] == [((*STATUS, 1), 1), ((*STATUS, 2), 2)]


@pytest.mark.parametrize(
    "user",
    [
        User("desk", "sha256", "authpass13", "privpass12"),
        User("desk", "sha256", "authpass12", "privpass13"),
        User("desk", "sha256", "authpass12"),
        User("eve", "sha256", "authpass12", "privpass12"),
    ],
)
def test_an_answer_signed_or_sealed_otherwise_is_refused(user: User) -> None:
    """Attack: somebody on the way answers in the agent's place."""
    with pytest.raises(NotAnAnswer):
        introduced(user).answered(ANSWER, 9)


def test_an_answer_to_another_question_or_from_long_ago_is_refused() -> None:
    """Attack: an answer taken from the wire is sent again."""
    with pytest.raises(NotAnAnswer):
        introduced().answered(ANSWER, 10)
    later = introduced()
    later.boots = 2
    with pytest.raises(NotAnAnswer):
        later.answered(ANSWER, 9)


def test_changed_answers_are_never_believed() -> None:
    """Attack: octets changed and cut by chance."""
    chance = random.Random(9)
    for _ in range(300):
        octets = bytearray(ANSWER[: chance.randrange(1, len(ANSWER) + 1)])
        place = chance.randrange(len(octets))
        octets[place] = (octets[place] + 1 + chance.randrange(255)) % 256
        with pytest.raises(NotAnAnswer):
            introduced().answered(bytes(octets), 9)


def test_a_device_is_asked_as_a_user_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "devices.toml"
    user = '[[user]]\nname = "desk"\nauth = "sha256"\nauth_key = "authpass12"\n'
    file.write_text(user + '[[device]]\nresource = "d7"\nuser = "desk"\n')

    assert devices_in(str(file))[0].user == User("desk", "sha256", "authpass12")

    for wrong in ('resource = "d7"', 'resource = "d7"\nuser = "eve"'):
        file.write_text(f"{user}[[device]]\n{wrong}\n")
        with pytest.raises(ValueError, match="user"):
            devices_in(str(file))


SNMPD = shutil.which("snmpd", path="/usr/sbin:/sbin:/usr/local/sbin")


@pytest.fixture
def snmpd(tmp_path: Path) -> Iterator[int]:
    """Debian's agent on a port of its own, with one user who speaks in secret."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    users = "rouser desk priv\ncreateUser desk SHA-256 authpass12 AES privpass12\n"
    (tmp_path / "snmpd.conf").write_text(f"agentaddress udp:127.0.0.1:{port}\n{users}")
    command = [str(SNMPD), "-f", "-Lo", "-C", "-c", str(tmp_path / "snmpd.conf")]
    places = {"SNMP_PERSISTENT_DIR": str(tmp_path), "MIBS": ""}
    with subprocess.Popen(command, env=places, stdout=subprocess.PIPE, text=True) as agent:
        assert agent.stdout is not None
        while "NET-SNMP version" not in (told := agent.stdout.readline()):
            assert told, "it did not start"
        yield port
        agent.terminate()


@pytest.mark.skipif(SNMPD is None, reason="no snmpd is installed here")
def test_net_snmp_answers_a_walk_in_secret(snmpd: int) -> None:
    columns = walk("127.0.0.1", Device("here", "", 300, snmpd, USER))

    assert b"lo" in columns["ifName"].values()
