"""A SAML identity provider for the tests: pysaml2 writes its answers, libxmlsec signs them.

Neither is what the desk reads with, so that both sides do not share one mistake.
"""

import base64
import datetime as dates
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from unbroken.console.doors.saml import papers

ISSUER = "https://idp.lindenhof.example/metadata"
ENTRY = "https://idp.lindenhof.example/sso"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


@dataclass
class Idp:
    """The provider: its key, its metadata, and how it answers."""

    folder: Path
    server: Any
    metadata: str
    certificate: str
    sign_with: Path = field(default_factory=Path)

    def answer(
        self,
        asked: str,
        *,
        subject: str = "sofie-1",
        email: str = "sofie@desk.example",
        name_format: str = PERSISTENT,
        signs: str = "assertion",
        alter: Callable[[Any], None] = lambda root: None,
        **more: Any,
    ) -> str:
        """What the browser carries back for the address it was sent to. `alter` changes the answer
        before it is signed; `signs`: assertion, response, both or nothing."""
        from saml2.saml import NameID

        root = etree.fromstring(inflated(asked))
        plain = self.server.create_authn_response(
            {"mail": [email], "displayName": ["Nora New"]},
            in_response_to=more.pop("question", root.get("ID")),
            destination=more.pop("to", root.get("AssertionConsumerServiceURL")),
            sp_entity_id=more.pop("audience", root.findtext(f"{SAML}Issuer")),
            name_id=NameID(format=name_format, text=subject),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_response=False,
            sign_assertion=False,
        )
        answer = etree.fromstring(str(plain).encode())
        alter(answer)
        for what in {"both": ("assertion", "response"), "nothing": ()}.get(signs, (signs,)):
            self.sign(answer if what == "response" else answer.find(f"{SAML}Assertion"))
        return encoded(answer)

    def sign(self, element: Any) -> None:
        """An enveloped signature right behind the issuer, by libxmlsec."""
        import xmlsec

        node = xmlsec.template.create(
            element,
            xmlsec.constants.TransformExclC14N,
            xmlsec.constants.TransformRsaSha256,
            ns="ds",
        )
        element.insert(1, node)
        where = xmlsec.template.add_reference(
            node, xmlsec.constants.TransformSha256, uri=f"#{element.get('ID')}"
        )
        xmlsec.template.add_transform(where, xmlsec.constants.TransformEnveloped)
        xmlsec.template.add_transform(where, xmlsec.constants.TransformExclC14N)
        xmlsec.tree.add_ids(element, ["ID"])
        context = xmlsec.SignatureContext()
        key = self.sign_with / "key.pem"
        context.key = xmlsec.Key.from_file(str(key), xmlsec.constants.KeyDataFormatPem)
        context.sign(node)


def an_idp(folder: Path, *, knows: dict[str, str]) -> Idp:
    """The provider, with a key of its own; it knows desks by their metadata (name, way back)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about ciphers that pysaml2 knows and nobody uses here
        from saml2.config import IdPConfig
        from saml2.metadata import entity_descriptor
        from saml2.server import Server

        a_key(folder)
        config = IdPConfig().load(
            {
                "entityid": ISSUER,
                "xmlsec_binary": str(_lists_its_ways(folder)),
                "service": {
                    "idp": {
                        "endpoints": {
                            "single_sign_on_service": [
                                (ENTRY, "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect")
                            ]
                        },
                        "policy": {"default": {"lifetime": {"minutes": 5}, "name_form": None}},
                    }
                },
                "metadata": {
                    "inline": [
                        papers.metadata(ours=ours, back=back).decode()
                        for ours, back in knows.items()
                    ]
                },
                "key_file": str(folder / "key.pem"),
                "cert_file": str(folder / "cert.pem"),
            }
        )
        server = Server(config=config)
        metadata = str(entity_descriptor(config))
    kept = (folder / "cert.pem").read_text()
    return Idp(folder, server, metadata, kept, folder)


def _lists_its_ways(folder: Path) -> Path:
    """pysaml2 asks a program what it can sign with; here libxmlsec does it, without the program."""
    program = folder / "ways"
    program.write_text('#!/bin/sh\nprintf \'ways:\\n"sha256","rsa-sha256"\\n\'\n')
    program.chmod(0o700)
    return program


def a_key(folder: Path) -> None:
    """A key and its own certificate, which ended long ago: metadata carry keys."""
    folder.mkdir(exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    at = dates.datetime(2020, 1, 1, tzinfo=dates.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + dates.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept = serialization.PrivateFormat.TraditionalOpenSSL
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, kept, plain))


def inflated(address: str) -> bytes:
    """The question in an address."""
    (text,) = parse_qs(urlsplit(address).query)["SAMLRequest"]
    return zlib.decompress(base64.b64decode(text), -15)


def encoded(root: Any) -> str:
    """As the form carries it."""
    return base64.b64encode(etree.tostring(root)).decode()


def decoded(text: str) -> Any:
    """What the form carries, to be altered after it was signed."""
    return etree.fromstring(base64.b64decode(text))
