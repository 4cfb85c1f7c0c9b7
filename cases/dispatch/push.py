"""Letters by HTTPS: pushed to an address that a receiver has named, signed, and never to where it must not reach."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

from cases.choices import DispatchState
from cases.dispatch.parcel import DeliveryFailed, Parcel

# To connect, and between two pieces of an answer.
TIMEOUT_S: Final = (5.0, 15.0)
# Answers that say "later", beside those of a server in trouble.
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
# What the signature covers, in its order (RFC 9421).
COVERED: Final = ("@method", "@target-uri", "content-type", "content-digest", "idempotency-key")


@dataclass(frozen=True, slots=True)
class Push:
    """Posts the document with its digest, its key and the installation's signature over them."""

    signing_key: Ed25519PrivateKey
    key_id: str
    # Hosts that may be reached although their addresses are private; nobody but who sets the installation up adds any.
    private_hosts: frozenset[str]
    # Certificates that are trusted; empty: those of the system.
    ca_file: str

    def deliver(self, parcel: Parcel) -> DispatchState:
        """Push the document; a receiver that answers 2xx has it. Redirects are not followed."""
        try:
            with self._session(parcel.address) as session:
                answer = session.post(
                    parcel.address,
                    data=parcel.document,
                    headers=self._headers(parcel),
                    timeout=TIMEOUT_S,
                    verify=self.ca_file or True,
                    # The answer's body is nobody's to read.
                    stream=True,
                )
                status = answer.status_code
                answer.close()
        except InvalidIPAddress as error:
            raise DeliveryFailed("the address leads into a network that is not public", is_final=True) from error
        except requests.RequestException as error:
            raise DeliveryFailed(f"the receiver was not reached ({type(error).__name__})", is_final=False) from error
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            is_later = status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise DeliveryFailed(f"the receiver answered {status}", is_final=not is_later)
        return DispatchState.DELIVERED

    def _session(self, address: str) -> requests.Session:
        """Return a session that connects to the very address it has looked at, so that a name cannot change between."""
        config = Config(
            ip_filter_enable=urlsplit(address).hostname not in self.private_hosts,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=TIMEOUT_S,
            user_agent_override="Cordon",
        )
        session: requests.Session = HTTPSession(config)
        # Proxies and passwords of the machine are none of a receiver's.
        session.trust_env = False
        return session

    def _headers(self, parcel: Parcel) -> dict[str, str]:
        digest = base64.b64encode(hashlib.sha256(parcel.document).digest()).decode()
        sent = {
            "Content-Type": parcel.media_type,
            "Content-Digest": f"sha-256=:{digest}:",
            "Idempotency-Key": f'"{parcel.key}"',
            "Content-Disposition": f'attachment; filename="{parcel.file_name}"',
        }
        covered = " ".join(f'"{name}"' for name in COVERED)
        parameters = f'({covered});keyid="{self.key_id}";alg="ed25519"'
        signature = self.signing_key.sign(signature_base(parcel.address, sent, parameters).encode())
        return sent | {
            "Signature-Input": f"cordon={parameters}",
            "Signature": f"cordon=:{base64.b64encode(signature).decode()}:",
        }


def signature_base(address: str, headers: Mapping[str, str], parameters: str) -> str:
    """Return the text that is signed (RFC 9421, 2.5), as the receiver builds it again from what arrived."""
    lowered = {name.lower(): value for name, value in headers.items()}
    values = {"@method": "POST", "@target-uri": address, **lowered}
    lines = [f'"{name}": {values[name]}' for name in COVERED]
    return "\n".join([*lines, f'"@signature-params": {parameters}'])


def is_push_address(address: str) -> bool:
    """Return whether a letter may be pushed there as far as the address itself tells: HTTPS, a host, no password."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme == "https"
            and bool(parts.hostname)
            and parts.port != 0
            and not (parts.username or parts.password or parts.fragment)
            and address.isascii()
            and address.isprintable()
            and " " not in address
        )
    except ValueError:
        return False
