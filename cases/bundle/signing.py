"""The key that signs bundles: drawn once, kept in a file that only the application reads."""

import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from cases.errors import BundleKeyUnusable


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in that file, drawn at the first call; raises BundleKeyUnusable."""
    try:
        if not path.exists():
            _draw(path)
        if path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            raise BundleKeyUnusable(why="everybody may read or write it; close it with chmod 600")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise BundleKeyUnusable(why=error.strerror or "it cannot be reached") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BundleKeyUnusable(why="it holds no private key in PEM form without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleKeyUnusable(why="it holds a key of another kind than Ed25519")
    return key


def public_key_hex(key: Ed25519PrivateKey) -> str:
    """Return the public key as 64 hexadecimal digits, as manifests name it and recipients pin it."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _draw(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            file.write(pem)
        # A link is never made over what is there: of two that start at once both use the first one's key.
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
