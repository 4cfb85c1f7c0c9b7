"""The only doors by which an officer reaches an object, and the one scope behind lists, counts and documents.

An agency sees its own. It sees more by a grant, by taking part in a joint operation, or as a panel by its mandate and a
State's release; of all this only what the officer is cleared for. What may not be known of is answered as if it did not
exist. Why it is so, and what it does not cover, stands in docs/decisions/0014.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, TypedDict, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from cases.choices import CustodyKind, EvidenceState, HolderKind, RedactionLevel, ReviewState, SharingLevel
from cases.errors import NotAllowed, NotFound
from cases.models import (
    CALENDAR_SCOPE,
    READ_SCOPE,
    Agency,
    ApiToken,
    Case,
    CaseIncident,
    CaseNote,
    CaseTask,
    CustodyEvent,
    Dispatch,
    Evidence,
    Exhibit,
    Finding,
    FoldedMark,
    FurtherIncident,
    Grant,
    Holding,
    Incident,
    IncidentState,
    JointOperation,
    Leg,
    MarkingPractice,
    MarkReading,
    MarkSettlement,
    Notification,
    Obligation,
    Officer,
    OfficerSession,
    OperationIncident,
    Placement,
    PointOfContact,
    PointOfDiversion,
    PublishedStatistic,
    Referral,
    ReferralQuerySet,
    RegisterEntry,
    RegisterLookup,
    RegisterVersion,
    Release,
    ReplyLink,
    Rescreening,
    RescreeningChange,
    Right,
    SavedFilter,
    SeizedItem,
    Store,
    TemplatePack,
)
from cases.models.mark_reading import READERS
from cases.redaction import Sight
from cases.row_scope import NOBODY, RowScope

Written = TypeVar("Written", CaseTask, CaseNote)

READ: Final = READ_SCOPE
CALENDAR: Final = CALENDAR_SCOPE
RECORD: Final = Right.RECORD
EDIT: Final = Right.EDIT
REVIEW: Final = Right.REVIEW
OVERRIDE: Final = Right.OVERRIDE
REFER: Final = Right.REFER
ISSUE: Final = Right.ISSUE
APPROVE_OWN: Final = Right.APPROVE_OWN
EXPORT: Final = Right.EXPORT
SEE_NOMINAL: Final = Right.SEE_NOMINAL
ADMINISTER: Final = Right.ADMINISTER
MAINTAIN: Final = Right.MAINTAIN

# What may be done to another agency's incident: whoever contributes adds and corrects; a panel to which it was released
# asks States about it; whoever may only read does neither.
OF_CONTRIBUTORS: Final = frozenset({RECORD, EDIT, REFER, ISSUE, EXPORT})
OF_PANELS: Final = frozenset({REFER, ISSUE, EXPORT})
OF_READERS: Final = frozenset({EXPORT})
# What is written in a case may tell of any incident of it, so that it bears the caveats of them all. Asked of the
# database's owner: whoever is not cleared for an incident does not see that there is one.
_CAVEATS_OF_CASE: Final[dict[str, Any]] = {
    "function": "cases_caveats_of_case",
    "output_field": ArrayField(CharField()),
}


def require(officer: Officer, right: Right) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless active in one, and with the right."""
    agency = agency_of(officer)
    if right not in officer.rights:
        raise NotAllowed(role=officer.role)
    return agency


def agency_of(officer: Officer) -> Agency:
    """Return the agency that the officer belongs to; NotAllowed where there is none."""
    if not officer.is_active or officer.agency is None:
        raise NotAllowed(role=officer.role)
    return officer.agency


def require_reader(officer: Officer) -> Agency:
    """Return the agency the officer reads for; NotAllowed unless active in one."""
    if not officer.is_active or officer.agency is None:
        raise NotAllowed(role=officer.role)
    return officer.agency


def require_leader(officer: Officer) -> Agency:
    """Return the agency whose officers' work this one deals out: its supervisors and administrators may."""
    return require(officer, OVERRIDE if OVERRIDE in officer.rights else ADMINISTER)


def require_on(officer: Officer, right: Right, incident: Incident) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless the right reaches that incident.

    The officer must have been shown the incident by a door.
    """
    agency = require(officer, right)
    if incident.agency_id == agency.pk:
        return agency
    if right in OF_READERS or (right in OF_CONTRIBUTORS and _contributes(agency, incident)):
        return agency
    if right in OF_PANELS and _released(agency).filter(incident=incident).exists():
        return agency
    raise NotAllowed(role=officer.role)


def require_nominal(officer: Officer, incident: Incident) -> None:
    """Raise NotAllowed unless the officer may read names and papers of persons in an incident that a door has shown."""
    if not sight_of(officer, incident).with_nominal:
        raise NotAllowed(role=officer.role)


def require_level(officer: Officer, level: RedactionLevel, incident: Incident) -> None:
    """Raise NotAllowed unless the officer may let out what the level shows of an incident that a door has shown."""
    if level == RedactionLevel.FULL:
        require_on(officer, EXPORT, incident)
        require_nominal(officer, incident)


def require_level_of_letter(officer: Officer, level: RedactionLevel, referral: Referral) -> None:
    """Raise NotAllowed unless the officer may let out what the level shows of each incident that a letter tells of."""
    for incident in referral.told_incidents:
        require_level(officer, level, incident)


def require_on_case(officer: Officer, right: Right, case: Case) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless the case is its own, or it was asked to contribute.

    The officer must have been shown the case by a door.
    """
    agency = require(officer, right)
    grants = _standing_grants(agency).filter(case=case, level=SharingLevel.CONTRIBUTE)
    if case.agency_id == agency.pk or grants.exists():
        return agency
    raise NotAllowed(role=officer.role)


def require_own(officer: Officer, right: Right, record: Incident | Case | CaseTask | Referral | Obligation) -> Agency:
    """Return the agency the officer acts for; NotAllowed for a record that was only shown to it."""
    agency = require(officer, right)
    if record.agency_id != agency.pk:
        raise NotAllowed(role=officer.role)
    return agency


def scope_of(officer: Officer) -> RowScope:
    """Return what the database itself shows to the officer's requests, should anything ask around these doors."""
    if not officer.is_active or officer.agency_id is None:
        return NOBODY._replace(officer=officer.pk)
    return RowScope("agency", officer.agency_id, tuple(officer.caveats), officer.pk)


# --- what an officer may know of --------------------------------------------------------------------------------------


def incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents that the officer may know of."""
    agency = officer.agency
    if not officer.is_active or agency is None:
        return Incident.objects.none()
    known = Q(agency_id=agency.pk)
    if agency.receives_shares:
        known |= _shared_with(agency)
    return Incident.objects.filter(known, _cleared(officer, "caveats"))


def own_incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents that the officer's own agency recorded and that the officer is cleared for."""
    if not officer.is_active or officer.agency_id is None:
        return Incident.objects.none()
    return Incident.objects.filter(_cleared(officer, "caveats"), agency=officer.agency_id)


def nominal_incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents of which the officer may read names, papers and addresses of persons too."""
    return incidents_for(officer).filter(names_are_readable(officer))


def names_are_readable(officer: Officer) -> Q:
    """Return the condition that the officer may read names in an incident, if the officer may know of it at all."""
    agency = officer.agency
    if SEE_NOMINAL not in officer.rights or agency is None:
        return Q(pk__in=())
    known = Q(agency_id=agency.pk)
    if agency.receives_shares:
        known |= _shared_with(agency, with_nominal=True)
    return known


def shared_incidents_for(officer: Officer) -> QuerySet[Incident]:
    """Return, of the incidents that the officer may know of, those of other agencies.

    Read by their keys, which are few: `incidents_for` would look at each of the own agency's to tell that it is none.
    """
    agency = officer.agency
    if not officer.is_active or agency is None or not agency.receives_shares:
        return Incident.objects.none()
    keys: set[int] = set()
    for incidents in _shared(agency.pk, tuple(agency.mandate_regimes), with_nominal=False):
        keys.update(row["incident"] for row in incidents)
    return Incident.objects.filter(_cleared(officer, "caveats"), pk__in=keys).exclude(agency_id=agency.pk)


def agency_of_sums_for(officer: Officer) -> int | None:
    """Return the key of the agency whose sums the officer may read: its own. They count what bears no caveat."""
    return officer.agency_id if officer.is_active else None


def open_legs_for(officer: Officer) -> QuerySet[Leg]:
    """Return the legs that the sums of the officer's own agency count."""
    agency = agency_of_sums_for(officer)
    return Leg.objects.none() if agency is None else Leg.objects.filter(agency=agency, is_open=True)


def incidents_beside_open_for(officer: Officer) -> QuerySet[Incident]:
    """Return the incidents that the officer may know of and that no sum of his agency counts."""
    closed = Placement.objects.filter(agency=agency_of_sums_for(officer), is_open=False).values("pk")
    own = incidents_for(officer).filter(pk__in=closed).values("pk")
    keys = {*own.values_list("pk", flat=True), *shared_incidents_for(officer).values_list("pk", flat=True)}
    return Incident.objects.filter(pk__in=keys)


def findings_for(officer: Officer) -> QuerySet[Finding]:
    """Return the findings on incidents that the officer may know of."""
    return Finding.objects.filter(incident__in=incidents_for(officer))


def marks_for(officer: Officer) -> QuerySet[FoldedMark]:
    """Return the marks, as they are searched, of incidents that the officer may know of."""
    return FoldedMark.objects.filter(incident__in=incidents_for(officer))


def changes_for(officer: Officer) -> QuerySet[RescreeningChange]:
    """Return what re-screenings changed on incidents of the officer's own agency that the officer may know of."""
    return RescreeningChange.objects.filter(incident__in=incidents_for(officer), incident__agency=officer.agency_id)


def mark_readings_for(officer: Officer) -> QuerySet[MarkReading]:
    """Return the readings of marks that the officer may see: the own, and both of a round once both are given.

    Whoever saw the first could no more be the second reader.
    """
    twice = MarkReading.objects.filter(item=OuterRef("item"), round=OuterRef("round"), place=READERS)
    return MarkReading.objects.filter(Q(reader=officer) | Q(Exists(twice)), incident__in=incidents_for(officer))


def mark_settlements_for(officer: Officer) -> QuerySet[MarkSettlement]:
    """Return what was settled of readings on incidents that the officer may know of."""
    return MarkSettlement.objects.filter(incident__in=incidents_for(officer))


def incidents_to_read_for(officer: Officer) -> QuerySet[Incident]:
    """Return the own agency's incidents whose photographs the officer may read marks from; none without the rights."""
    if RECORD not in officer.rights:
        return Incident.objects.none()
    own = nominal_incidents_for(officer).filter(agency=officer.agency_id)
    return own.exclude(state=IncidentState.VOID.value)


def rescreenings_for(officer: Officer) -> QuerySet[Rescreening]:
    """Return the re-screenings; they are the installation's, and say of each agency's incidents nothing to others."""
    return Rescreening.objects.all() if officer.is_active else Rescreening.objects.none()


def referrals_for(officer: Officer) -> ReferralQuerySet:
    """Return the referrals that the officer's agency opened or was shown, on what the officer is cleared for.

    One over several incidents is seen only by who may know of each of them.
    """
    agency = officer.agency
    if not officer.is_active or agency is None:
        return Referral.objects.none()
    known = Q(agency_id=agency.pk)
    if agency.receives_shares:
        known |= Q(pk__in=_standing_grants(agency).filter(referral__isnull=False).values("referral"))
    seen = incidents_for(officer)
    unseen = FurtherIncident.objects.exclude(incident__in=seen, referral__incident__in=seen)
    return Referral.objects.filter(
        known, _cleared(officer, "incident__caveats"), ~Exists(unseen.filter(referral=OuterRef("pk")))
    )


def dispatches_for(officer: Officer) -> QuerySet[Dispatch]:
    """Return the sendings of referrals that the officer may know of."""
    return Dispatch.objects.filter(referral__in=referrals_for(officer))


def cases_for(officer: Officer) -> QuerySet[Case]:
    """Return the cases that the officer's agency opened or was shown."""
    agency = officer.agency
    if not officer.is_active or agency is None:
        return Case.objects.none()
    known = Q(agency_id=agency.pk)
    if agency.receives_shares:
        known |= Q(pk__in=_standing_grants(agency).filter(case__isnull=False).values("case"))
    return Case.objects.filter(known)


def nominal_cases_for(officer: Officer) -> QuerySet[Case]:
    """Return the cases whose notes the officer may read: they may tell of persons."""
    agency = officer.agency
    if SEE_NOMINAL not in officer.rights or agency is None:
        return Case.objects.none()
    known = Q(agency_id=agency.pk)
    if agency.receives_shares:
        known |= Q(pk__in=_standing_grants(agency).filter(case__isnull=False, with_nominal=True).values("case"))
    return cases_for(officer).filter(known)


def tasks_for(officer: Officer) -> QuerySet[CaseTask]:
    """Return the tasks of the own agency's cases: how it deals out its work is nobody else's affair."""
    if not officer.is_active or officer.agency_id is None:
        return CaseTask.objects.none()
    return _cleared_for_case(officer, CaseTask.objects.filter(agency=officer.agency_id), "made_by")


def tasks_watched_by(officer: Officer) -> QuerySet[CaseTask]:
    """Return the tasks whose day the officer has to mind: those given to that officer; to supervisors, all."""
    tasks = tasks_for(officer)
    return tasks if OVERRIDE in officer.rights else tasks.filter(handed_to=officer)


def notes_for(officer: Officer) -> QuerySet[CaseNote]:
    """Return the notes in cases that the officer may know of; what they say takes the right to see names."""
    return _cleared_for_case(officer, CaseNote.objects.filter(case__in=cases_for(officer)), "written_by")


def sees_work_in(officer: Officer, case: Case) -> bool:
    """Return whether the officer is cleared for all that may be written in a case that a door has shown."""
    caveats = Case.objects.alias(case_caveats=Func(F("pk"), **_CAVEATS_OF_CASE)).filter(pk=case.pk)
    return caveats.filter(case_caveats__contained_by=officer.caveats).exists()


def operations_for(officer: Officer) -> QuerySet[JointOperation]:
    """Return the joint operations that the officer's agency leads or takes part in."""
    if not officer.is_active or officer.agency_id is None:
        return JointOperation.objects.none()
    part = Q(memberships__agency=officer.agency_id, memberships__left_at__isnull=True)
    return JointOperation.objects.filter(pk__in=JointOperation.objects.filter(part).values("pk"))


def obligations_for(officer: Officer) -> QuerySet[Obligation]:
    """Return what the officer's own agency has to see to, of incidents that the officer may know of."""
    return Obligation.objects.filter(incident__in=incidents_for(officer), agency=officer.agency_id)


class OwnRecords(TypedDict):
    """What an officer may know of among the own agency's records."""

    incidents: QuerySet[Incident]
    referrals: QuerySet[Referral]
    cases: QuerySet[Case]
    obligations: QuerySet[Obligation]
    tasks: QuerySet[CaseTask]


def own_records_for(officer: Officer) -> OwnRecords:
    """Return the records of the officer's own agency that the officer may know of."""
    agency = officer.agency_id
    return {
        "incidents": own_incidents_for(officer),
        "referrals": referrals_for(officer).filter(agency=agency),
        "cases": cases_for(officer).filter(agency=agency),
        "obligations": obligations_for(officer),
        "tasks": tasks_for(officer),
    }


def grants_for(officer: Officer) -> QuerySet[Grant]:
    """Return the grants that the officer's agency gave, of what the officer is cleared for."""
    agency = officer.agency_id
    if not officer.is_active or agency is None:
        return Grant.objects.none()
    given = (
        Q(_cleared(officer, "incident__caveats"), incident__agency=agency)
        | Q(case__agency=agency)
        | Q(referral__in=referrals_for(officer).filter(agency=agency))
    )
    return Grant.objects.filter(given)


def releases_for(officer: Officer) -> QuerySet[Release]:
    """Return the releases to panels that the officer's agency made, of what the officer is cleared for."""
    agency = officer.agency_id
    if not officer.is_active or agency is None:
        return Release.objects.none()
    return Release.objects.filter(_cleared(officer, "incident__caveats"), incident__agency=agency)


# --- by what more is seen ---------------------------------------------------------------------------------------------


def _shared_with(agency: Agency, *, with_nominal: bool = False) -> Q:
    """Return the incidents shared with the agency; ``with_nominal`` narrows them to those shared with nominal data."""
    condition = Q()
    for incidents in _shared(agency.pk, tuple(agency.mandate_regimes), with_nominal=with_nominal):
        condition |= Q(pk__in=incidents)
    return condition


@lru_cache(maxsize=1024)
def _shared(agency_id: int, mandate: tuple[str, ...], *, with_nominal: bool) -> tuple[QuerySet[Any, Any], ...]:
    """Return the keys of incidents shared with the agency, by each way of sharing.

    To put these questions together takes longer than most of what asks them, so they are kept, none of them answered.
    """
    agency = Agency(pk=agency_id, mandate_regimes=list(mandate))
    only = {"with_nominal": True} if with_nominal else {}
    grants, released, entries = _standing_grants(agency), _released(agency), _operation_entries(agency)
    return (
        grants.filter(incident__isnull=False, **only).values("incident"),
        _joined_in_granted(grants.filter(**only)).values("incident"),
        released.filter(**only).values("incident"),
        entries.filter(**only).values("incident"),
    )


def _cleared(officer: Officer, caveats: str) -> Q:
    """Return that the officer is cleared for all caveats; that hardly any record has one, the planner sees only so."""
    return Q(**{caveats: []}) | Q(**{f"{caveats}__contained_by": officer.caveats})


def _cleared_for_case(officer: Officer, written: QuerySet[Written], by: str) -> QuerySet[Written]:
    """Return what the officer is cleared for of all incidents of its case, or has written."""
    cleared = Q(**{by: officer}) | Q(case_caveats__contained_by=officer.caveats)
    return written.alias(case_caveats=Func(F("case_id"), **_CAVEATS_OF_CASE)).filter(cleared)


def _standing_grants(agency: Agency) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=Now()), grantee=agency, ended_at__isnull=True)


def _joined_in_granted(grants: QuerySet[Grant]) -> QuerySet[CaseIncident]:
    """Return what granted cases join of their own agency's: an incident shown to it is not its to show on.

    Nor does a merger show what came with the other case.
    """
    return CaseIncident.objects.filter(
        case__in=grants.filter(case__isnull=False).values("case"),
        incident__agency=F("case__agency"),
        merged_from__isnull=True,
    )


def _released(agency: Agency) -> QuerySet[Release]:
    """Return what was released to a panel and a confirmed finding brings under a regime of its mandate."""
    engaging = Finding.objects.filter(
        is_current=True, review=ReviewState.CONFIRMED, regime__in=agency.mandate_regimes
    ).values("incident")
    return Release.objects.filter(panel=agency, ended_at__isnull=True, incident__in=engaging)


def _operation_entries(agency: Agency) -> QuerySet[OperationIncident]:
    """Return what was put into operations that the agency takes part in, while they last."""
    return OperationIncident.objects.filter(
        ended_at__isnull=True,
        operation__ended_at__isnull=True,
        operation__memberships__agency=agency,
        operation__memberships__left_at__isnull=True,
    )


def _contributes(agency: Agency, incident: Incident) -> bool:
    """Whether the agency may add to and correct another's incident."""
    grants = _standing_grants(agency).filter(level=SharingLevel.CONTRIBUTE)
    return (
        grants.filter(incident=incident).exists()
        or _joined_in_granted(grants).filter(incident=incident).exists()
        or _operation_entries(agency).filter(incident=incident, operation__lead=agency).exists()
    )


# --- doors ------------------------------------------------------------------------------------------------------------


def access_incident(officer: Officer, reference: str) -> Incident:
    """Return the incident; NotFound also where it belongs to others."""
    incident = incidents_for(officer).filter(reference=reference).first()
    if incident is None:
        raise NotFound(thing="incident")
    return incident


def sight_of(officer: Officer, incident: Incident) -> Sight:
    """Return how the officer sees an incident that a door has shown."""
    if incident.agency_id == officer.agency_id:
        return Sight(is_own=True, with_nominal=SEE_NOMINAL in officer.rights)
    is_nominal = nominal_incidents_for(officer).filter(pk=incident.pk).exists()
    return Sight(is_own=False, with_nominal=is_nominal)


def access_finding(officer: Officer, finding_id: UUID) -> Finding:
    """Return the finding; NotFound also where it belongs to others."""
    finding = findings_for(officer).filter(pk=finding_id).select_related("incident").first()
    if finding is None:
        raise NotFound(thing="finding")
    return finding


def access_case(officer: Officer, reference: str) -> Case:
    """Return the case; NotFound also where it belongs to others."""
    case = cases_for(officer).filter(reference=reference).first()
    if case is None:
        raise NotFound(thing="case")
    return case


def access_task(officer: Officer, reference: str) -> CaseTask:
    """Return the task; NotFound also where it is another agency's."""
    task = tasks_for(officer).filter(reference=reference).select_related("case").first()
    if task is None:
        raise NotFound(thing="task")
    return task


def access_note(officer: Officer, case: Case, reference: str) -> CaseNote:
    """Return the note of a case that a door has shown; NotFound also where the officer may not read it."""
    note = notes_for(officer).filter(case=case, reference=reference).first()
    if note is None:
        raise NotFound(thing="note")
    return note


def access_rescreening(officer: Officer, rescreening_id: int) -> Rescreening:
    """Return the re-screening; raises NotFound."""
    rescreening = rescreenings_for(officer).filter(pk=rescreening_id).first()
    if rescreening is None:
        raise NotFound(thing="re-screening")
    return rescreening


def access_referral(officer: Officer, reference: str) -> Referral:
    """Return the referral; NotFound also where it belongs to others."""
    referral = referrals_for(officer).filter(reference=reference).select_related("incident").first()
    if referral is None:
        raise NotFound(thing="referral")
    return referral


def access_obligation(officer: Officer, reference: str) -> Obligation:
    """Return the obligation; NotFound also where it is another agency's."""
    obligation = obligations_for(officer).filter(reference=reference).select_related("incident").first()
    if obligation is None:
        raise NotFound(thing="obligation")
    return obligation


def points_of_diversion_for(officer: Officer) -> QuerySet[PointOfDiversion]:
    """Return what the officer's own agency concluded on items of incidents that the officer may know of."""
    return PointOfDiversion.objects.filter(item__incident__in=incidents_for(officer), agency=officer.agency_id)


def published_statistics_for(officer: Officer) -> QuerySet[PublishedStatistic]:
    """Return what the officer's own agency has published."""
    return PublishedStatistic.objects.filter(agency=officer.agency_id)


def access_published_statistic(officer: Officer, reference: str) -> PublishedStatistic:
    """Return the publication; NotFound also where it is another agency's."""
    published = published_statistics_for(officer).filter(reference=reference).first()
    if published is None:
        raise NotFound(thing="published statistic")
    return published


def reply_links_for(officer: Officer) -> QuerySet[ReplyLink]:
    """Return the links to the own agency's referrals: whom else a referral is shown to does not learn who has one."""
    referrals = referrals_for(officer).filter(agency=officer.agency_id)
    return ReplyLink.objects.filter(referral__in=referrals)


def access_reply_link(officer: Officer, link_id: int) -> ReplyLink:
    """Return a link to one of the own agency's referrals; NotFound for any other."""
    link = reply_links_for(officer).filter(pk=link_id).select_related("referral__incident").first()
    if link is None:
        raise NotFound(thing="link")
    return link


# --- registers --------------------------------------------------------------------------------------------------------


def register_versions_for(officer: Officer) -> QuerySet[RegisterVersion]:
    """Return the imports of the registers of the officer's own agency."""
    if not officer.is_active or officer.agency_id is None:
        return RegisterVersion.objects.none()
    return RegisterVersion.objects.filter(agency_id=officer.agency_id)


def register_entries_for(officer: Officer) -> QuerySet[RegisterEntry]:
    """Return what stands in the registers of the officer's own agency; whose it is takes the right to see names."""
    if not officer.is_active or officer.agency_id is None:
        return RegisterEntry.objects.none()
    return RegisterEntry.objects.filter(agency_id=officer.agency_id, ended_in__isnull=True)


def register_lookups_for(officer: Officer) -> QuerySet[RegisterLookup]:
    """Return the look-ups in own registers that officers of the agency made."""
    if not officer.is_active or officer.agency_id is None:
        return RegisterLookup.objects.none()
    return RegisterLookup.objects.filter(agency_id=officer.agency_id)


def contacts_for(officer: Officer) -> QuerySet[PointOfContact]:
    """Return the points of contact; they are the installation's, and every officer reads them."""
    return PointOfContact.objects.all() if officer.is_active else PointOfContact.objects.none()


def access_contact(officer: Officer, contact_id: int) -> PointOfContact:
    """Return the point of contact; raises NotFound."""
    contact = contacts_for(officer).select_related("changed_by__agency").filter(pk=contact_id).first()
    if contact is None:
        raise NotFound(thing="contact")
    return contact


def marking_practices_for(officer: Officer) -> QuerySet[MarkingPractice]:
    """Return how States mark; this is the installation's, and every officer reads it."""
    return MarkingPractice.objects.all() if officer.is_active else MarkingPractice.objects.none()


def template_packs_for(officer: Officer) -> QuerySet[TemplatePack]:
    """Return the versions of the template pack of the officer's own agency; its administrators keep them."""
    return TemplatePack.objects.filter(agency=require(officer, ADMINISTER))


def access_template_pack(officer: Officer, version: int) -> TemplatePack:
    """Return a version of the agency's template pack; raises NotFound."""
    rows = template_packs_for(officer).select_related("agency", "recorded_by")
    if (pack := rows.filter(version=version).first()) is None:
        raise NotFound(thing="template pack")
    return pack


def sees_holders(officer: Officer) -> bool:
    """Return whether the officer may read who holds or held an arm by an own register."""
    return SEE_NOMINAL in officer.rights


def access_operation(officer: Officer, reference: str) -> JointOperation:
    """Return the joint operation; NotFound also where the agency takes no part in it."""
    operation = operations_for(officer).filter(reference=reference).first()
    if operation is None:
        raise NotFound(thing="operation")
    return operation


def access_grant(officer: Officer, grant_id: int) -> Grant:
    """Return a grant that the officer's agency gave; NotFound for any other."""
    grant = grants_for(officer).filter(pk=grant_id).first()
    if grant is None:
        raise NotFound(thing="grant")
    return grant


def access_release(officer: Officer, release_id: int) -> Release:
    """Return a release that the officer's agency made; NotFound for any other."""
    release = releases_for(officer).filter(pk=release_id).first()
    if release is None:
        raise NotFound(thing="release")
    return release


def known_evidence(officer: Officer) -> QuerySet[Evidence]:
    """Return the evidence on incidents that the officer may know of, what was withdrawn included."""
    return Evidence.objects.filter(incident__in=incidents_for(officer))


def evidence_for(officer: Officer) -> QuerySet[Evidence]:
    """Return the evidence that the officer may know of; what was withdrawn, to supervisors of its agency alone."""
    still_there = ~Q(state=EvidenceState.WITHDRAWN.value)
    if OVERRIDE in officer.rights and officer.agency_id is not None:
        still_there |= Q(incident__agency_id=officer.agency_id)
    return known_evidence(officer).filter(still_there)


def access_evidence(officer: Officer, evidence_uuid: UUID) -> Evidence:
    """Return the evidence; NotFound also where it belongs to others."""
    found = evidence_for(officer).filter(uuid=evidence_uuid).select_related("incident").first()
    if found is None:
        raise NotFound(thing="evidence")
    return found


def sees_content_of_evidence(officer: Officer, incident: Incident) -> bool:
    """Return whether the officer may look at the incident's files and read their names: they may tell of persons."""
    return sight_of(officer, incident).with_nominal


def pictured_in_letter(officer: Officer, referral: Referral) -> list[Incident]:
    """Return of which incidents that a letter tells of the officer may look at the files."""
    return [incident for incident in referral.told_incidents if sees_content_of_evidence(officer, incident)]


def stores_for(officer: Officer) -> QuerySet[Store]:
    """Return the stores of the officer's agency."""
    if not officer.is_active or officer.agency_id is None:
        return Store.objects.none()
    return Store.objects.filter(agency_id=officer.agency_id)


def exhibits_for(officer: Officer) -> QuerySet[Exhibit]:
    """Return the exhibits of incidents that the officer may know of, and those that the agency holds."""
    if not officer.is_active or officer.agency_id is None:
        return Exhibit.objects.none()
    held = Holding.objects.filter(holder_agency_id=officer.agency_id, exhibit__isnull=False)
    return Exhibit.objects.filter(Q(incident__in=incidents_for(officer)) | Q(pk__in=held.values("exhibit_id")))


def holdings_for(officer: Officer) -> QuerySet[Holding]:
    """Return the whereabouts of what the agency holds, and of all from incidents that the officer may know of."""
    if not officer.is_active or officer.agency_id is None:
        return Holding.objects.none()
    return Holding.objects.filter(Q(incident__in=incidents_for(officer)) | Q(holder_agency_id=officer.agency_id))


def handovers_for(officer: Officer) -> QuerySet[CustodyEvent]:
    """Return the handovers offered to the officer, or to the agency or a store of it."""
    if not officer.is_active or officer.agency_id is None:
        return CustodyEvent.objects.none()
    mine = Q(holder_officer=officer) | ~Q(holder_kind=HolderKind.OFFICER.value)
    return CustodyEvent.objects.filter(mine, kind=CustodyKind.HANDED_OVER, holder_agency_id=officer.agency_id)


def handovers_offered_to(officer: Officer, *, reader: Officer) -> QuerySet[CustodyEvent]:
    """Return the handovers offered to that officer by name, on incidents that the reader may know of."""
    offered = CustodyEvent.objects.filter(kind=CustodyKind.HANDED_OVER, holder_officer=officer)
    return offered.filter(incident__in=incidents_for(reader))


def require_custody(officer: Officer, subject: SeizedItem | Exhibit) -> Agency:
    """Return the agency the officer acts for; NotAllowed unless it holds the subject, or may add to its incident."""
    agency = require(officer, RECORD)
    kept = {"item": subject} if isinstance(subject, SeizedItem) else {"exhibit": subject}
    if Holding.objects.filter(holder_agency_id=agency.pk, **kept).exists():
        return agency
    return require_on(officer, RECORD, subject.incident)


def sees_names_in_custody(officer: Officer, incident_id: int) -> bool:
    """Return whether the officer may read who held and witnessed: only where the incident's own names may be read."""
    incident = incidents_for(officer).filter(pk=incident_id).first()
    return incident is not None and sight_of(officer, incident).with_nominal


def access_item(officer: Officer, reference: str, item: str) -> SeizedItem:
    """Return an incident's item by its position or its id; NotFound also where it belongs to others."""
    items = SeizedItem.objects.filter(incident=access_incident(officer, reference))
    found = items.filter(position=int(item)) if item.isdigit() else items.filter(item_uuid=UUID(item))
    if (row := found.first()) is None:
        raise NotFound(thing="item")
    return row


def access_exhibit(officer: Officer, code: str) -> Exhibit:
    """Return the exhibit; NotFound also where it belongs to others."""
    exhibit = exhibits_for(officer).filter(code=code).first()
    if exhibit is None:
        raise NotFound(thing="exhibit")
    return exhibit


def access_holding(officer: Officer, holding_id: UUID) -> SeizedItem | Exhibit:
    """Return the item or exhibit whose whereabouts these are; NotFound also where it belongs to others."""
    holding = holdings_for(officer).filter(holding_id=holding_id).select_related("item", "exhibit").first()
    subject = None if holding is None else holding.exhibit or holding.item
    if subject is None:
        raise NotFound(thing="item")
    return subject


def access_handover(officer: Officer, handover_id: UUID) -> CustodyEvent:
    """Return a handover offered to the officer or by the officer; NotFound for anybody else's."""
    offered = CustodyEvent.objects.filter(kind=CustodyKind.HANDED_OVER, event_id=handover_id)
    mine = offered.filter(by=officer, by_agency_id=officer.agency_id) if officer.is_active else offered.none()
    handover = (handovers_for(officer) & offered).first() or mine.first()
    if handover is None:
        raise NotFound(thing="handover")
    return handover


def known_references(officer: Officer, incident_ids: Iterable[int]) -> dict[int, str]:
    """Return the references of those incidents that the officer may know of; of the rest nothing is told."""
    known = incidents_for(officer).filter(pk__in=set(incident_ids))
    return dict(known.values_list("pk", "reference"))


def officers_for(officer: Officer) -> QuerySet[Officer]:
    """Return the officers whom this one administers: those of the same agency, never who runs the installation."""
    agency = require(officer, ADMINISTER)
    officers = Officer.objects.filter(agency=agency)
    return officers if officer.is_superuser else officers.filter(is_superuser=False)


def access_officer(officer: Officer, username: str) -> Officer:
    """Return the officer of that name; NotFound also where it is another agency's."""
    found = officers_for(officer).filter(username=username).select_related("agency").first()
    if found is None:
        raise NotFound(thing="officer")
    return found


def access_colleague(officer: Officer, username: str) -> Officer:
    """Return the officer of that name, whose work this one deals out; NotFound also where it is another agency's."""
    agency = require_leader(officer)
    found = Officer.objects.filter(agency=agency, username=username, is_superuser=False).first()
    if found is None:
        raise NotFound(thing="officer")
    return found


def colleagues_of(officer: Officer) -> QuerySet[Officer]:
    """Return the officers of the own agency whose work this one deals out, its own among them."""
    return Officer.objects.admitted().filter(agency=require_leader(officer), is_superuser=False)


def access_receiver(officer: Officer, username: str) -> Officer:
    """Return an officer of the own agency to whom a task may be given; NotFound for anybody else."""
    found = Officer.objects.admitted().filter(agency=agency_of(officer), username=username, is_superuser=False).first()
    if found is None:
        raise NotFound(thing="officer")
    return found


def saved_filters_for(officer: Officer) -> QuerySet[SavedFilter]:
    """Return the filters that the officer saved, and those that colleagues of the agency share."""
    if not officer.is_active or officer.agency_id is None:
        return SavedFilter.objects.none()
    return SavedFilter.objects.filter(Q(is_shared=True) | Q(officer=officer), agency=officer.agency_id)


def access_saved_filter(officer: Officer, filter_id: int) -> SavedFilter:
    """Return the saved filter; NotFound also where it is another's that is not shared."""
    found = saved_filters_for(officer).filter(pk=filter_id).first()
    if found is None:
        raise NotFound(thing="saved filter")
    return found


def tokens_for(officer: Officer) -> QuerySet[ApiToken]:
    """Return the officer's own tokens."""
    return ApiToken.objects.filter(officer=officer)


def access_token(officer: Officer, token_id: int) -> ApiToken:
    """Return the officer's own token; raises NotFound."""
    token = tokens_for(officer).filter(pk=token_id).first()
    if token is None:
        raise NotFound(thing="token")
    return token


def sessions_for(officer: Officer) -> QuerySet[OfficerSession]:
    """Return the officer's own sessions."""
    return OfficerSession.objects.filter(officer=officer)


def access_session(officer: Officer, session_id: int) -> OfficerSession:
    """Return the officer's own session; raises NotFound."""
    session = sessions_for(officer).filter(pk=session_id).first()
    if session is None:
        raise NotFound(thing="session")
    return session


def notifications_for(officer: Officer) -> QuerySet[Notification]:
    """Return what the officer was told."""
    return Notification.objects.filter(officer=officer)


def access_notification(officer: Officer, notification_id: int) -> Notification:
    """Return what the officer was told under that number; raises NotFound."""
    notification = notifications_for(officer).filter(pk=notification_id).first()
    if notification is None:
        raise NotFound(thing="notification")
    return notification
