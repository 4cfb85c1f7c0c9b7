"""Anything by a few letters of it: references, marks, names where they may be read, conveyances and places."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from cases.models import Case, FoldedMark, Incident, Obligation, Referral
from cases.queries.marks_met import names_in
from cases.queries.regimes import regime_rows
from cases.redaction import names_pattern
from cases.tracing.mark_text import folded

# Fewer letters bring up everything and say nothing.
FEWEST_LETTERS: Final = 2
# Of each kind: who needs more asks the list.
AT_MOST: Final = 6
# Read to find so many whose marks tell no name that the reader may not read.
_MARKS_READ: Final = 40
# After every sign that a reference or a folded mark can go on with.
_LAST: Final = "\uffff"


class Known(NamedTuple):
    """The records that the reader may know of, and the incidents of which names may be read."""

    incidents: QuerySet[Incident]
    nominal: QuerySet[Incident]
    marks: QuerySet[FoldedMark]
    referrals: QuerySet[Referral]
    cases: QuerySet[Case]
    obligations: QuerySet[Obligation]


class Found(NamedTuple):
    """One thing found: what it is by, what of it met the words, a word on it, its day as far as stated, its State."""

    reference: str
    text: str
    about: str = ""
    day: str = ""
    country: str = ""


def found_by(text: str, known: Known) -> Mapping[str, list[Found]]:
    """Return what the text brings up, by kind, kinds without any left out."""
    if len(text) < FEWEST_LETTERS:
        return {}
    groups = {
        "incidents": _incidents(text, known.incidents),
        "marks": _marks(text, known),
        "names": _names(text, known.nominal),
        "conveyances": _conveyances(text, known.incidents),
        "places": _places(text, known.incidents),
        "referrals": _referrals(text, known.referrals),
        "cases": _cases(text, known.cases),
        "obligations": _obligations(text, known.obligations),
        "regimes": _regimes(text),
    }
    return {kind: found for kind, found in groups.items() if found}


def _begins(column: str, text: str) -> Q:
    # A comparison is leakproof where LIKE is not: behind row-level security only it is answered by an index.
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})


def _newest(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    return rows.order_by("-recorded_at", "-pk")[:AT_MOST]


def _incidents(text: str, known: QuerySet[Incident]) -> list[Found]:
    wanted = _begins("reference", text.upper()) | Q(agency_reference__icontains=text)
    rows = _newest(known.filter(wanted)).values_list("reference", "agency_reference", "occurred_on", "place")
    return [Found(reference, own or reference, place, day) for reference, own, day, place in rows]


def _marks(text: str, known: Known) -> list[Found]:
    signs = folded(text)
    if len(signs) < FEWEST_LETTERS or not signs.isalnum():
        return []
    rows = known.marks.filter(_begins("folded", signs)).select_related("incident", "item").defer("incident__as_sent")
    marks = _telling_no_name(list(rows.order_by("folded", "-pk")[:_MARKS_READ]), known.nominal)
    return [
        Found(mark.incident.reference, mark.text, _about(mark.item.make, mark.item.model)) for mark in marks[:AT_MOST]
    ]


def _telling_no_name(marks: Iterable[FoldedMark], nominal: QuerySet[Incident]) -> list[FoldedMark]:
    """Leave out marks that say a name which the reader may not read: an owner's, engraved."""
    marks = list(marks)
    incidents = {mark.incident_id for mark in marks}
    unread = incidents - {*nominal.filter(pk__in=incidents).values_list("pk", flat=True)}
    patterns = {incident: names_pattern(names) for incident, names in names_in(unread).items()} if unread else {}
    shown = ((mark, patterns.get(mark.incident_id)) for mark in marks)
    return [mark for mark, pattern in shown if pattern is None or pattern.search(mark.text) is None]


def _names(text: str, nominal: QuerySet[Incident]) -> list[Found]:
    parties = nominal.filter(parties__name__icontains=text).order_by("-recorded_at", "-pk")
    of_parties = list(parties.values_list("reference", "parties__name", "parties__role").distinct()[:AT_MOST])
    rows = _newest(nominal.filter(recipient__name__icontains=text)).values_list("reference", "recipient__name")
    found = [Found(reference, name, role) for reference, name, role in of_parties if text.casefold() in name.casefold()]
    return [*found, *(Found(reference, name, "recipient") for reference, name in rows)][:AT_MOST]


def _conveyances(text: str, known: QuerySet[Incident]) -> list[Found]:
    columns = ("name", "imo", "registration")
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"conveyance__{column}__icontains": text})
    rows = _newest(known.filter(wanted)).values_list("reference", *(f"conveyance__{column}" for column in columns))
    return [Found(reference, _about(*parts)) for reference, *parts in rows]


def _places(text: str, known: QuerySet[Incident]) -> list[Found]:
    wanted = Q(place__icontains=text) | Q(operation__icontains=text)
    rows = _newest(known.filter(wanted)).values_list("reference", "place", "operation", "occurred_on")
    return [Found(reference, _about(place, operation), day=day) for reference, place, operation, day in rows]


def _referrals(text: str, known: QuerySet[Referral]) -> list[Found]:
    wanted = _begins("reference", text.upper()) | Q(letter_number__icontains=text)
    rows = known.filter(wanted).order_by("-opened_at", "-pk")[:AT_MOST]
    columns = ("incident__reference", "reference", "letter_number", "addressee_country")
    return [
        Found(reference, _about(own, number), country=to) for reference, own, number, to in rows.values_list(*columns)
    ]


def _cases(text: str, known: QuerySet[Case]) -> list[Found]:
    wanted = _begins("reference", text.upper()) | Q(title__icontains=text)
    return [Found(*row) for row in known.filter(wanted).order_by("-pk").values_list("reference", "title")[:AT_MOST]]


def _obligations(text: str, known: QuerySet[Obligation]) -> list[Found]:
    rows = known.filter(_begins("reference", text.upper())).order_by("-pk")[:AT_MOST]
    return [Found(*row) for row in rows.values_list("incident__reference", "reference", "what")]


def _regimes(text: str) -> list[Found]:
    asked = text.casefold()
    rows = (row for row in regime_rows() if asked in row["name"].casefold() or asked in row["id"])
    return [Found(row["id"], row["name"], row["status"]) for row in rows][:AT_MOST]


def _about(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
