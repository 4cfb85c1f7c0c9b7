"""Everything a referral says, read from its rows: the one bridge from the models to the letters."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from cases.choices import (
    AgencyKind,
    ContestedReading,
    MeasureStatus,
    RedactionLevel,
    ReferralKind,
    ReferralState,
    ReviewDecision,
    ReviewState,
    RunStatus,
    Tie,
)
from cases.documents import ReferralContent, content_from_json
from cases.errors import LetterAltered, LevelNotHeld
from cases.models import Agency, Finding, Incident, Referral, ScreeningRun
from cases.queries.incident_document import record_of_incident
from cases.queries.letter_exhibits import custody_of, photos_of
from cases.queries.referral_facts import items_on, observation_of, paper_of
from cases.queries.reviews import find_decision
from cases.queries.rulebooks import current_rulebook
from cases.queries.template_packs import find_pack_used
from cases.redaction_levels import values_withheld
from cases.screening.findings import Outcome
from cases.tracing.addressee import reasons_for_asking
from cases.tracing.completeness import MissingElement, missing_elements
from cases.tracing.content import (
    Addressee,
    AddresseeReason,
    Amendment,
    Contact,
    DataVersion,
    IncidentTold,
    IssuingBody,
    Mandate,
    MeasureConsidered,
    MeasureEngaged,
    PaperShown,
    Reason,
    ReplacedLetter,
)
from cases.tracing.redaction import content_at

Document = dict[str, Any]

_CONTACT = tuple(field.name for field in fields(Contact))


def referral_content(referral: Referral, *, level: RedactionLevel | None = None) -> ReferralContent:
    """Return what the referral says: as issued, or as its incident and screening stand while it is a draft.

    At another level than its own where one is named; raises LevelNotHeld for more than was issued, and LetterAltered
    where what is kept is not what was issued.
    """
    issued = _issued(referral)
    level = level or (referral.level if issued is None else RedactionLevel(issued.redaction))
    if issued is not None and level == issued.redaction:
        return issued
    if issued is not None and level.rank < RedactionLevel(issued.redaction).rank:
        raise LevelNotHeld(level=level, issued=issued.redaction)
    records = {incident.pk: record_of_incident(incident) for incident in referral.told_incidents}
    withheld = frozenset[str]().union(*(values_withheld(record, level) for record in records.values()))
    return content_at(issued or _drafted(referral, records), level, withheld)


def missing_in(referral: Referral) -> tuple[MissingElement, ...]:
    """Return what a letter that is being written lacks before it may be issued."""
    return missing_elements(referral_content(referral)) if referral.issued_at is None else ()


def digest_of_letter(text: str) -> str:
    """Return the SHA-256 by which what a letter says is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _issued(referral: Referral) -> ReferralContent | None:
    if not referral.issued_content:
        return None
    if digest_of_letter(referral.issued_content) != referral.issued_sha256:
        raise LetterAltered(referral=referral.reference, stated=referral.issued_sha256)
    return content_from_json(referral.issued_content)


def _drafted(referral: Referral, records: Mapping[int, Document]) -> ReferralContent:
    told, *further = (_told(referral, incident, records[incident.pk]) for incident in referral.told_incidents)
    items = sorted((item for part in (told, *further) for item in part.items), key=lambda item: item.number)
    told = replace(told, items=tuple(items), further=tuple(map(_further, further)))
    return replace(
        told,
        reference=referral.letter_number or referral.reference,
        dated=(referral.issued_at or referral.opened_at).date(),
        status=ReferralState.DRAFT if referral.issued_at is None else ReferralState.ISSUED,
        kind=referral.kind,
        language=referral.language,
        addressee=_addressee(referral, told),
        priority=referral.priority,
        priority_justification=referral.priority_justification or None,
        own_questions=tuple(referral.own_questions),
        reply_requested_by=referral.reply_requested_by,
        intended_use=referral.intended_use or None,
        confidentiality=referral.confidentiality or None,
        onward_use=referral.onward_use or None,
        replaces=_replaced(referral),
        template_pack=find_pack_used(referral.agency, kind=referral.kind, language=referral.language),
    )


def _told(referral: Referral, incident: Incident, record: Document) -> ReferralContent:
    """Return what the letter tells of one of its incidents, with the lines that were met there."""
    lines = referral.lines.filter(item__incident=incident).select_related("item")
    told = told_of(incident, referral.agency, record, [(line.number, line.item.position) for line in lines])
    justified = referral.legal_justification or record["legal_justification"]
    return replace(told, legal_justification=justified, papers=tuple(_papers(referral, record)))


def _further(told: ReferralContent) -> IncidentTold:
    """Return what is told of a further incident."""
    names = [field.name for field in fields(IncidentTold) if field.name != "lines"]
    lines = tuple(item.number for item in told.items)
    return IncidentTold(lines=lines, **{name: getattr(told, name) for name in names})


def _replaced(referral: Referral) -> ReplacedLetter | None:
    earlier = referral.supersedes
    if earlier is None or earlier.issued_at is None:
        return None
    return ReplacedLetter(
        reference=earlier.letter_number or earlier.reference,
        dated=earlier.issued_at.date(),
        is_withdrawn=earlier.state == ReferralState.WITHDRAWN,
    )


def told_of(incident: Incident, agency: Agency, record: Document, lines: Iterable[tuple[int, int]]) -> ReferralContent:
    """Return what an agency's documents tell of an incident: its lines by number and position, addressed to nobody."""
    run = _last_finished_run(incident)
    result: Document = json.loads(run.result) if run is not None else {}
    items = tuple(items_on(lines, record))
    line_of = {item.index: item.number for item in items}
    return ReferralContent(
        reference=None,
        dated=None,
        status=ReferralState.DRAFT,
        kind=ReferralKind.BILATERAL,
        language="en",
        issuing_body=issuing_body(agency),
        addressee=Addressee(country=None),
        observation=observation_of(incident, record, result),
        items=items,
        mandate=mandate_of(agency),
        illicit_grounds=tuple(record["illicit_grounds"] or ()),
        legal_justification=record["legal_justification"],
        papers=tuple(paper_of(paper) for paper in record["documents"]),
        measures=tuple(_measures(run, agency, line_of)),
        considered=tuple(_considered(result)),
        photos=tuple(photos_of(incident, line_of)),
        custody=tuple(custody_of(incident, line_of)),
        versions=tuple(_versions(result)),
    )


def duties_of(incident: Incident) -> Iterator[Document]:
    """Yield what follows by law from the findings that letters may show, and from an inspection."""
    run = _last_finished_run(incident)
    if run is None:
        return
    for finding in Finding.objects.filter(incident=incident, is_current=True).order_by("measure"):
        if _goes_into_letters(finding):
            yield from finding.document["duties"]
    yield from json.loads(run.result).get("duties", ())


def _papers(referral: Referral, record: Document) -> Iterator[PaperShown]:
    """Yield the papers that a letter shows; an enquiry about licences, those that the State is said to have issued."""
    issued = [paper for paper in record["documents"] if paper["country"] == referral.addressee_country]
    is_enquiry = referral.kind == ReferralKind.LICENCE_ENQUIRY and bool(issued)
    yield from map(paper_of, issued if is_enquiry else record["documents"])


def _last_finished_run(incident: Incident) -> ScreeningRun | None:
    return incident.runs.filter(status=RunStatus.DONE).order_by("-pk").first()


def issuing_body(agency: Agency) -> IssuingBody:
    """Return the agency as the body that writes."""
    return IssuingBody(
        name=agency.name or None,
        kind=agency.kind,
        country=agency.country,
        contact=Contact(
            name=agency.contact_name or None,
            office=agency.contact_office or None,
            telephone=agency.contact_telephone or None,
            email=agency.contact_email or None,
            channel=agency.contact_channel or None,
            address=agency.contact_address or None,
        ),
    )


def mandate_of(agency: Agency) -> Mandate:
    """Return under which mandate a panel or mission writes; an empty one for any other body."""
    if agency.kind not in {AgencyKind.PANEL, AgencyKind.UN_MISSION}:
        return Mandate()
    return Mandate(
        resolution=agency.mandate_resolution or None,
        paragraph=agency.mandate_paragraph or None,
        paragraph_verified=agency.mandate_verified,
        cooperation_resolution=agency.cooperation_resolution or None,
        cooperation_paragraph=agency.cooperation_paragraph or None,
        cooperation_verified=agency.cooperation_verified,
        committee=agency.committee or None,
    )


def _addressee(referral: Referral, told: ReferralContent) -> Addressee:
    country = referral.addressee_country
    own = (AddresseeReason(code="other", text=referral.why_addressee),) if referral.why_addressee else ()
    # Of items first, then of each incident in turn; a reason that several give stands once.
    reasons = [
        *reasons_for_asking(country, told.items, told.observation, told.papers),
        *(reason for part in told.further for reason in reasons_for_asking(country, (), part.observation, part.papers)),
    ]
    return Addressee(
        country=country,
        contact=Contact(**{name: referral.addressee_contact.get(name) or None for name in _CONTACT}),
        reasons=(*own, *dict.fromkeys(reasons)),
    )


def _measures(run: ScreeningRun | None, agency: Agency, line_of: dict[int, int]) -> Iterator[MeasureEngaged]:
    if run is None:
        return
    findings = Finding.objects.filter(incident=run.incident_id, is_current=True).order_by("measure")
    order = [Outcome.INDICATED, Outcome.EXEMPTION_CLAIMED, Outcome.POSSIBLE]
    for finding in sorted(findings, key=lambda finding: order.index(Outcome(finding.outcome))):
        lines = tuple(sorted(line_of[index] for index in finding.items if index in line_of))
        if _goes_into_letters(finding) and (lines or not finding.items):
            yield _measure(finding, agency, lines)


def _goes_into_letters(finding: Finding) -> bool:
    """Return whether a letter may show the finding: not rejected, and resting on more than the place alone (R2).

    A decision holds over later screenings; where a rejected finding asks again, it stays out until it is answered.
    """
    if finding.review == ReviewState.REJECTED:
        return False
    if finding.review == ReviewState.ASKS_AGAIN:
        earlier = find_decision(finding)
        if earlier is not None and earlier.decision == ReviewDecision.REJECTED:
            return False
    return finding.tie != Tie.PLACE or finding.review == ReviewState.CONFIRMED


def _measure(finding: Finding, agency: Agency, lines: tuple[int, ...]) -> MeasureEngaged:
    document, basis = finding.document, finding.document["legal_basis"]
    return MeasureEngaged(
        regime=finding.regime,
        regime_name=_regime_name(finding.regime),
        measure=finding.measure,
        resolution=basis["resolution"],
        paragraph=basis["paragraph"],
        paragraph_verified=basis["paragraph_verified"],
        outcome=finding.outcome,
        status=finding.status,
        is_relied_on=not (
            finding.status == MeasureStatus.CONTESTED and agency.contested_reading == ContestedReading.CONTESTING
        ),
        tie=finding.tie or None,
        lines=lines,
        amended_by=tuple(
            Amendment(resolution=later["resolution"], paragraph=later["paragraph"], effect=later["as"])
            for later in basis["amended_by"]
        ),
        rationale=tuple(_reason(reason) for reason in document["rationale"]),
        unknowns=tuple(document["unknowns"]),
    )


def _reason(reason: Document) -> Reason:
    return Reason(
        condition=reason["condition"],
        satisfied=reason["satisfied"],
        fact=reason["fact"] or None,
        rule=reason["rule"],
        params=tuple(sorted(reason["params"].items())),
        text=reason["text"],
    )


def _considered(result: Document) -> Iterator[MeasureConsidered]:
    for entry in result.get("considered", ()):
        yield MeasureConsidered(
            regime_name=_regime_name(entry["regime"]),
            measure=entry["measure"],
            rule=entry["rule"],
            params=tuple(sorted(entry["params"].items())),
            text=entry["because"],
        )


def _regime_name(regime: str) -> str:
    try:
        return current_rulebook().regime(regime).name
    except KeyError:
        # A run under an older rulebook may name a regime that is no longer in it.
        return regime


def _versions(result: Document) -> Iterator[DataVersion]:
    for name in ("rulebook", "zones"):
        if version := result.get(name):
            yield DataVersion(name=name, version=version["version"], digest=version["digest"])
    for used in result.get("lists", ()):
        yield DataVersion(name=used["name"], version=used["generated"], digest=used["digest"])
    if digest := result.get("facts_digest"):
        yield DataVersion(name="facts", version=None, digest=digest)
