"""What the annexes of a letter show of evidence and custody: photographs, their copies, and who held each item."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from cases.choices import CustodyKind, EvidenceKind, EvidenceState
from cases.evidence.blocks import read_fully
from cases.evidence_store import files
from cases.models import CustodyEvent, Evidence, EvidencePreview, Incident
from cases.tracing.content import CustodyStep, PhotoShown

# Wide enough to read a stamp on a receiver; the copy drawn anew that officers look at too.
COPY_WIDTH = 1280
_SHOWN = (EvidenceKind.PHOTO, EvidenceKind.X_RAY)
# Names and notes stand apart from the chain, and stay apart from letters.
_TOLD = frozenset(CustodyKind) - {CustodyKind.LABELLED}


def photos_of(incident: Incident, line_of: Mapping[int, int]) -> Iterator[PhotoShown]:
    """Yield the photographs of the incident and of the items on the lines, by the items' positions."""
    evidence = Evidence.objects.filter(incident=incident, kind__in=_SHOWN, state=EvidenceState.COMPLETE)
    for photo in evidence.select_related("item").prefetch_related("previews").order_by("pk"):
        copy = next((preview for preview in photo.previews.all() if preview.width == COPY_WIDTH), None)
        is_of_lines = photo.item is None or photo.item.position in line_of
        if copy is None or not photo.is_given_out or not is_of_lines:
            continue
        pixels, taken = (photo.stated_by_file.get(name) or {} for name in ("pixels", "taken_at"))
        yield PhotoShown(
            kind=photo.kind,
            lines=() if photo.item is None else (line_of[photo.item.position],),
            sha256=photo.sha256,
            copy_sha256=copy.sha256,
            width_px=pixels.get("width"),
            height_px=pixels.get("height"),
            taken_at=taken.get("text"),
        )


def pictures_of(incidents: Iterable[Incident], photos: Iterable[PhotoShown]) -> dict[str, bytes]:
    """Return the copies of photographs of the incidents by digest: those still as they were drawn that may go out."""
    wanted = {photo.copy_sha256 for photo in photos}
    copies = EvidencePreview.objects.filter(evidence__incident__in=incidents, sha256__in=wanted, width=COPY_WIDTH)
    found = {}
    for copy in copies.select_related("evidence").order_by("pk"):
        content = _stored(copy) if copy.evidence.is_given_out and copy.evidence.withdrawn_at is None else None
        if content is not None:
            found[copy.sha256] = content
    return found


def _stored(copy: EvidencePreview) -> bytes | None:
    try:
        with files.reading(copy.storage_key) as stream:
            content = read_fully(stream, copy.size_bytes + 1)
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == copy.sha256 else None


def custody_of(incident: Incident, line_of: Mapping[int, int]) -> Iterator[CustodyStep]:
    """Yield what happened to the items on the lines, line by line."""
    events = CustodyEvent.objects.filter(item__incident=incident, kind__in=_TOLD)
    related = ("item", "holder_agency", "holder_store__agency", "holder_officer__agency")
    told = [event for event in events.select_related(*related) if event.item and event.item.position in line_of]
    for event in sorted(told, key=lambda event: (line_of[event.item.position] if event.item else 0, event.number)):
        if event.item is not None:
            yield CustodyStep(
                line=line_of[event.item.position],
                number=event.number,
                kind=event.kind,
                on=None if event.at_first_day is None else event.at_first_day.isoformat(),
                holder=_agency_holding(event),
                seal=event.seal or None,
            )


def _agency_holding(event: CustodyEvent) -> str | None:
    by_store = event.holder_store.agency if event.holder_store else None
    by_officer = event.holder_officer.agency if event.holder_officer else None
    agency = event.holder_agency or by_store or by_officer
    return agency.name if agency is not None else None
