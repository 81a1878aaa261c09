"""SNMPv3 traps: only what is signed is believed, as net-snmp signs it, and nothing twice.

The packets were recorded from net-snmp's `snmptrap -v 3 -l authPriv`; no test needs it here.
"""

import random

import pytest

from unbroken.evidence.snmp.traps import NotATrap, of_pdu
from unbroken.evidence.snmp.usm import Opener, User, users_in

SHA = bytes.fromhex(
    "3081b3020103301102044831016b020300ffe304010302010304323030040880000000010203040201010203"
    "61501504046465736b040c5da8e5cd5255acd0938b11b1040899e89c91094b22cd0467a2fb9e312fa5c98ac9"
    "6df2f895ec07dfeac330c7a5ce8f4d282852cf6cf5d943c297e414d6bb3d50bc27359e94109842b75f3dcce0"
    "7fcc7f63f6df54856ae4976d30079130c2a2a4b370df841d5acfbfc0fe8da9ef83314cf60e6ca81c059a9e91"
    "535066018b53"
)
SHA256 = bytes.fromhex(
    "3081bf020103301102042f787f5a020300ffe3040103020103043e303c040880000000010203040201010203"
    "61502504046465736b04185a1429dd2b1ccbff473ea318faf236cdcdcdb73a2318e4c80408fec39f4d9edf9c"
    "6d04671c552f860fbefed73f7b6e7432c734b18ab49bc377acfd852a1864896d268b02a86dabbcb1f6c08edb"
    "eaf2269cd17fb3c4f0648d26d73ef5fa8deedf44380b69a2c8b9033b1c13db45047623ee6923abae7deffbb9"
    "368594fdd93fe575c5a26f2b234bb4cdb6d1"
)


def opener(auth: str, auth_key: str = "authpass12", priv_key: str = "privpass12") -> Opener:
    return Opener({"desk": User("desk", auth, auth_key, priv_key)})


@pytest.mark.parametrize(("auth", "packet"), [("sha", SHA), ("sha256", SHA256)])
def test_a_trap_of_net_snmp_is_opened(auth: str, packet: bytes) -> None:
    trap = of_pdu(*opener(auth).open(packet), who="desk")

    assert trap.in_words() == "trap linkDown: ifDescr.7=xe-0/0/7"


def test_a_wrong_key_an_unknown_user_and_a_weaker_method_are_refused() -> None:
    for wrong in (opener("sha", auth_key="authpass13"), opener("sha256"), Opener({})):
        with pytest.raises(NotATrap):
            wrong.open(SHA)


def test_what_was_recorded_is_not_believed_again() -> None:
    """Attack: a trap taken from the wire is sent again after the device went on."""
    one = opener("sha")
    one.open(SHA)
    ((engine, (boots, time)),) = one._heard.items()
    one._heard[engine] = (boots, time + 1_000)
    with pytest.raises(NotATrap):
        one.open(SHA)


def test_changed_packets_are_never_believed() -> None:
    """Attack: octets changed and cut by chance."""
    chance, one = random.Random(6), opener("sha")
    for _ in range(1_500):
        octets = bytearray(SHA[: chance.randrange(1, len(SHA) + 1)])
        place = chance.randrange(len(octets))
        octets[place] = (octets[place] + 1 + chance.randrange(255)) % 256
        with pytest.raises(NotATrap):
            of_pdu(*one.open(bytes(octets)), who="")


def test_users_without_a_real_key_are_refused() -> None:
    for wrong in ({}, {"name": "x", "auth": "md5", "auth_key": "12345678"},
                  {"name": "x", "auth": "sha", "auth_key": "short"}):  # fmt: skip
        with pytest.raises(ValueError, match="auth_key"):
            users_in([wrong])
