"""Coming in by a SAML provider: an honest one, and what has been done to such answers."""

import copy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as now_set
from django.test import Client
from lxml import etree

from tests.console.desk import PASSWORD, SOFIE, VERA, Desk
from tests.console.saml_provider import (
    DS,
    ISSUER,
    SAML,
    TRANSIENT,
    Idp,
    a_key,
    an_idp,
    decoded,
    encoded,
)
from unbroken.console.doors.saml import papers
from unbroken.console.doors.saml.answer import Expected, Unproven, said
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.staffing import actions as staffing
from unbroken.staffing import queries as staff
from unbroken.staffing.ids import AgentId

PAGE, BACK = "/console/admin/sign-in", "/sign-in/saml/back"
NEW = "nora@desk.example"
FORM = {
    "name": "Lindenhof", "email_attribute": "urn:oid:0.9.2342.19200300.100.1.3",
    "name_attribute": "urn:oid:2.16.840.1.113730.3.1.241", "password": PASSWORD,
}  # fmt: skip


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory) -> Idp:
    base = now_set.BASE_URL
    knows = {
        f"{base}/sign-in/saml/metadata": f"{base}{BACK}",
        "https://desk.example/us": f"https://desk.example{BACK}",
        "https://neighbour.example/us": "https://neighbour.example/acs",
    }
    return an_idp(tmp_path_factory.mktemp("idp"), knows=knows)


@pytest.fixture
def door(desk: Desk, idp: Idp) -> int:
    """The provider stands at the door, and Sofie's account is tied to the one there."""
    known = papers.described(idp.metadata.encode())
    number = staffing.add_provider(
        name="Lindenhof", entity_id=known.entity_id, sign_in_url=known.sign_in_url,
        certificates=list(known.certificates), email_attribute=FORM["email_attribute"],
        name_attribute=FORM["name_attribute"], by=desk.by(VERA), at=now(),
    )  # fmt: skip
    sofie = AgentId(desk.agents[SOFIE])
    staffing.bind_identity(
        agent_id=sofie, issuer=f"saml:{ISSUER}", subject="sofie-1", way="saml", at=now()
    )
    return number


def asks(client: Client, door: int, after: str = "/console/?q=mine") -> str:
    return str(client.get(f"/sign-in/saml/{door}", {"next": after})["Location"])


def brings(client: Client, answer: str, **more: str) -> Any:
    """The form from the provider's page, which the browser sends without its session."""
    outside = Client().post(BACK, {"SAMLResponse": answer, **more})
    return client.get(outside["Location"]) if outside.status_code == 303 else outside


def is_in(client: Client) -> bool:
    return client.get("/console/own").status_code == 200


def test_a_provider_is_set_up_on_a_page_and_vouches_for_whoever_tied_their_account(
    desk: Desk, idp: Idp
) -> None:
    vera, sofie, client = desk.client(VERA), desk.client(SOFIE), Client()
    wrong = vera.post(PAGE, {**FORM, "metadata": idp.metadata, "password": "no"})
    bad = vera.post(PAGE, {**FORM, "metadata": "<md/>"})
    made = vera.post(PAGE, {**FORM, "metadata": idp.metadata})
    door = staff.providers()[0]
    page = vera.get(f"{PAGE}/{door.id}").content.decode()

    told = sofie.post(f"/console/own/saml/{door.id}", {"password": PASSWORD}).content.decode()
    tied = brings(sofie, idp.answer(asks(sofie, door.id)))
    entered = brings(client, idp.answer(asks(client, door.id), signs="response"))

    assert (wrong.status_code, bad.status_code, made.status_code) == (422, 422, 303)
    assert "over; ask for new metadata" in page
    assert f"/sign-in/saml/{door.id}" in told
    assert tied["Location"] == "/console/own"
    assert entered["Location"] == "/console/?q=mine"
    assert is_in(client)
    assert "Sign in with Lindenhof" in Client().get("/sign-in").content.decode()
    kinds = [event.kind for event in events_of([f"agent:{desk.agents[SOFIE]}"])]
    assert kinds.count("agent.key_added") == 1


def test_the_metadata_of_the_desk_are_taken_by_other_software(desk: Desk) -> None:
    told = Client().get("/sign-in/saml/metadata")

    root = etree.fromstring(told.content)
    back = root.find(".//{*}AssertionConsumerService")
    assert root.get("entityID", "").endswith("/sign-in/saml/metadata")
    assert back is not None
    assert back.get("Location", "").endswith(BACK)


def test_who_is_new_is_hired_only_where_the_provider_is_set_so_and_an_address_ties_only_then(
    desk: Desk, idp: Idp, door: int
) -> None:
    """Attack: an account there that merely has Vera's address, or a name that means nobody."""
    told: dict[str, Any] = {"by": desk.by(VERA), "at": now()}

    def comes(**who: str) -> int:
        client = Client()
        return int(brings(client, idp.answer(asks(client, door), **who)).status_code)

    assert comes(subject="thief", email=VERA) == 422
    assert comes(subject="nora", email=NEW) == 422
    staffing.change_provider(provider_id=door, by_address=True, role="agent", **told)
    assert comes(subject="vera-1", email=VERA) == 303
    assert comes(subject="nora", email=NEW) == 303
    assert comes(subject="today", name_format=TRANSIENT) == 422
    nora = staff.agent_by_email(NEW)
    assert nora is not None
    assert nora.role == "agent"
    staffing.retire_agent(agent_id=nora.id, by=desk.by(VERA), at=now())
    assert comes(subject="nora", email=NEW) == 422
    staffing.change_provider(provider_id=door, active=False, **told)
    assert Client().get(f"/sign-in/saml/{door}").status_code == 404


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    desk: Desk, idp: Idp, door: int
) -> None:
    """Attacks: a copy of an answer; one's own answer planted in a victim's browser; none asked."""
    mine, theirs = Client(), Client()
    answer = idp.answer(asks(mine, door))
    first = Client().post(BACK, {"SAMLResponse": answer, "RelayState": "https://evil.example/"})

    planted = theirs.get(first["Location"])
    asks(theirs, door)
    swapped = theirs.get(first["Location"])
    entered = mine.get(first["Location"])
    again = Client().post(BACK, {"SAMLResponse": answer})
    unasked = decoded(answer)
    del unasked.attrib["InResponseTo"]

    assert [one.status_code for one in (planted, swapped, again)] == [422, 422, 422]
    assert (entered.status_code, entered["Location"]) == (303, "/console/?q=mine")
    assert mine.get(first["Location"]).status_code == 422
    assert not is_in(theirs)
    sent_there = Client().post(BACK, {"SAMLResponse": encoded(unasked)})
    assert sent_there["Location"] == f"/sign-in/saml/{door}"


def test_nobody_is_sent_elsewhere_from_here(desk: Desk, idp: Idp, door: int) -> None:
    """Attack: a RelayState or a `next` that names another site."""
    client = Client()
    answer = idp.answer(asks(client, door, "https://evil.example/"))

    entered = brings(client, answer, RelayState="https://evil.example/")

    assert entered["Location"] == "/console/"


def test_only_who_may_do_everything_sets_up_a_provider(desk: Desk, idp: Idp) -> None:
    """Attack: a provider of one's own that vouches for an administrator."""
    answer = desk.client(SOFIE).post(PAGE, {**FORM, "metadata": idp.metadata})

    assert answer.status_code == 403
    assert not staff.providers()


# ── what has been done to such answers ────────────────────────────────────────

Deed = Callable[[Any], Any]


def evil_copy(root: Any) -> Any:
    """The assertion once more, unsigned, for somebody else."""
    made = copy.deepcopy(root.find(f"{SAML}Assertion"))
    for signature in made.findall(f"{DS}Signature"):
        made.remove(signature)
    made.set("ID", "_evil")
    made.find(f"{SAML}Subject/{SAML}NameID").text = "vera-1"
    return made


def xsw_response_around_the_old_one(root: Any) -> Any:
    """XSW 1: a forged answer whose signature holds the true one within itself."""
    forged = copy.deepcopy(root)
    forged.set("ID", "_evil")
    forged.find(f".//{SAML}NameID").text = "vera-1"
    signature = forged.find(f"{DS}Signature")
    old = copy.deepcopy(root)
    old.remove(old.find(f"{DS}Signature"))
    signature.append(old)
    return forged


def xsw_old_response_beside(root: Any) -> Any:
    """XSW 2: the same, the true one beside the signature."""
    forged = copy.deepcopy(root)
    forged.set("ID", "_evil")
    forged.find(f".//{SAML}NameID").text = "vera-1"
    old = copy.deepcopy(root)
    old.remove(old.find(f"{DS}Signature"))
    forged.insert(0, old)
    return forged


def xsw_evil_before(root: Any) -> Any:
    """XSW 3: a forged assertion before the true one."""
    root.insert(list(root).index(root.find(f"{SAML}Assertion")), evil_copy(root))
    return root


def xsw_true_inside_evil(root: Any) -> Any:
    """XSW 4: the true assertion within a forged one."""
    true, evil = root.find(f"{SAML}Assertion"), evil_copy(root)
    root.replace(true, evil)
    evil.append(true)
    return root


def xsw_signature_moved(root: Any) -> Any:
    """XSW 5: the forged assertion takes the signature, the true one follows without."""
    true, evil = root.find(f"{SAML}Assertion"), evil_copy(root)
    signature = true.find(f"{DS}Signature")
    true.remove(signature)
    evil.insert(1, signature)
    root.replace(true, evil)
    root.append(true)
    return root


def xsw_true_inside_signature(root: Any) -> Any:
    """XSW 6: the same, the true one within the moved signature."""
    true, evil = root.find(f"{SAML}Assertion"), evil_copy(root)
    signature = true.find(f"{DS}Signature")
    true.remove(signature)
    evil.insert(1, signature)
    root.replace(true, evil)
    signature.append(true)
    return root


def xsw_in_extensions(root: Any) -> Any:
    """XSW 7: the forged assertion in an element for anything."""
    place = etree.SubElement(root, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
    root.insert(0, place)
    place.append(evil_copy(root))
    return root


def xsw_true_in_object(root: Any) -> Any:
    """XSW 8: the true one in an Object of the signature, the forged one around it."""
    forged = xsw_true_inside_signature(root)
    signature = forged.find(f".//{DS}Signature")
    true = signature.find(f"{SAML}Assertion")
    etree.SubElement(signature, f"{DS}Object").append(true)
    return forged


def same_name_twice(root: Any) -> Any:
    """Two assertions of one ID: one checked, the other read."""
    evil = evil_copy(root)
    evil.set("ID", root.find(f"{SAML}Assertion").get("ID"))
    root.append(evil)
    return root


def words_changed(root: Any) -> Any:
    """After signing, another name."""
    root.find(f".//{SAML}NameID").text = "vera-1"
    return root


def signature_gone(root: Any) -> Any:
    """No signature at all."""
    signature = root.find(f".//{DS}Signature")
    signature.getparent().remove(signature)
    return root


def signs_whole_document(root: Any) -> Any:
    """A reference to nothing by name."""
    root.find(f".//{DS}Reference").set("URI", "")
    return root


def script_transform(root: Any) -> Any:
    """A transform that would change what is read before it is checked."""
    root.find(f".//{DS}Transform").set("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")
    return root


def by_a_shared_secret(root: Any) -> Any:
    """The certificate, which everybody knows, as the secret of an HMAC."""
    method = root.find(f".//{DS}SignatureMethod")
    method.set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
    return root


def _called(one: Any) -> str:
    return str(getattr(one, "__name__", one))


AFTER_SIGNING: list[tuple[str, Deed]] = [
    ("response", xsw_response_around_the_old_one),
    ("response", xsw_old_response_beside),
    *(
        ("assertion", deed)
        for deed in (
            xsw_evil_before, xsw_true_inside_evil, xsw_signature_moved, xsw_true_inside_signature,
            xsw_in_extensions, xsw_true_in_object, same_name_twice, words_changed, signature_gone,
            signs_whole_document, script_transform, by_a_shared_secret,
        )
    ),
]  # fmt: skip


class Asked:
    """A question without the desk around it: what is said to it is a sum."""

    def __init__(self, idp: Idp) -> None:
        self.idp, self.at = idp, now()
        self.back = "https://desk.example/sign-in/saml/back"
        self.address = papers.question(
            number="_q1", ours="https://desk.example/us", back=self.back,
            to="https://idp.example/sso", at=self.at,
        )  # fmt: skip
        keys = papers.described(idp.metadata.encode()).certificates
        self.expected = Expected(ISSUER, keys, "https://desk.example/us", self.back, "_q1")

    def reads(self, answer: str, *, later: timedelta = timedelta(0)) -> str:
        return said(etree.tostring(decoded(answer)), self.expected, at=self.at + later).subject


@pytest.fixture(scope="module")
def asked(idp: Idp) -> Asked:
    return Asked(idp)


@pytest.mark.parametrize(("signs", "deed"), AFTER_SIGNING, ids=_called)
def test_what_was_not_signed_is_not_believed(asked: Asked, signs: str, deed: Deed) -> None:
    """Attacks: signature wrapping, as published (XSW 1 to 8), and what came after."""
    answer = asked.idp.answer(asked.address, signs=signs)

    assert asked.reads(answer) == "sofie-1"
    with pytest.raises(Unproven):
        asked.reads(encoded(deed(decoded(answer))))


def test_a_comment_does_not_cut_a_name_short(asked: Asked) -> None:
    """Attack: an account there called `vera<!-- -->-not`, of which only `vera` is read."""
    answer = decoded(asked.idp.answer(asked.address, subject="vera-1.evil"))
    name = answer.find(f".//{SAML}NameID")
    name.text = "vera-1"
    comment = etree.Comment("x")
    comment.tail = ".evil"
    name.append(comment)

    assert asked.reads(encoded(answer)) == "vera-1.evil"


@pytest.mark.parametrize("signs", ["assertion", "response", "both"])
def test_each_place_for_a_signature_is_good_and_none_is_not(asked: Asked, signs: str) -> None:
    assert asked.reads(asked.idp.answer(asked.address, signs=signs)) == "sofie-1"
    with pytest.raises(Unproven):
        asked.reads(asked.idp.answer(asked.address, signs="nothing"))


def _drop(name: str) -> Callable[[Any], None]:
    def deed(root: Any) -> None:
        for one in list(root.iter(f"{SAML}{name}")):
            one.getparent().remove(one)

    return deed


def _set(name: str, attribute: str, value: str) -> Callable[[Any], None]:
    def deed(root: Any) -> None:
        for one in root.iter(f"{SAML}{name}", f"{{urn:oasis:names:tc:SAML:2.0:protocol}}{name}"):
            one.set(attribute, value)

    return deed


@pytest.mark.parametrize(
    "alter",
    [
        _set("SubjectConfirmationData", "Recipient", "https://elsewhere.example/acs"),
        _set("SubjectConfirmationData", "InResponseTo", "_another"),
        _set("SubjectConfirmationData", "NotOnOrAfter", "2020-01-01T00:00:00Z"),
        _set("SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
        _set("Conditions", "NotOnOrAfter", "2020-01-01T00:00:00Z"),
        _set("Conditions", "NotBefore", "2999-01-01T00:00:00Z"),
        _set("Conditions", "NotBefore", "yesterday"),
        _set("Response", "Destination", "https://elsewhere.example/acs"),
        _set("Response", "InResponseTo", "_another"),
        _set("StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:Responder"),
        _drop("AudienceRestriction"),
        _drop("Conditions"),
        _drop("SubjectConfirmation"),
        _drop("AuthnStatement"),
        _drop("Assertion"),
    ],
)
def test_well_signed_but_for_another_place_time_or_question(
    asked: Asked, alter: Callable[[Any], None]
) -> None:
    """Attack: an answer of the same provider to another service, from yesterday, or withdrawn."""
    signs = "response"

    with pytest.raises(Unproven):
        asked.reads(asked.idp.answer(asked.address, signs=signs, alter=alter))


def test_another_audience_another_key_and_a_late_answer_are_refused(
    asked: Asked, tmp_path: Path
) -> None:
    """Attacks: said to a neighbour of ours; signed by a key that merely comes along."""
    stranger = Idp(tmp_path, asked.idp.server, "", "", tmp_path)
    a_key(tmp_path)

    for answer in (
        asked.idp.answer(asked.address, audience="https://neighbour.example/us"),
        stranger.answer(asked.address),
    ):
        with pytest.raises(Unproven):
            asked.reads(answer)
    with pytest.raises(Unproven):
        asked.reads(asked.idp.answer(asked.address), later=timedelta(minutes=7))


@pytest.mark.parametrize(
    "odd",
    [
        b"", b"<a/>", b"\xff\xfe", b"<r" * 5000,
        b'<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r>&c;</r>',
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    ],
)  # fmt: skip
def test_xml_that_brings_something_along_is_not_read(asked: Asked, odd: bytes) -> None:
    """Attacks: a billion laughs, files of ours by an entity, and no XML at all."""
    with pytest.raises(Unproven):
        said(odd, asked.expected, at=asked.at)
