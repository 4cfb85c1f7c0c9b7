"""Signatures of what leaves the database: Ed25519, with keys written in hexadecimal."""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and what of it may be known."""

    private: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """Return the public key in hexadecimal."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    @property
    def key_id(self) -> str:
        """Return the short name of the key."""
        return key_id_of(self.public_key)

    @property
    def public_pem(self) -> str:
        """Return the public key as other programs read it."""
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def signature_of(self, text: str) -> str:
        """Return the signature of a text, in hexadecimal."""
        return self.private.sign(text.encode()).hex()


def signer_of(private_key: str) -> Signer:
    """Return the signer of a private key of 64 hexadecimal digits; raises ValueError."""
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key)))


def key_id_of(public_key: str) -> str:
    """Return the short name of a public key: the beginning of its digest."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def is_signed(*, public_key: str, text: str, signature: str) -> bool:
    """Return whether the holder of the key signed that text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
