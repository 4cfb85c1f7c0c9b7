"""What the page of one incident shows, section by section, as far as its reader may see."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from django.db.models import prefetch_related_objects

from cases import access
from cases.api.papers_check import said
from cases.api.problems import in_words
from cases.choices import ReviewState, RunStatus
from cases.documents.countries import country_name
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.observed import add_observation
from cases.documents.wording import Wording
from cases.errors import NotAllowed
from cases.queries.agencies import agency_rows
from cases.queries.case_links import Reach, document_of_link, links_out
from cases.queries.custody import chains_of_incident
from cases.queries.designations import listed_parties
from cases.queries.dispatches import dispatch_rows, document_of_dispatch
from cases.queries.disputed_statements import changes_by_claim
from cases.queries.evidence_rows import document_of_evidence, listed_evidence
from cases.queries.history import history_of_incident
from cases.queries.incident_document import ROWS, names_in_incident, record_of_incident, seen_of_incident
from cases.queries.mark_readings import photographed_items
from cases.queries.obligations import board_rows, document_of_obligation
from cases.queries.papers_check import document_of_check, papers_check_of
from cases.queries.referral_facts import observation_of
from cases.queries.referral_rows import document_of_referral, referral_rows
from cases.queries.rescreenings import changes_of_incident
from cases.queries.screening_result import seen_result_for_incident
from cases.queries.sharing_rows import same_events_of, sharing_of_incident
from cases.redaction import Sight
from cases.services.review_finding import SETTLED
from console.incident_questions import ASKED, FORMS, AnswerForm, AskedOf, code_of_question
from console.reader_words import country_codes, regime_names, retold, word_said

Document = dict[str, Any]
# Rows stay behind services and queries: a page hands them on to those, and to the doors.
Row: TypeAlias = Any

# A page with more pictures than this is one nobody looks through; the API lists them all.
EVIDENCE_SHOWN: Final = 60
# Of a record that was amended for years, the latest acts tell what a reader asks.
ACTS_SHOWN: Final = 60
LINKS_SHOWN: Final = 60
CHANGES_SHOWN: Final = 40
VOID: Final = "void"
WAITING: Final = frozenset({RunStatus.QUEUED.value, RunStatus.RUNNING.value})


def page_of_incident(
    incident: Row, officer: Row, *, wording: Wording, now: datetime, answering: AnswerForm | None = None
) -> Document:
    """Return what the page shows of an incident that a door has shown; `answering` is a form that was refused."""
    prefetch_related_objects([incident], *ROWS, "agency")
    sight = access.sight_of(officer, incident)
    seen = seen_of_incident(incident, sight)
    result = retold(seen_result_for_incident(incident, sight), wording)
    may = rights_on(incident, officer)
    asked_of = AskedOf(record_of_incident(incident), seen, incident.version, wording)
    questions = list(_questions(result.get("findings", ()), asked_of, may=may["amend"], answering=answering))
    return {
        "incident": seen,
        "may": may,
        "facts": _facts(incident, seen, result, wording),
        "place": _place(result.get("place") or {}, wording),
        "result": result,
        "waits": result["status"] in WAITING,
        "regimes": regime_names(wording),
        "findings": [_finding(each, officer, wording, may=may["review"]) for each in result.get("findings", ())],
        "considered": _by_regime(result.get("considered", ())),
        "questions": questions,
        "countries": country_codes(wording.language) if any(each["form"] for each in questions) else {},
        "matches": list(_matches(result.get("designations", ()), seen, sight)),
        "statements": list(_statements(incident, seen, wording)),
        "changes": changes_of_incident(incident, with_nominal=sight.with_nominal),
        "papers": _papers(incident, officer, sight),
        **_attached(incident, officer, sight, now),
        **_beside(incident, officer),
        **_sharing(incident, may=may["share"]),
    }


def rights_on(incident: Row, officer: Row) -> Mapping[str, bool]:
    """Return what the officer may do with an incident that a door has shown."""
    is_own, is_void = incident.agency_id == officer.agency_id, incident.state == VOID
    return {
        "amend": not is_void and _may(officer, right_to_amend(incident, officer), incident),
        "review": _may(officer, access.REVIEW, incident),
        "attach": not is_void and _may(officer, access.RECORD, incident),
        "share": is_own and access.ISSUE in officer.rights,
        "refer": not is_void and _may(officer, access.REFER, incident),
    }


def right_to_amend(incident: Row, officer: Row) -> Any:
    """Return what it takes of that officer to change the record."""
    return access.RECORD if incident.responsible_id == officer.pk else access.EDIT


def _may(officer: Row, right: Any, incident: Row) -> bool:
    try:
        access.require_on(officer, right, incident)
    except NotAllowed:
        return False
    return True


# --- facts and place --------------------------------------------------------------------------------------------------


def _facts(incident: Row, seen: Document, result: Document, wording: Wording) -> Document:
    """Return the facts as letters tell them: each as it is recorded, with its basis."""
    told = Paragraphs(wording)
    add_observation(observation_of(incident, seen, result), None, wording, told)
    return next(block for block in told.blocks if block["block"] == "facts")


def _place(place: Document, wording: Wording) -> Document:
    """Return where screening located the position, States by their names."""
    zones = [zone | {"country": country_name(wording, zone.get("country"))} for zone in place.get("zones", ())]
    named = {name: country_name(wording, place.get(name)) for name in ("country", "nearest_country")}
    return {**place, **named, "zones": zones} if place else {}


# --- findings and what they ask ---------------------------------------------------------------------------------------


def _finding(finding: Document, officer: Row, wording: Wording, *, may: bool) -> Document:
    """Return a finding with its words said and questions by their codes, and whether the officer may decide on it."""
    decided = finding["reviews"][-1] if finding["reviews"] else None
    stands = decided is not None and finding["review"] != ReviewState.ASKS_AGAIN and decided["decision"] in SETTLED
    is_anothers = stands and decided is not None and decided["officer"] != officer.username
    return finding | {
        "outcome_said": word_said(wording, "outcome", finding["outcome"]),
        "tie_said": word_said(wording, "tie", finding["tie"]),
        "tests": [
            test
            | {
                "name": word_said(wording, "condition", test["condition"]).capitalize(),
                "answer": word_said(wording, "answer", test["satisfied"]),
            }
            for test in finding["rationale"]
        ],
        "amended_by": [
            each | {"said": word_said(wording, "effect", each["as"])} for each in finding["legal_basis"]["amended_by"]
        ],
        "asked": [_asked(question) for question in finding["questions"]],
        "may_review": may and (not is_anothers or access.OVERRIDE in officer.rights),
        "waits_for_supervisor": may and is_anothers and access.OVERRIDE not in officer.rights,
    }


def _by_regime(considered: Iterable[Document]) -> dict[str, list[Document]]:
    by_regime: dict[str, list[Document]] = {}
    for entry in considered:
        by_regime.setdefault(entry["regime"], []).append(entry)
    return by_regime


def _asked(text: str) -> Document:
    code = code_of_question(text)
    return {"code": code, "anchor": (code or "").replace(".", "-"), "text": ASKED[code] if code else text}


def _questions(
    findings: Iterable[Document], asked_of: AskedOf, *, may: bool, answering: AnswerForm | None
) -> Iterator[Document]:
    """Yield every question once, with the findings that hang on it and the form that answers it."""
    bears_on: dict[str, list[Document]] = {}
    for finding in findings:
        for text in finding["questions"]:
            bears_on.setdefault(text, []).append(finding)
    for text, hanging in bears_on.items():
        question = _asked(text)
        form = None
        if may and answering is not None and answering.question == question["code"]:
            form = answering
        elif may and question["code"] in FORMS:
            form = FORMS[question["code"]](question=question["code"], asked_of=asked_of)
        yield question | {"findings": hanging, "form": form}


# --- whom lists name --------------------------------------------------------------------------------------------------


def _matches(matches: Iterable[Document], seen: Document, sight: Sight) -> Iterator[Document]:
    """Yield each match with both sides; whose names may not be read is compared with nobody."""
    found = list(matches)
    keys = [(match["list"], match["reference_number"]) for match in found]
    listed = listed_parties(keys) if found and sight.with_nominal else {}
    for match, key in zip(found, keys, strict=True):
        yield match | {"stated_as": _stated_party(match["matched"], seen), "entry": listed.get(key)}


def _stated_party(matched: str, seen: Document) -> Document:
    """Return the part of the record in which the name stands: "parties[0].aliases[1]" is of the first party."""
    part, _, rest = matched.partition("[")
    rows, place = seen.get(part.partition(".")[0]), rest.partition("]")[0]
    if isinstance(rows, list):
        return rows[int(place)] if place.isdigit() and int(place) < len(rows) else {}
    return rows if isinstance(rows, dict) else {}


# --- who says what ----------------------------------------------------------------------------------------------------


def _statements(incident: Row, seen: Document, wording: Wording) -> Iterator[Document]:
    """Yield what the record says of origin, destination and recipient, then who says what instead; none if nobody."""
    route, recipient = seen["route"] or {}, seen["recipient"] or {}
    claims = route.get("claims") or ()
    if not claims:
        return
    yield {
        "by": None,
        "who": "",
        "basis": route.get("basis"),
        "recipient_basis": recipient.get("basis"),
        "origin": country_name(wording, route.get("origin")),
        "destination": country_name(wording, route.get("destination")),
        "recipient": _named(recipient.get("kind"), recipient.get("name"), recipient.get("country"), wording),
        "changes": None,
    }
    changes = changes_by_claim(incident)
    for place, claim in enumerate(claims):
        said = dict.fromkeys(("origin", "destination", "recipient"))
        whom = _named(claim.get("recipient_kind"), claim.get("name"), claim.get("country"), wording)
        said[claim.get("what") or "destination"] = whom
        weighed = changes[place] if len(changes) == len(claims) else None
        who = word_said(wording, "claimant", claim.get("by") or "")
        yield {"by": claim.get("by"), "who": who, "basis": None, "recipient_basis": None, "changes": weighed, **said}


def _named(kind: str | None, name: str | None, country: str | None, wording: Wording) -> Document | None:
    where = country_name(wording, country)
    return {"kind": kind, "name": name, "country": where} if kind or name or where else None


# --- what hangs from it -----------------------------------------------------------------------------------------------


def _papers(incident: Row, officer: Row, sight: Sight) -> Document:
    check = papers_check_of(incident, known=access.incidents_for(officer))
    return sight.of(said(document_of_check(incident, check)), names_in_incident(incident))


def _attached(incident: Row, officer: Row, sight: Sight, now: datetime) -> Document:
    """Return obligations, evidence, chains of custody, referrals and history."""
    known = access.evidence_for(officer)
    evidence = listed_evidence(known, incident).order_by("-uploaded_at", "-pk")
    positions = {item.item_uuid: item.position for item in incident.items.all()}
    sees_content = access.sees_content_of_evidence(officer, incident)
    owed = board_rows(access.obligations_for(officer).filter(incident=incident))
    by_day = sorted(owed, key=lambda row: (row.due_day or date.max, row.reference))
    acts = history_of_incident(incident, sight, reader=officer, views=False)
    return {
        "obligations": [document_of_obligation(row, today=now.date(), phrase=in_words) for row in by_day],
        "evidence": [
            document_of_evidence(row, sees_content=sees_content)
            | {"of_item": None if row.item is None else positions[row.item.item_uuid]}
            for row in evidence[:EVIDENCE_SHOWN]
        ],
        "photographed": photographed_items(known, incident),
        "chains": chains_of_incident(incident, now=now, may_see_names=sight.with_nominal),
        "referrals": list(_referrals(incident, officer)),
        "acts": [_act(each) for each in reversed(acts[-ACTS_SHOWN:])],
        "earlier_acts": max(len(acts) - ACTS_SHOWN, 0),
    }


def _referrals(incident: Row, officer: Row) -> Iterator[Document]:
    referrals = list(referral_rows(access.referrals_for(officer).telling_of([incident])).order_by("-opened_at"))
    sendings = list(dispatch_rows(access.dispatches_for(officer).filter(referral__in=referrals)).order_by("-pk"))
    for referral in referrals:
        sent = [document_of_dispatch(each) for each in sendings if each.referral_id == referral.pk]
        yield document_of_referral(referral) | {"dispatches": sent}


def _beside(incident: Row, officer: Row) -> Document:
    """Return the own cases that it is in, and the incidents known to the reader that share something with it."""
    known = access.incidents_for(officer)
    reach = Reach(known, access.nominal_incidents_for(officer), access.marks_for(officer))
    links = links_out(known.filter(pk=incident.pk), reach)
    shown = [document_of_link(link) for link in links[:LINKS_SHOWN]]
    by_incident: dict[str, list[str]] = {}
    for link in shown:
        other = next(each for each in link["incidents"] if each != incident.reference)
        by_incident.setdefault(other, []).append(in_words(link["template"], link["params"]))
    return {
        "cases": access.own_records_for(officer)["cases"].filter(incidents=incident).order_by("reference"),
        "same_events": same_events_of(incident, known=known),
        "linked": sorted(by_incident.items()),
        "more_links": max(len(links) - LINKS_SHOWN, 0),
    }


def _sharing(incident: Row, *, may: bool) -> Document:
    """Return with whom the own record is shared and could be; what others do with theirs is told to nobody."""
    if not may:
        return {"shared": [], "agencies": []}
    return {"shared": sharing_of_incident(incident), "agencies": agency_rows().exclude(pk=incident.agency_id)}


# --- history ----------------------------------------------------------------------------------------------------------


def _act(act: Document) -> Document:
    before, after = act["change"].get("before"), act["change"].get("after")
    changed: list[Document] = []
    if isinstance(before, dict) and isinstance(after, dict):
        changed = list(_differences("", before, after))
    return act | {
        "at": datetime.fromisoformat(act["at"]),
        "changed": changed[:CHANGES_SHOWN],
        "more": max(len(changed) - CHANGES_SHOWN, 0),
    }


def _differences(path: str, before: Any, after: Any) -> Iterator[Document]:
    """Yield each place in which two records differ, with both values."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted({*before, *after}):
            yield from _differences(f"{path}.{name}" if path else name, before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            sides = (side[place] if place < len(side) else None for side in (before, after))
            yield from _differences(f"{path}[{place}]", *sides)
    elif isinstance(after, dict) and before is None:
        yield from _differences(path, {}, after)
    elif isinstance(before, dict) and after is None:
        yield from _differences(path, before, {})
    else:
        yield {"path": path, "before": before, "after": after}
