"""A record in which every field of free text holds a word of its own, and the search for such words in bytes."""

import json
import re
import zlib
from typing import Any

from tests.pdf_pages import text_of
from tests.sent_documents import full_document

# Who a person is: papers, parties, owners, private recipients.
NOMINAL = {
    *("parties.name", "parties.name_original", "parties.aliases", "parties.registration_number", "parties.address"),
    *("parties.documents.number", "parties.documents.issuer", "parties.documents.end_user"),
    *(
        "parties.documents.goods",
        "parties.documents.evidence",
        "conveyance.operator",
        "conveyance.owner",
        "recipient.name",
        "recipient.acts_for",
    ),
    *("route.claims.name",),
}
# What leads to a person, or is the agency's own.
LEADS = {"conveyance.registration", "documents.end_user"}
INTERNAL = {"operation"}
# What only States and bureaus are told.
NOT_PUBLIC = {
    *("concealment", "boarding.grounds", "circumstances", "consignment.declared_description", "items.description"),
    *("items.quantity_text", "items.marks.restored_by", "items.marks.photo", "documents.evidence", "documents.number"),
    *("conveyance.flight_or_voyage", "conveyance.seals", "authorisations.reference", "items.serial_number"),
    *("items.marks.text", "items.ammunition.lot", "items.ammunition.packaging_marks"),
    *(
        "documents.goods",
        "items.disposition.certificate",
        "items.disposition.place",
        "place",
        "route.stops.place",
        "reference",
    ),
}
# What everybody may read.
SHOWN = {
    *("agency.name", "agencies.name", "conveyance.description", "conveyance.name", "documents.issuer", "items.make"),
    *("items.model", "items.calibre", "items.marks.position", "items.ammunition.headstamp.text"),
    *("consignment.customs_procedure", "boarding.paragraph", "legal_justification", "items.ammunition.hazard_division"),
}


def canary_document(**changes: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the record, and the word that stands in each of its fields."""
    # One paper stands in it twice.
    document: dict[str, Any] = json.loads(json.dumps(full_document() | changes))
    document["recipient"] |= {"kind": "private"}
    words: dict[str, str] = {}
    for number, path in enumerate(sorted(NOMINAL | LEADS | INTERNAL | NOT_PUBLIC | SHOWN)):
        words[path] = f"Zq{number:02}canary"
        _put(document, path.split("."), words[path])
    return document, words


def _put(part: Any, names: list[str], word: str) -> None:
    first, *rest = names
    inner = part[first]
    if not rest:
        part[first] = [word] if isinstance(inner, list) else word
    else:
        _put(inner[0] if isinstance(inner, list) else inner, rest, word)


def words_in(content: bytes, words: dict[str, str]) -> set[str]:
    """Return the fields whose word occurs, in any case and spelling, in the bytes or in what is packed in them."""
    layers = [content, *_inflated(content)]
    if content.startswith(b"%PDF"):
        layers.append("".join(text_of(content).split()).encode())
    found = set()
    for path, word in words.items():
        spelled = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode().hex().encode()]
        if any(each.lower() in layer.lower() for layer in layers for each in spelled):
            found.add(path)
    return found


def _inflated(content: bytes) -> list[bytes]:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    inflated = []
    for stream in streams:
        try:
            inflated.append(zlib.decompress(stream))
        except zlib.error:
            inflated.append(stream)
    return inflated
