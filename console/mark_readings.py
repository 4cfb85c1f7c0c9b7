"""Marks read from photographs: a reader's own reading, both readings side by side, and what is settled from them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases import access
from cases.api.mark_readings import shown_readings
from cases.choices import MarkCertainty, MarkingState, MarkKind, Viewed
from cases.errors import DomainError, InvalidSubmission, NotAllowed, StaleVersion
from cases.intake.problems import Problem
from cases.intake.text import LONGEST_STORY
from cases.queries.evidence_rows import document_of_evidence, evidence_rows
from cases.queries.incident_document import names_in_incident, record_of_incident
from cases.queries.mark_readings import photographs_of
from cases.queries.officers import get_officer
from cases.services.read_marks import read_marks
from cases.services.record_view import record_view
from cases.services.settle_readings import require_settler, settle_readings
from cases.tracing.mark_text import LONGEST
from cases.tracing.reading_comparison import Relation, least_sure
from cases.tracing.reading_submission import MOST_MARKS
from console.forms import number_of, refusal_of

Document = dict[str, Any]

# What a weapon mostly bears; further rows are one touch away.
FIRST_ROWS: Final = (MarkKind.SERIAL.value, MarkKind.MAKER.value, MarkKind.MODEL.value)
# What a browser draws by itself; of the rest the server's picture is shown.
DRAWN: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
FIELDS: Final = ("kind", "text", "position", "certainty", "photo")
BOTH: Final = 2
SAID: Final[Mapping[str, Promise]] = {
    Relation.SAME.value: _("Both read the same."),
    Relation.WRITTEN.value: _("The same signs, written otherwise: spaces, separators, case or script."),
    Relation.LOOK_ALIKE.value: _("They differ in signs that look alike."),
    Relation.UNREAD.value: _("One read what the other could not."),
    Relation.DIFFERENT.value: _("They differ."),
    Relation.ONE_ONLY.value: _("Only one of the readers gives it."),
}
# Proposed while typing; whoever has another word for it writes that.
PLACES: Final = (
    pgettext_lazy("a place on a weapon", "receiver, left side"),
    pgettext_lazy("a place on a weapon", "receiver, right side"),
    pgettext_lazy("a place on a weapon", "receiver, top"),
    pgettext_lazy("a place on a weapon", "barrel"),
    pgettext_lazy("a place on a weapon", "slide"),
    pgettext_lazy("a place on a weapon", "frame"),
    pgettext_lazy("a place on a weapon", "bolt"),
    pgettext_lazy("a place on a weapon", "magazine"),
    pgettext_lazy("a place on a weapon", "stock"),
    pgettext_lazy("a place on a weapon", "launch tube"),
)


@login_required
@require_GET
def readings(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """Show an item's photographs, and what of its readings the officer may see and may do."""
    officer = get_officer(request.user)
    return _page(request, officer, access.access_item(officer, reference, item))


@login_required
@require_POST
def give(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """Keep what the officer read."""
    officer = get_officer(request.user)
    found = access.access_item(officer, reference, item)
    rows = list(_rows_in(request.POST))
    stated = {"marks": _said(rows), "marking_state": request.POST.get("marking_state") or None}
    try:
        read_marks(officer=officer, item=found, stated=stated, read_at=_now())
    except DomainError as error:
        return _page(request, officer, found, {"refused": refusal_of(error), "rows": rows or _first_rows()}, status=422)
    return redirect("console:mark_readings", reference, found.item_uuid)


@login_required
@require_POST
def settle(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """Take over what both read, or what a third look says, into the item's marks."""
    officer = get_officer(request.user)
    found = access.access_item(officer, reference, item)
    require_settler(officer, found)
    sent = request.POST
    try:
        settle_readings(
            officer=officer,
            item=found,
            stated={} if "as_they_are" in sent else _third_look(sent, shown_readings(officer, found)),
            expected_version=number_of(sent.get("version", "")) or 0,
            settled_at=_now(),
        )
    except DomainError as error:
        fresh = access.access_item(officer, reference, item)
        status = 412 if isinstance(error, StaleVersion) else 422
        context = {"refused": refusal_of(error), "sent": sent, "is_stale": isinstance(error, StaleVersion)}
        return _page(request, officer, fresh, context, status=status)
    return redirect("console:mark_readings", reference, found.item_uuid)


# --- what was sent ----------------------------------------------------------------------------------------------------


def _rows_in(sent: QueryDict) -> Iterator[dict[str, str]]:
    """Yield each row of a form in which a mark was written; signs stay as they were typed."""
    columns = {name: sent.getlist(name) for name in FIELDS}
    for place, text in enumerate(columns["text"][:MOST_MARKS]):
        if text.strip():
            yield {name: values[place].strip() if place < len(values) else "" for name, values in columns.items()}


def _third_look(sent: QueryDict, shown: Document) -> Document:
    """Return which marks stand by what was chosen for each, and what was written beside them.

    Raises InvalidSubmission where nothing was chosen: nobody has looked at that mark.
    """
    twice = (shown["comparison"] or {"marks": ()})["marks"]
    chosen = [mark for place, each in enumerate(twice) if (mark := _chosen(sent, place, each)) is not None]
    return {
        "marks": _said([*chosen, *_rows_in(sent)]),
        "marking_state": sent.get("marking_state") or None,
        "reason": sent.get("reason", "").strip() or None,
    }


def _chosen(sent: QueryDict, place: int, twice: Document) -> Document | None:
    """Return the mark that was chosen of two; None where it is to be left out."""
    choice = sent.get(f"stands-{place}", "")
    texts = {name: (twice[name] or {}).get("text") for name in ("first", "second")}
    texts["other"] = sent.get(f"other-{place}", "").strip() or None
    if choice == "none":
        return None
    if not (text := texts.get(choice)):
        raise InvalidSubmission([Problem(f"/marks/{place}", "missing")])
    read = [side for side in (twice["first"], twice["second"]) if side is not None]
    return {
        "kind": sent.get(f"kind-{place}", ""),
        "text": text,
        "position": sent.get(f"position-{place}", "").strip(),
        "certainty": least_sure(*(side["certainty"] or "" for side in read)),
        "photo": next((side["photo"] for side in read if side["photo"]), ""),
    }


def _first_rows() -> list[dict[str, str]]:
    return [{"kind": kind} for kind in FIRST_ROWS]


def _said(rows: Sequence[Mapping[str, str]]) -> list[Document]:
    return [{name: value or None for name, value in row.items()} for row in rows]


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - an edge


# --- what is shown ----------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest, officer: Any, item: Any, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    record_view(officer=officer, subject=item, viewed_at=_now(), what=Viewed.MARK_READINGS)
    shown = shown_readings(officer, item)
    now = [reading for reading in shown["readings"] if reading["round"] == shown["round"]]
    recorded = record_of_incident(item.incident)["items"][item.position]
    sees = access.sees_content_of_evidence(officer, item.incident)
    photographs = evidence_rows(photographs_of(item, access.evidence_for(officer))) if sees else ()
    is_mine = any(reading["reader"] == officer.username for reading in now)
    page = {
        **shown,
        "recorded": access.sight_of(officer, item.incident).of(recorded, names_in_incident(item.incident)),
        "photos": [_photo(document_of_evidence(row, sees_content=True)) for row in photographs],
        "sees": sees,
        "own": now[0] if is_mine and shown["readings_given"] < BOTH else None,
        "both": now if shown["readings_given"] == BOTH else None,
        "twice": _twice(shown["comparison"], (context or {}).get("sent") or {}),
        "may_read": sees
        and not is_mine
        and shown["readings_given"] < BOTH
        and _may(lambda: access.require_on(officer, access.RECORD, item.incident)),
        "may_settle": _may(lambda: require_settler(officer, item)),
        "may_look_again": not is_mine or access.APPROVE_OWN in officer.rights,
        "rows": _first_rows(),
        "kinds": [kind.value for kind in MarkKind],
        "states": [state.value for state in MarkingState],
        "certainties": [certainty.value for certainty in MarkCertainty],
        "places": PLACES,
        "longest": LONGEST,
        "longest_reason": LONGEST_STORY,
    }
    return render(request, "console/readings/page.html", page | dict(context or {}), status=status)


def _may(act: Callable[[], object]) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True


def _photo(evidence: Document) -> Document:
    """Return a photograph with the address of what can be drawn of it; None where nothing can."""
    pictures = evidence["preview"]["pictures"]
    drawn = evidence["content"] if evidence["media_type"] in DRAWN else None
    return evidence | {"drawn": drawn or (pictures[-1]["url"] if pictures else None)}


def _twice(comparison: Document | None, sent: Mapping[str, Any]) -> list[Document]:
    """Return each mark in both readings, the sentence that says how they stand to each other, and what was chosen."""
    marks = (comparison or {"marks": ()})["marks"]
    return [_mark_twice(mark, place, sent) for place, mark in enumerate(marks)]


def _mark_twice(mark: Document, place: int, sent: Mapping[str, Any]) -> Document:
    is_same = mark["relation"] == Relation.SAME and not mark["differs"]
    sides = [side for side in (mark["first"], mark["second"]) if side is not None]
    said = {name: next((side[name] for side in sides if side[name]), "") for name in ("kind", "position")}
    return mark | {
        "said": SAID[mark["relation"]],
        "is_same": is_same,
        "kind": sent.get(f"kind-{place}", said["kind"]),
        "position": sent.get(f"position-{place}", said["position"]),
        "chosen": sent.get(f"stands-{place}", "first" if is_same else ""),
        "other": sent.get(f"other-{place}", ""),
        "differing": [
            {"place": at, **sign}
            for at, sign in enumerate(mark["signs"], start=1)
            if sign["relation"] not in {Relation.SAME, Relation.ONE_ONLY}
        ],
    }
