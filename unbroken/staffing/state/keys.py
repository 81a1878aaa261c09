"""What somebody proves themselves with besides a password: codes, recovery codes, passkeys.

Secrets that have to be read again are enciphered with the desk's own secret key, so that a
stolen copy of the database alone makes no codes; recovery codes are kept as digests.
"""

import secrets
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from unbroken.staffing import totp
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import SignInKey

RECOVERY_CODES = 10
TOTP, RECOVERY, PASSKEY = "totp", "recovery", "passkey"
OPENID, LDAP, SAML = "openid", "ldap", "saml"
EVERY = (TOTP, RECOVERY, PASSKEY, OPENID, LDAP, SAML)


def new_secret() -> str:
    """A secret for an authenticator, as letters."""
    return b32encode(secrets.token_bytes(20)).decode()


def keep_totp(agent_id: AgentId, secret: str, *, step: int, at: datetime) -> None:
    """The agent's authenticator; the code they proved it with does not count again."""
    SignInKey.objects.filter(agent_id=agent_id, kind=TOTP).delete()
    SignInKey.objects.create(
        agent_id=agent_id, kind=TOTP, secret=_sealed(secret), counter=step, made_at=at
    )


def use_code(agent_id: AgentId, code: str, *, at: datetime) -> bool:
    """Whether it is their code now; each counts once, also when two arrive together."""
    for key in SignInKey.objects.filter(agent_id=agent_id, kind=TOTP):
        secret = _opened(key.secret)
        step = totp.matching_step(secret, code, at=at) if secret else None
        if step is not None:
            fresh = SignInKey.objects.filter(pk=key.pk, counter__lt=step)
            return fresh.update(counter=step, used_at=at) == 1
    return False


def keep_recovery_codes(agent_id: AgentId, *, at: datetime) -> list[str]:
    """Ten new codes, each for one sign-in without the phone; older ones end."""
    SignInKey.objects.filter(agent_id=agent_id, kind=RECOVERY).delete()
    codes = [_in_fours(secrets.token_hex(6)) for _number in range(RECOVERY_CODES)]
    SignInKey.objects.bulk_create(
        SignInKey(agent_id=agent_id, kind=RECOVERY, secret=_digest(agent_id, code), made_at=at)
        for code in codes
    )
    return codes


def use_recovery_code(agent_id: AgentId, code: str) -> bool:
    """Use one up; True for the one who was first."""
    digest = _digest(agent_id, code)
    found = SignInKey.objects.filter(agent_id=agent_id, kind=RECOVERY, secret=digest)
    return found.delete()[0] == 1


def keep_passkey(
    agent_id: AgentId,
    *,
    credential: bytes,
    public_key: bytes,
    counter: int,
    name: str,
    at: datetime,
) -> None:
    """One more passkey of theirs."""
    SignInKey.objects.create(
        agent_id=agent_id, kind=PASSKEY, name=name, credential=credential,
        public_key=public_key, counter=counter, made_at=at,
    )  # fmt: skip


def use_passkey(key_id: int, *, counter: int, at: datetime) -> None:
    """It opened the door; remember how often it has."""
    SignInKey.objects.filter(pk=key_id).update(counter=counter, used_at=at)


def keep_identity(agent_id: AgentId, *, issuer: str, subject: str, way: str, at: datetime) -> None:
    """From now on this is who the agent is at that provider or in that directory."""
    SignInKey.objects.create(
        agent_id=agent_id, kind=way, name=issuer, made_at=at, used_at=at,
        credential=identity_digest(issuer, subject),
    )  # fmt: skip


def identity_digest(issuer: str, subject: str) -> bytes:
    """Somebody at a provider, as it is looked up."""
    return sha256(f"{issuer}\0{subject}".encode()).digest()


def forget_keys(agent_id: AgentId, kinds: Iterable[str], key_id: int | None = None) -> list[str]:
    """Throw away keys of these kinds (or the one); returns the kinds that were there."""
    found = SignInKey.objects.filter(agent_id=agent_id, kind__in=list(kinds))
    if key_id is not None:
        found = found.filter(pk=key_id)
    gone = sorted(set(found.values_list("kind", flat=True)))
    found.delete()
    return gone


def has_factor(agent_id: AgentId) -> bool:
    """Whether a password alone is not enough for them."""
    return SignInKey.objects.filter(agent_id=agent_id, kind__in=(TOTP, PASSKEY)).exists()


def _cipher() -> Fernet:
    key = salted_hmac("unbroken.staffing.keys", "seal", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))


def _sealed(secret: str) -> str:
    return _cipher().encrypt(secret.encode()).decode()


def _opened(sealed: str) -> str:
    """Empty when the desk's secret key is another one by now."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _digest(agent_id: AgentId, code: str) -> str:
    plain = "".join(one for one in code.lower() if one.isalnum())
    return salted_hmac(
        "unbroken.staffing.recovery", f"{agent_id}:{plain}", algorithm="sha256"
    ).hexdigest()


def _in_fours(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
