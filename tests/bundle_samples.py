"""A made-up bundle, small enough to be altered in every byte."""

import hashlib
import json
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cases.bundle.packing import BundleFile, stream_bundle
from cases.chain import BEGINNING, linked

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ANOTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SUBJECT = "item:0b8c2b53-52f5-4a2c-8f5e-7f1c33a4a001"
FOLDER = "incidents/INC-2026-00000001"
FACTS = {
    "case": "CASE-2026-00000001",
    "incidents": ["INC-2026-00000001"],
    "exported_at": "2026-11-22T12:00:00+00:00",
    "exported_by": "officer-1",
    "agency": "Test Customs Post 1",
    "versions": {"cordon": "0"},
}


def chain(count: int = 3) -> list[dict]:
    """Return so many events of one item, each linked to the one before."""
    events, previous = [], BEGINNING
    for number in range(1, count + 1):
        names = {"salt": "ab" * 32, "text": json.dumps({"note": f"seen by somebody, {number}"})}
        said = {"subject": SUBJECT, "number": number, "kind": "examined", "names": linked(names["salt"], names["text"])}
        text = json.dumps(said)
        events.append({"text": text, "previous": previous, "digest": linked(previous, text), "names": names})
        previous = events[-1]["digest"]
    return events


def audit_lines(events: list[dict]) -> str:
    """Return what the audit trail says of those events, linked."""
    lines, previous = [], BEGINNING
    for number, event in enumerate(events, start=1):
        after = {"subject": SUBJECT, "number": number, "digest": event["digest"]}
        payload = json.dumps({"after": after})
        told = "sha256:" + hashlib.sha256(payload.encode()).hexdigest()
        text = json.dumps({"action": "custody.examined", "payload": told})
        link = {"position": number, "previous": previous, "digest": linked(previous, text)}
        lines.append({**link, "text": text, "payload": payload})
        previous = lines[-1]["digest"]
    return "".join(json.dumps(line) + "\n" for line in lines)


def files(
    *, custody: list[dict] | None = None, audit: str | None = None, facts: str = '{"items":[]}'
) -> list[BundleFile]:
    """Return the files of a bundle."""
    events = chain()
    digest = "sha256:" + hashlib.sha256(b'{"items":[]}').hexdigest()
    custody_text = json.dumps({"subject": SUBJECT, "events": events if custody is None else custody})
    return [
        BundleFile.of_text("case.json", '{"reference":"CASE-2026-00000001"}'),
        BundleFile.of_text(f"{FOLDER}/audit.ndjson", audit_lines(events) if audit is None else audit),
        BundleFile.of_text(f"{FOLDER}/custody/{SUBJECT.replace(':', '-')}.json", custody_text),
        BundleFile.of_text(f"{FOLDER}/screening/run-1.json", json.dumps({"facts_digest": digest})),
        BundleFile.of_text(f"{FOLDER}/screening/run-1.facts.json", facts),
        BundleFile.of_bytes("evidence/files/0001", bytes(range(256)), "application/octet-stream"),
    ]


def bundle(content: Iterable[BundleFile] | None = None, *, key: Ed25519PrivateKey = KEY) -> bytes:
    """Return a bundle of those files."""
    return b"".join(stream_bundle(files() if content is None else content, facts=FACTS, key=key))
