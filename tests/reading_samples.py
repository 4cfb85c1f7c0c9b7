"""Weapons that were photographed, and what readers read of them."""

from typing import Any

from cases.choices import EvidenceKind, PhotoView
from cases.models import Evidence, MarkReading, Officer, SeizedItem
from cases.services.announce_evidence import Announcement
from cases.services.attach_evidence import attach_evidence
from cases.services.read_marks import read_marks
from tests.conftest import NOW
from tests.evidence_samples import photograph, sha256
from tests.factories import recorded_incident


def photographed_weapon(officer: Officer, **said: Any) -> SeizedItem:
    """Record a rifle whose marks nobody wrote down, and one photograph of it."""
    item = {"category": "small_arm", "quantity": 1, "unit": "piece", **said}
    weapon = recorded_incident(officer, items=[item]).items.select_related("incident").get()
    photo_of(weapon, officer)
    return weapon


def photo_of(item: SeizedItem, officer: Officer, *, view: PhotoView = PhotoView.SERIAL_NUMBER) -> Evidence:
    """Attach a photograph to the item."""
    content = photograph(size=(640 + item.evidence.count(), 480))
    stated = Announcement(
        name="weapon.jpg",
        kind=EvidenceKind.PHOTO,
        size_bytes=len(content),
        sha256=sha256(content),
        item=item.item_uuid,
        view=view,
    )
    return attach_evidence(
        officer=officer, incident=item.incident, announcement=stated, pieces=iter([content]), attached_at=NOW
    )


def serial_read(item: SeizedItem, officer: Officer, text: str, **said: Any) -> MarkReading:
    """Give a reading of one serial number."""
    mark = {"kind": "serial", "text": text, **said}
    return read_marks(officer=officer, item=item, stated={"marks": [mark]}, read_at=NOW)
