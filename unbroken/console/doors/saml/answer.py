"""What a SAML provider answers: who it is, if every word of it holds. Pure.

Attack: signature wrapping. A document carries one signed part and a forged one, and the signature
is checked on the first while the second is believed. So nothing is believed but the very bytes
that were signed: they are taken from the check of the signature, parsed anew, and everything is
read there. A signature counts only where the standard puts it, over its own parent, and there is
one assertion or none (SAML 2.0 core, 5.4; profiles, 4.1.4).
"""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.verifier import SignatureConfiguration, XMLVerifier

from unbroken.console.doors.saml.papers import (
    ASSERTION,
    PROTOCOL,
    SIGNATURE,
    Unreadable,
    certificate,
    parsed,
)

LEEWAY = timedelta(minutes=1)
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
PASSING = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
UNDERSTOOD = ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TRANSFORMS = (f"{SIGNATURE}enveloped-signature", EXCLUSIVE, f"{EXCLUSIVE}WithComments")
METHODS = frozenset(
    one for one in SignatureMethod if "SHA1" not in one.name and not one.name.startswith("HMAC")
)
"""By a key that only the provider has; SHA-1 is forged by whoever pays for it."""
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})


class Unproven(Exception):
    """What was answered does not hold; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer has to fit: from whom, for whom, to which address, to which question."""

    issuer: str
    certificates: Sequence[str]
    audience: str
    recipient: str
    question: str


@dataclass(frozen=True, slots=True)
class Said:
    """Whom the provider vouches for: the name it calls them by, and attributes."""

    subject: str
    is_passing: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The first value of an attribute; empty when it was not sent."""
        return next(iter(self.attributes.get(name, ())), "").strip() if name else ""


def asked_for(data: bytes) -> str:
    """To which question this claims to be the answer; empty: to none. Nothing else is believed."""
    return str(_read(data).get("InResponseTo", ""))


def said(data: bytes, expected: Expected, *, at: datetime) -> Said:
    """Whom the provider vouches for; Unproven says what does not hold."""
    root = _read(data)
    _check_frame(root, expected)
    assertion = _signed_assertion(root, expected.certificates)
    if _text(assertion, "Issuer") != expected.issuer:
        raise Unproven("another provider")
    _check_conditions(assertion, expected.audience, at=at)
    subject = assertion.find(_saml("Subject"))
    if subject is None or not any(
        _is_for_us(one, expected, at=at) for one in subject.findall(_saml("SubjectConfirmation"))
    ):
        raise Unproven("not for us, not now, or not our question")
    _check_session(assertion, at=at)
    name = subject.find(_saml("NameID"))
    attributes: dict[str, tuple[str, ...]] = {}
    for one in assertion.iterfind(f"{_saml('AttributeStatement')}/{_saml('Attribute')}"):
        values = tuple(_all_text(value) for value in one.findall(_saml("AttributeValue")))
        attributes[one.get("Name", "")] = attributes.get(one.get("Name", ""), ()) + values
    return Said(
        subject=_all_text(name) if name is not None else "",
        is_passing=name is not None and name.get("Format") == PASSING,
        attributes=attributes,
    )


def _read(data: bytes) -> Any:
    try:
        root = parsed(data)
    except Unreadable as error:
        raise Unproven(str(error)) from error
    if root.tag != f"{{{PROTOCOL}}}Response":
        raise Unproven("no answer")
    return root


def _check_frame(root: Any, expected: Expected) -> None:
    """What stands around the assertion. It may be unsigned, so it only ever refuses."""
    status = root.find(f"{{{PROTOCOL}}}Status/{{{PROTOCOL}}}StatusCode")
    if root.get("Version") != "2.0" or status is None or status.get("Value") != SUCCESS:
        raise Unproven("they did not sign in there")
    if root.get("Destination", expected.recipient) != expected.recipient:
        raise Unproven("for another address")
    if root.get("InResponseTo") != expected.question:
        raise Unproven("another question")
    if _text(root, "Issuer") not in ("", expected.issuer):
        raise Unproven("another provider")
    names = Counter(
        value
        for element in root.iter("*")
        for name, value in element.attrib.items()
        if name.rpartition("}")[2].lower() == "id"
    )
    if any(count > 1 for count in names.values()):
        raise Unproven("two things of one name")
    if root.find(f".//{_saml('EncryptedAssertion')}") is not None:
        raise Unproven("enciphered: switch it off there")
    everywhere = list(root.iter(_saml("Assertion")))
    if len(everywhere) != 1 or everywhere[0].getparent() is not root:
        raise Unproven("not one assertion where it belongs")


def _signed_assertion(root: Any, certificates: Sequence[str]) -> Any:
    """The assertion as it was signed, itself or with the answer around it."""
    inner = root.find(_saml("Assertion"))
    places = {id(root): root, id(inner): inner}
    signatures = list(root.iter(f"{{{SIGNATURE}}}Signature"))
    if not signatures or any(id(one.getparent()) not in places for one in signatures):
        raise Unproven("no signature where it belongs")
    if len(signatures) > len({id(one.getparent()) for one in signatures}):
        raise Unproven("two signatures of one thing")
    for one in signatures:
        _check_signature_shape(one)
    around = next((one for one in signatures if one.getparent() is root), None)
    where = "./" if around is not None else f"./{_saml('Assertion')}/"
    signed = _verified(root, where, certificates)
    if around is None:
        found = [signed]
    elif signed.tag == root.tag and signed.get("ID") == root.get("ID"):
        found = signed.findall(_saml("Assertion"))
    else:
        found = []
    if len(found) != 1 or found[0].tag != _saml("Assertion") or found[0].get("Version") != "2.0":
        raise Unproven("something else was signed")
    return found[0]


def _check_signature_shape(signature: Any) -> None:
    """One reference, to the signature's own parent, by nothing but what the standard names."""
    references = signature.findall(f"{{{SIGNATURE}}}SignedInfo/{{{SIGNATURE}}}Reference")
    name = signature.getparent().get("ID")
    if len(references) != 1 or not name or references[0].get("URI") != f"#{name}":
        raise Unproven("signs something else")
    ways = [one.get("Algorithm") for one in references[0].iter(f"{{{SIGNATURE}}}Transform")]
    if not set(ways) <= set(TRANSFORMS) or signature.find(f"{{{SIGNATURE}}}Object") is not None:
        raise Unproven("signed in an unknown way")


def _verified(root: Any, where: str, certificates: Sequence[str]) -> Any:
    """The bytes that one of these keys signed, parsed anew. A certificate's own end does not
    count: the metadata carry keys (SAML metadata interoperability profile, 2.6.1)."""
    from lxml import etree

    whole = etree.tostring(root)
    for text in certificates:
        known = certificate(text)
        config = SignatureConfiguration(
            location=where,
            signature_methods=METHODS,
            digest_algorithms=DIGESTS,
            verification_time=known.not_valid_after_utc,
            ignore_ambiguous_key_info=True,
        )
        try:
            result = XMLVerifier().verify(
                whole, x509_cert=known, id_attribute="ID", expect_config=config
            )
        except Exception as error:  # whatever a library says of bytes from outside: not proven
            last = error
            continue
        if isinstance(result, list):
            raise Unproven("signs several things")
        return parsed(result.signed_data)
    raise Unproven("no key of theirs signed it") from last


def _check_conditions(assertion: Any, audience: str, *, at: datetime) -> None:
    conditions = assertion.findall(_saml("Conditions"))
    if len(conditions) != 1:
        raise Unproven("no conditions")
    _check_times(conditions[0], at=at)
    kinds = [one.tag for one in conditions[0].iterchildren("*")]
    if not set(kinds) <= {_saml(name) for name in UNDERSTOOD}:
        raise Unproven("a condition nobody here understands")
    restrictions = conditions[0].findall(_saml("AudienceRestriction"))
    heard = [[_all_text(a) for a in one.findall(_saml("Audience"))] for one in restrictions]
    if not heard or not all(audience in names for names in heard):
        raise Unproven("for somebody else")


def _is_for_us(confirmation: Any, expected: Expected, *, at: datetime) -> bool:
    """Whether whoever brings it is the one (4.1.4.2): to our address, our question, in time."""
    told = confirmation.find(_saml("SubjectConfirmationData"))
    if confirmation.get("Method") != BEARER or told is None:
        return False
    ends = _time(told.get("NotOnOrAfter"))
    return bool(
        told.get("Recipient") == expected.recipient
        and told.get("InResponseTo") == expected.question
        and told.get("NotBefore") is None
        and ends is not None
        and at < ends + LEEWAY
    )


def _check_session(assertion: Any, *, at: datetime) -> None:
    statements = assertion.findall(_saml("AuthnStatement"))
    if not statements:
        raise Unproven("nobody signed in")
    for one in statements:
        ends = _time(one.get("SessionNotOnOrAfter"))
        if ends is not None and at >= ends + LEEWAY:
            raise Unproven("their session there is over")


def _check_times(element: Any, *, at: datetime) -> None:
    begins, ends = _time(element.get("NotBefore")), _time(element.get("NotOnOrAfter"))
    if begins is not None and at < begins - LEEWAY:
        raise Unproven("not yet")
    if ends is not None and at >= ends + LEEWAY:
        raise Unproven("too late")


def _time(text: str | None) -> datetime | None:
    """A moment as SAML writes it, in UTC; Unproven when it is none."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unproven("no time") from error
    if found.tzinfo is None:
        raise Unproven("no time")
    return found


def _text(element: Any, name: str) -> str:
    found = element.find(_saml(name))
    return _all_text(found) if found is not None else ""


def _all_text(element: Any) -> str:
    """All of it: a comment in the middle does not cut a name short (an old attack)."""
    return "".join(element.itertext(with_tail=False)).strip() if element is not None else ""


def _saml(name: str) -> str:
    return f"{{{ASSERTION}}}{name}"


def from_form(text: str) -> bytes:
    """The answer as the browser's form brings it; Unproven when it is no base64."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise Unproven("no base64") from error
