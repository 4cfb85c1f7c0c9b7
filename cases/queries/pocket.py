"""The pocket rulebook as it is given out: today's versions, signed with the key of the installation."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from cases.bundle.signing import signing_key
from cases.canonical import canonical_json
from cases.choices import ItemCategory, RecipientKind
from cases.queries.rulebooks import current_designations, current_rulebook
from cases.screening.designations import Designations
from cases.screening.pocket import FORMAT, pocket_of
from cases.signing import Signer

# What is signed begins with its own name, so that no signature of a bundle or a letter can be taken for it.
SIGNED_AS: Final = f"{FORMAT}\n"


@dataclass(frozen=True, slots=True)
class PocketFile:
    """A pocket rulebook in its envelope: the exact text, its signature and the public key."""

    content: str
    etag: str
    public_key: str


def pocket_file(*, key_file: Path, made_on: date) -> PocketFile:
    """Return the pocket rulebook of that day, signed with the key in that file; raises BundleKeyUnusable."""
    signer = Signer(signing_key(key_file))
    text = _text(current_designations(), made_on)
    content = canonical_json(
        {
            "format": FORMAT,
            "key_id": signer.key_id,
            "public_key": signer.public_key,
            "signature": signer.signature_of(SIGNED_AS + text),
            "text": text,
        }
    )
    return PocketFile(content, f'"{sha256(content.encode()).hexdigest()}"', signer.public_key)


@lru_cache(maxsize=2)
def _text(designations: Designations, made_on: date) -> str:
    categories, receivers = [each.value for each in ItemCategory], [each.value for each in RecipientKind]
    made = pocket_of(current_rulebook(), designations, made_on=made_on, categories=categories, receivers=receivers)
    return canonical_json(made)
