"""What is said between the desk and a SAML provider in XML: its metadata, ours, our question. Pure.

XML from outside is read without entities, document types and the network, in bounded size.
"""

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography import x509
from lxml import etree

BYTES_MAX = 1_000_000
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
CERTIFICATES_MAX = 6


class Unreadable(Exception):
    """It is not what it should be; `why` is a word for the log."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a provider's metadata says of it. Certificates are base64 of DER."""

    entity_id: str
    sign_in_url: str
    certificates: tuple[str, ...]


def parsed(data: bytes) -> Any:
    """The root of an XML document that brings no document type along.

    Attack: entities that grow without end or name files of ours (billion laughs, XXE).
    """
    if len(data) > BYTES_MAX:
        raise Unreadable("too large")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("no XML") from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a document type")
    return root


def described(data: bytes) -> Described:
    """What the metadata of an identity provider says; Unreadable names what is missing.

    Of several in one document (a federation's) none is chosen.
    """
    root = parsed(data)
    found = [root] if root.tag == f"{{{METADATA}}}EntityDescriptor" else []
    roles = [role for one in found for role in one.findall(f"{{{METADATA}}}IDPSSODescriptor")]
    if len(roles) != 1:
        raise Unreadable("no provider")
    services = roles[0].findall(f"{{{METADATA}}}SingleSignOnService")
    url = next((one.get("Location", "") for one in services if one.get("Binding") == REDIRECT), "")
    keys = [
        "".join((certificate.text or "").split())
        for key in roles[0].findall(f"{{{METADATA}}}KeyDescriptor")
        if key.get("use", "signing") == "signing"
        for certificate in key.iter(f"{{{SIGNATURE}}}X509Certificate")
    ]
    entity_id = root.get("entityID", "").strip()
    if not entity_id or len(entity_id) > 1024:
        raise Unreadable("no name")
    return Described(entity_id, checked_url(url), checked_certificates(keys))


def checked_url(url: str) -> str:
    """Where the provider asks who it is: https, or this very machine. Unreadable otherwise."""
    parts = urlsplit(url.strip())
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.scheme not in (("https", "http") if is_here else ("https",)):
        raise Unreadable("no address")
    return url.strip()


def checked_certificates(texts: list[str]) -> tuple[str, ...]:
    """Certificates of keys that sign; at least one, as base64 of DER."""
    kept = tuple(dict.fromkeys(texts))
    if not kept or len(kept) > CERTIFICATES_MAX:
        raise Unreadable("no certificate")
    for text in kept:
        certificate(text)
    return kept


def certificate(text: str) -> x509.Certificate:
    """One certificate; Unreadable when it is none."""
    try:
        return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise Unreadable("no certificate") from error


def question(*, number: str, ours: str, back: str, to: str, at: datetime) -> str:
    """The address at the provider with our question in it (HTTP-Redirect binding, deflated)."""
    request = etree.Element(
        f"{{{PROTOCOL}}}AuthnRequest",
        {
            "ID": number,
            "Version": "2.0",
            "IssueInstant": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Destination": to,
            "AssertionConsumerServiceURL": back,
            "ProtocolBinding": POST,
        },
        nsmap={"samlp": PROTOCOL, "saml": ASSERTION},
    )
    etree.SubElement(request, f"{{{ASSERTION}}}Issuer").text = ours
    plain = etree.tostring(request)
    squeezed = zlib.compress(plain, 9)[2:-4]  # raw DEFLATE (RFC 1951), as the binding asks
    query = urlencode({"SAMLRequest": base64.b64encode(squeezed).decode()})
    return f"{to}{'&' if '?' in to else '?'}{query}"


def metadata(*, ours: str, back: str) -> bytes:
    """What a provider has to know of this desk."""
    root = etree.Element(
        f"{{{METADATA}}}EntityDescriptor", {"entityID": ours}, nsmap={"md": METADATA}
    )
    role = etree.SubElement(
        root,
        f"{{{METADATA}}}SPSSODescriptor",
        {
            "AuthnRequestsSigned": "false",
            "WantAssertionsSigned": "true",
            "protocolSupportEnumeration": PROTOCOL,
        },
    )
    told = {"Binding": POST, "Location": back, "index": "0", "isDefault": "true"}
    etree.SubElement(role, f"{{{METADATA}}}AssertionConsumerService", told)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
