"""Secrets as they are kept: never themselves, only their digests."""

import hashlib
import secrets

# 256 bits: guessing is hopeless, so a plain digest is enough to keep.
SECRET_BYTES = 32


def new_secret() -> str:
    """Return a new secret, safe in a URL and a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of_secret(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
