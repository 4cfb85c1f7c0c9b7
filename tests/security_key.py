"""A security key made of software: what a browser and a USB key do together, without either."""

import hashlib
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class SecurityKey:
    """One key that answers for one origin."""

    def __init__(self, origin: str, rp_id: str) -> None:
        self.origin, self.rp_hash = origin, hashlib.sha256(rp_id.encode()).digest()
        self.id, self.secret = secrets.token_bytes(32), ec.generate_private_key(ec.SECP256R1())
        self.counter = 0

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        client = self._client("webauthn.create", options)
        public = ES256.from_cryptography_key(self.secret.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        attested = AttestationObject.create("none", self._data(FLAG.AT, data), {})
        return self._credential({"attestationObject": websafe_encode(attested)}, client)

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        client, data = self._client("webauthn.get", options), self._data()
        signature = self.secret.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature), "userHandle": None}
        return self._credential(answer, client)

    def _client(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(options["publicKey"]["challenge"]), self.origin)

    def _data(self, more: int = 0, credential: bytes = b"") -> AuthenticatorData:
        self.counter += 1
        return AuthenticatorData.create(self.rp_hash, FLAG(FLAG.UP | FLAG.UV | more), self.counter, credential)

    def _credential(self, answer: dict[str, Any], client: CollectedClientData) -> dict[str, Any]:
        identity = websafe_encode(self.id)
        response = {**answer, "clientDataJSON": websafe_encode(client)}
        return {
            "type": "public-key",
            "id": identity,
            "rawId": identity,
            "response": response,
            "clientExtensionResults": {},
        }
