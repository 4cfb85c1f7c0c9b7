"""Row-level security: which rows of which table a transaction reads and writes, by the scope that it has taken.

No migration of its own: a later one takes `guarding` for its tables. No text in it comes from outside. What the
policies say is what `cases.access` says of whole agencies; why it is so, and what it does not cover, stands in
docs/decisions/0015.
"""

from typing import Final, NamedTuple

from cases.migrations._guards import APPLICATION

# Evaluated once a statement, as an InitPlan, however many rows there are.
_ALL: Final = "(SELECT cases_sees_all())"
_OWN: Final = "(SELECT cases_own_agency())"
_INCIDENTS: Final = "(SELECT cases_shared_incidents(cases_own_agency()))"
_CONTRIBUTED: Final = "(SELECT cases_contributed_incidents(cases_own_agency()))"
_ITEMS: Final = "(SELECT cases_kept_items(cases_own_agency()))"
_EXHIBITS: Final = "(SELECT cases_kept_exhibits(cases_own_agency()))"
# Only whoever sees everything: the worker, commands, and a service that says so.
NOBODY: Final = "false"

# What the settings of a transaction say. Whatever is not understood shows nothing. Functions of the owner's at work for
# another role see what they ask; signed in itself, the owner sees no more than others, unless there is no other role.
SCOPES: Final = f"""
CREATE FUNCTION cases_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('cordon.scope', true), '') = 'system'
        OR current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'cases_incident'::regclass)
        AND (session_user <> current_user OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}'))
$$;

CREATE FUNCTION cases_own_agency() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN current_setting('cordon.scope', true) = 'agency'
        THEN nullif(current_setting('cordon.agency', true), '')::bigint END
$$;

CREATE FUNCTION cases_calling_officer() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('cordon.caller', true), '')::bigint
$$;

CREATE FUNCTION cases_clearances() RETURNS varchar[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT json_array_elements_text(nullif(current_setting('cordon.caveats', true), '')::json)::varchar)
$$;
"""  # noqa: S608  # nosec B608


def _asking(name: str, body: str) -> str:
    """Return a function from an agency to keys; it reads as the owner, past the policies, which are what asks it.

    It is asked only where a row is not the agency's own, and then once a statement. In PL/pgSQL, for its plans are kept.
    """
    return f"""
CREATE FUNCTION {name}(asking bigint) RETURNS SETOF bigint LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN QUERY {body}; END $$;
"""


_STANDING: Final = "g.grantee_id = asking AND g.ended_at IS NULL AND (g.until_at IS NULL OR g.until_at > statement_timestamp())"
_JOINED: Final = """
    SELECT j.incident_id FROM cases_grant g JOIN cases_case c ON c.id = g.case_id
    JOIN cases_caseincident j ON j.case_id = c.id
    JOIN cases_incident i ON i.id = j.incident_id AND i.agency_id = c.agency_id"""
_ENTERED: Final = """
    SELECT e.incident_id FROM cases_operationincident e JOIN cases_jointoperation o ON o.id = e.operation_id
    JOIN cases_operationmember m ON m.operation_id = o.id AND m.agency_id = asking AND m.left_at IS NULL
    WHERE e.ended_at IS NULL AND o.ended_at IS NULL"""


# By what an incident itself is shown; `joined` says which of a granted case's incidents its grant shows.
_SHARED: Final = f"""
    SELECT g.incident_id FROM cases_grant g WHERE {_STANDING} AND g.incident_id IS NOT NULL
    UNION {_JOINED} WHERE {{joined}}
    UNION SELECT r.incident_id FROM cases_release r JOIN cases_agency a ON a.id = r.panel_id
    WHERE r.panel_id = asking AND r.ended_at IS NULL AND EXISTS (
        SELECT FROM cases_finding f WHERE f.incident_id = r.incident_id AND f.is_current AND f.review = 'confirmed'
            AND f.regime = ANY (a.mandate_regimes))
    UNION {_ENTERED}
    """  # nosec B608
# Letters opened or shown.
_LETTERS: Final = "(r.agency_id = asking OR r.id IN (SELECT cases_shown_referrals(asking)))"


def _shared_incidents(joined: str) -> str:
    """Return the function for incidents shared; `joined` says which of a granted case's incidents its grant shows."""
    return _asking(
        "cases_shared_incidents",
        f"{_SHARED.format(joined=joined)}UNION SELECT r.incident_id FROM cases_referral r WHERE {_LETTERS}",  # nosec B608
    )


def _contributed_incidents(joined: str) -> str:
    """Return the function for incidents to which an agency may add."""
    return _asking(
        "cases_contributed_incidents",
        f"""
    SELECT g.incident_id FROM cases_grant g
    WHERE {_STANDING} AND g.level = 'contribute' AND g.incident_id IS NOT NULL
    UNION {_JOINED} WHERE {joined} AND g.level = 'contribute'
    UNION {_ENTERED} AND o.lead_id = asking
    """,  # nosec B608
    )


SHARING: Final = (
    _asking(
        "cases_shown_referrals",
        f"SELECT g.referral_id FROM cases_grant g WHERE {_STANDING} AND g.referral_id IS NOT NULL",  # nosec B608
    )
    + _asking(
        "cases_shown_cases", f"SELECT g.case_id FROM cases_grant g WHERE {_STANDING} AND g.case_id IS NOT NULL"  # nosec B608
    )
    # As cases.access has it; and the incidents of referrals opened or shown, for a letter tells of its incident.
    + _shared_incidents(_STANDING)
    + _contributed_incidents(_STANDING)
    + _asking(
        "cases_joined_operations",
        """SELECT m.operation_id FROM cases_operationmember m WHERE m.agency_id = asking
    UNION SELECT o.id FROM cases_jointoperation o WHERE o.lead_id = asking""",
    )
    # Held, or once handed over from or to the agency.
    + _asking(
        "cases_kept_exhibits",
        """
    SELECT h.exhibit_id FROM cases_holding h WHERE h.holder_agency_id = asking AND h.exhibit_id IS NOT NULL
    UNION SELECT e.exhibit_id FROM cases_custodyevent e
    WHERE e.kind = 'handed_over' AND e.exhibit_id IS NOT NULL AND asking IN (e.holder_agency_id, e.by_agency_id)
    """,
    )
    + _asking(
        "cases_kept_items",
        """
    SELECT h.item_id FROM cases_holding h WHERE h.holder_agency_id = asking AND h.item_id IS NOT NULL
    UNION SELECT e.item_id FROM cases_custodyevent e
    WHERE e.kind = 'handed_over' AND e.item_id IS NOT NULL AND asking IN (e.holder_agency_id, e.by_agency_id)
    UNION SELECT p.item_id FROM cases_exhibititem p WHERE p.exhibit_id IN (SELECT cases_kept_exhibits(asking))
    """,
    )
)

# Whose the one thing is that is named.
OWNER: Final = """
CREATE FUNCTION cases_owner_of(incident bigint, of_case bigint, referral bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE
        WHEN incident IS NOT NULL THEN (SELECT agency_id FROM cases_incident WHERE id = incident)
        WHEN of_case IS NOT NULL THEN (SELECT agency_id FROM cases_case WHERE id = of_case)
        ELSE (SELECT agency_id FROM cases_referral WHERE id = referral)
    END;
END
$$;
"""


class Guarded(NamedTuple):
    """A table, the rows that an agency reads, and those that it may add, change and remove: conditions on a row."""

    table: str
    shown: str
    written: str


def _there(source: str, condition: str) -> str:
    """Return that the row is there which a key names.

    Written as a value: EXISTS is made into a hash of every row shown, where many rows are expected, however few are
    read in the end. A page of a list would look through all incidents.
    """
    return f"(SELECT true FROM {source} WHERE {condition})"  # nosec B608


def _owned(incident: str = "NULL", of_case: str = "NULL", referral: str = "NULL") -> str:
    """Return that the one thing which a key names is the agency's own."""
    return f"cases_owner_of({incident}, {of_case}, {referral}) = {_OWN}"


def _of_incident(table: str, *, shown: str = "", written: str | None = None) -> Guarded:
    """Return a part of an incident: read where the incident is, written by its agency and by who contributes."""
    is_shown = _there("cases_incident i", f"i.id = {table}.incident_id")
    may_write = _there(
        "cases_incident i",
        f"i.id = {table}.incident_id AND (i.agency_id = {_OWN} OR i.id IN {_CONTRIBUTED})",
    )
    return Guarded(table, f"{is_shown} OR {shown}" if shown else is_shown, may_write if written is None else written)


def _of_part(table: str, key: str, part: str) -> Guarded:
    """Return what hangs from a part of an incident."""
    source, joined = f"{part} p JOIN cases_incident i ON i.id = p.incident_id", f"p.id = {table}.{key}"
    return Guarded(
        table,
        _there(source, joined),
        _there(source, f"{joined} AND (i.agency_id = {_OWN} OR i.id IN {_CONTRIBUTED})"),
    )


def _behind(table: str, key: str, before: str, *, written: str) -> Guarded:
    """Return what is read where the row is that it belongs to."""
    return Guarded(table, _there(f"{before} p", f"p.id = {table}.{key}"), written)


_OPERATIONS: Final = "(SELECT cases_joined_operations(cases_own_agency()))"
_GIVEN: Final = _owned("incident_id", "case_id", "referral_id")
_OF_PAIR: Final = "SELECT FROM cases_incident i WHERE i.id IN (cases_sameevent.first_id, cases_sameevent.second_id)"
_IN_TRAIL: Final = (
    "(incident_id IS NULL AND case_id IS NULL)"
    f" OR {_there('cases_incident i', 'i.id = cases_auditentry.incident_id')}"
    f" OR incident_id IS NULL AND {_there('cases_case c', 'c.id = cases_auditentry.case_id')}"
)

GUARDED: Final = (
    Guarded(
        "cases_incident",
        # Hardly any has a caveat, which the planner learns from the equation and from the containment never would.
        "(caveats = '{}' OR caveats <@ (SELECT cases_clearances()))"
        f" AND (agency_id = {_OWN} OR id IN {_INCIDENTS})",
        f"agency_id = {_OWN} OR id IN {_CONTRIBUTED}",
    ),
    *(
        _of_incident(f"cases_{part}")
        for part in ("boarding", "conveyance", "route", "consignment", "recipient", "party", "paperdocument")
    ),
    _of_incident("cases_authorisation"),
    _of_incident("cases_seizeditem", shown=f"id IN {_ITEMS}"),
    *(
        _of_part(f"cases_{part}", "item_id", "cases_seizeditem")
        for part in ("ammunitiondetail", "disposition", "marking")
    ),
    _of_incident("cases_screeningrun"),
    _of_incident("cases_finding"),
    _of_part("cases_findingreview", "finding_id", "cases_finding"),
    _of_incident("cases_currentscreening", written=NOBODY),
    _of_incident("cases_rescreeningchange", written=NOBODY),
    Guarded("cases_screenedfacts", NOBODY, NOBODY),
    Guarded("cases_rememberedname", NOBODY, NOBODY),
    _of_incident("cases_evidence"),
    _of_part("cases_evidencepreview", "evidence_id", "cases_evidence"),
    _of_part("cases_uploadpart", "evidence_id", "cases_evidence"),
    _of_incident("cases_exhibit", shown=f"id IN {_EXHIBITS}"),
    _behind(
        *("cases_exhibititem", "exhibit_id", "cases_exhibit"),
        written=_of_part("cases_exhibititem", "exhibit_id", "cases_exhibit").written,
    ),
    _of_incident(
        "cases_custodyevent",
        shown=f"{_OWN} IN (holder_agency_id, by_agency_id) OR item_id IN {_ITEMS} OR exhibit_id IN {_EXHIBITS}",
    ),
    Guarded(
        "cases_custodynominal",
        _there("cases_custodyevent p", "p.id = cases_custodynominal.event_id"),
        _of_part("cases_custodynominal", "event_id", "cases_custodyevent").written,
    ),
    _of_incident(
        "cases_holding", shown=f"holder_agency_id = {_OWN} OR item_id IN {_ITEMS} OR exhibit_id IN {_EXHIBITS}"
    ),
    Guarded(
        "cases_case",
        f"agency_id = {_OWN} OR id IN (SELECT cases_shown_cases(cases_own_agency()))",
        f"agency_id = {_OWN}",
    ),
    Guarded(
        "cases_caseincident",
        f"{_owned(of_case='case_id')} OR case_id IN (SELECT cases_shown_cases(cases_own_agency()))",
        _owned(of_case="case_id"),
    ),
    Guarded(
        "cases_referral",
        f"(agency_id = {_OWN} OR id IN (SELECT cases_shown_referrals(cases_own_agency())))"
        f" AND {_there('cases_incident i', 'i.id = cases_referral.incident_id')}",
        f"agency_id = {_OWN}",
    ),
    *(
        _behind(table, "referral_id", "cases_referral", written=_owned(referral="referral_id"))
        for table in ("cases_referralitem", "cases_reply")
    ),
    Guarded("cases_grant", f"grantee_id = {_OWN} OR {_GIVEN}", _GIVEN),
    Guarded("cases_release", f"panel_id = {_OWN} OR {_owned('incident_id')}", _owned("incident_id")),
    Guarded("cases_jointoperation", f"lead_id = {_OWN} OR id IN {_OPERATIONS}", f"lead_id = {_OWN}"),
    Guarded(
        "cases_operationmember",
        f"operation_id IN {_OPERATIONS}",
        f"agency_id = {_OWN} OR "
        + _there("cases_jointoperation o", f"o.id = cases_operationmember.operation_id AND o.lead_id = {_OWN}"),
    ),
    Guarded("cases_operationincident", f"operation_id IN {_OPERATIONS}", _owned("incident_id")),
    Guarded("cases_sameevent", f"EXISTS ({_OF_PAIR})", f"EXISTS ({_OF_PAIR} AND i.agency_id = {_OWN})"),
    Guarded("cases_auditentry", _IN_TRAIL, _IN_TRAIL),
    Guarded(
        "cases_idempotencyrecord",
        "officer_id = (SELECT cases_calling_officer())",
        "officer_id = (SELECT cases_calling_officer())",
    ),
)

# Periods and holds, guarded by the migration that makes their tables.
OF_RETENTION: Final = tuple(
    Guarded(table, f"agency_id = {_OWN}", f"agency_id = {_OWN}") for table in ("cases_retentionperiod", "cases_legalhold")
)

# Replies, guarded by the migration that makes their tables.
_OF_REPLY: Final = "cases_owner_of(NULL, NULL, (SELECT p.referral_id FROM cases_reply p WHERE p.id = {}.reply_id))"
OF_REPLIES: Final = (
    *(
        _behind(table, "reply_id", "cases_reply", written=f"{_OF_REPLY.format(table)} = {_OWN}")
        for table in ("cases_supplychainstep", "cases_clarification")
    ),
    # Secrets' digests and whom they were given to concern nobody else to whom the referral is shown.
    *(
        Guarded(table, _owned(referral="referral_id"), _owned(referral="referral_id"))
        for table in ("cases_replylink", "cases_replyreminder")
    ),
    Guarded("cases_replyclock", f"agency_id = {_OWN}", f"agency_id = {_OWN}"),
    Guarded(
        "cases_pointofdiversion",
        f"agency_id = {_OWN} AND {_there('cases_seizeditem p', 'p.id = cases_pointofdiversion.item_id')}",
        f"agency_id = {_OWN}",
    ),
)

# Sendings of letters, guarded by the migration that makes their table.
OF_SENDING: Final = (
    _behind("cases_dispatch", "referral_id", "cases_referral", written=_owned(referral="referral_id")),
)

# An agency's own registers, which the system imports, and its look-ups in them; guarded by their migration too.
OF_REGISTERS: Final = (
    *(Guarded(table, f"agency_id = {_OWN}", NOBODY) for table in ("cases_registerversion", "cases_registerentry")),
    Guarded("cases_registerlookup", f"agency_id = {_OWN}", f"agency_id = {_OWN}"),
)

# Marks as they are searched, and that others asked about them: of the latter only the holder learns, from the system.
OF_MARKS: Final = (_of_incident("cases_foldedmark"), _of_incident("cases_markenquiry", written=NOBODY))

# Searches whose telling waits, guarded by the migration that makes their table.
OF_QUESTIONS: Final = (Guarded("cases_markquestion", f"agency_id = {_OWN}", f"agency_id = {_OWN}"),)

# Obligations, guarded by the migration that makes their tables: the agency's own, on records that it may read.
_OF_OBLIGATION: Final = "(SELECT p.agency_id FROM cases_obligation p WHERE p.id = {}.obligation_id)"
OF_OBLIGATIONS: Final = (
    Guarded(
        "cases_obligation",
        f"agency_id = {_OWN} AND {_there('cases_incident i', 'i.id = cases_obligation.incident_id')}",
        f"agency_id = {_OWN}",
    ),
    *(
        _behind(table, "obligation_id", "cases_obligation", written=f"{_OF_OBLIGATION.format(table)} = {_OWN}")
        for table in ("cases_obligationsending", "cases_obligationreminder")
    ),
)

# Template packs, guarded by the migration that makes their table.
OF_PACKS: Final = (Guarded("cases_templatepack", f"agency_id = {_OWN}", f"agency_id = {_OWN}"),)

# Tasks and notes of cases, guarded by the migration that makes their tables. What is written in a case may tell of any
# incident of it: it bears the caveats of them all, save for whoever wrote it.
_CALLER: Final = "(SELECT cases_calling_officer())"
_CASE_CAVEATS: Final = """
CREATE FUNCTION cases_caveats_of_case(asked bigint) RETURNS varchar[] LANGUAGE plpgsql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
        SELECT DISTINCT unnest(i.caveats) FROM cases_caseincident j JOIN cases_incident i ON i.id = j.incident_id
        WHERE j.case_id = asked ORDER BY 1); END $$;
"""
OF_CASES: Final = (
    Guarded(
        "cases_casetask",
        f"agency_id = {_OWN} AND (made_by_id = {_CALLER} OR"
        " cases_caveats_of_case(case_id) <@ (SELECT cases_clearances()))",
        f"agency_id = {_OWN}",
    ),
    Guarded(
        "cases_casenote",
        f"({_owned(of_case='case_id')} OR case_id IN (SELECT cases_shown_cases(cases_own_agency())))"
        f" AND (written_by_id = {_CALLER} OR cases_caveats_of_case(case_id) <@ (SELECT cases_clearances()))",
        f"{_owned(of_case='case_id')} OR case_id IN (SELECT cases_contributed_cases(cases_own_agency()))",
    ),
)
# What came into a case by a merger was not shown with it.
_NOT_MERGED: Final = f"{_STANDING} AND j.merged_from_id IS NULL"
_ANEW: Final = ("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
CASE_FUNCTIONS: Final = (
    _CASE_CAVEATS
    + _asking(
        "cases_contributed_cases",
        f"SELECT g.case_id FROM cases_grant g WHERE {_STANDING} AND g.level = 'contribute' AND g.case_id IS NOT NULL",  # nosec B608
    )
    + (_shared_incidents(_NOT_MERGED) + _contributed_incidents(_NOT_MERGED)).replace(*_ANEW)
)

# Published statistics: everybody may hold the documents, but whose they are and how they were counted is the agency's.
OF_STATISTICS: Final = (
    Guarded("cases_publishedstatistic", f"agency_id = {_OWN}", f"agency_id = {_OWN}"),
)

# Letters over several incidents, guarded by the migration that makes the table of the further ones. Such a letter is there
# only where each of its incidents is known by itself, and so it shows none; one on a single incident shows that, as ever.
_SHOWN_REFERRALS: Final = "(SELECT cases_shown_referrals(cases_own_agency()))"
_KNOWN: Final = "(SELECT cases_known_incidents(cases_own_agency()))"
OF_LETTERS: Final = (
    Guarded(
        "cases_furtherincident",
        f"{_owned(referral='referral_id')} OR referral_id IN {_SHOWN_REFERRALS}",
        _owned(referral="referral_id"),
    ),
)


def _unknown(incident: str) -> str:
    known = _there("cases_incident i", f"i.id = {incident} AND (i.agency_id = {_OWN} OR i.id IN {_KNOWN})")
    return f"{known} IS NULL"


_HIDDEN: Final = _there(
    "cases_furtherincident f",
    f"f.referral_id = cases_referral.id AND ({_unknown('f.incident_id')} OR {_unknown('cases_referral.incident_id')})"
    " LIMIT 1",
)
_REFERRALS: Final = next(each for each in GUARDED if each.table == "cases_referral")
REFERRALS_ANEW: Final = _REFERRALS._replace(shown=f"({_REFERRALS.shown}) AND {_HIDDEN} IS NULL")
LETTER_FUNCTIONS: Final = _asking("cases_known_incidents", _SHARED.format(joined=_NOT_MERGED)) + _asking(
    "cases_shared_incidents",
    f"""
    SELECT cases_known_incidents(asking)
    UNION SELECT r.incident_id FROM cases_referral r
    WHERE {_LETTERS} AND NOT EXISTS (SELECT FROM cases_furtherincident f WHERE f.referral_id = r.id)
    """,  # nosec B608
).replace(*_ANEW)
# Saved filters, guarded by the migration that makes their table: an officer's own, and what colleagues share.
_SAVED: Final = f"agency_id = {_OWN} AND (is_shared OR officer_id = {_CALLER})"
OF_FILTERS: Final = (Guarded("cases_savedfilter", _SAVED, _SAVED),)

# Incidents as maps and flows count them, guarded by the migration that makes their tables. What has no caveat is the
# whole agency's, which spares a look at the incident; sums count nothing else. The system alone writes.
OF_MAPS: Final = (
    *(
        Guarded(
            table,
            f"(is_open AND agency_id = {_OWN}) OR {_there('cases_incident i', f'i.id = {table}.incident_id')}",
            NOBODY,
        )
        for table in ("cases_placement", "cases_leg")
    ),
    *(Guarded(table, f"agency_id = {_OWN}", NOBODY) for table in ("cases_cellcount", "cases_legcount")),
)

# Readings of marks and what was settled, guarded by the migration that makes their tables. That nobody sees the first
# reading before the second is given is for cases.access: a policy cannot ask the table that it guards.
OF_READINGS: Final = (_of_incident("cases_markreading"), _of_incident("cases_marksettlement"))

# Tables without a policy, and why there is none.
OPEN: Final = {
    "who uses the system, read before anybody is known": (
        *("cases_agency", "cases_unit", "cases_officer", "cases_officer_groups", "cases_officer_user_permissions"),
        *("cases_apitoken", "cases_signinlink", "cases_officersession", "cases_attemptcount"),
    ),
    "told to officers of other agencies, and names its subject by reference only": ("cases_notification",),
    "named by whoever hands something over to it": ("cases_store",),
    "law and lists, the same for all": (
        *("cases_rulebookversion", "cases_rulebookfiles", "cases_regime", "cases_measure", "cases_exemption"),
        *("cases_duty", "cases_designatedparty", "cases_listversion", "cases_listversion_parties"),
    ),
    "desks and ways of marking, the same for all": ("cases_pointofcontact", "cases_markingpractice"),
    "the installation's, with keys and counts of incidents and nothing of what they say": (
        *("cases_rescreening", "cases_rescreeningchunk"),
    ),
    "digests and keys, by which what happened is proved": (
        *("cases_auditlink", "cases_audithead", "cases_unlinkedentry", "cases_rowchange"),
    ),
}


def guarding(guarded: Guarded) -> str:
    """Return the policies of a table, one a command; they hold for its owner as well.

    An update must find the row among those shown and leave it among those that may be written.
    """
    table, shown, written = guarded.table, f"{_ALL} OR ({guarded.shown})", f"{_ALL} OR ({guarded.written})"
    return f"""
CREATE POLICY {table}_shown ON {table} FOR SELECT USING ({shown});
CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({written});
CREATE POLICY {table}_changed ON {table} FOR UPDATE USING ({shown}) WITH CHECK ({written});
CREATE POLICY {table}_removed ON {table} FOR DELETE USING ({written});
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
"""


def guarding_anew(guarded: Guarded) -> str:
    """Return what lets the policies of a table that is guarded already say something else of what is shown."""
    table, shown = guarded.table, f"{_ALL} OR ({guarded.shown})"
    return "".join(f"ALTER POLICY {table}_{act} ON {table} USING ({shown});" for act in ("shown", "changed"))


def unguarding(guarded: Guarded) -> str:
    """Return what takes the policies of a table away."""
    table = guarded.table
    policies = "".join(f"DROP POLICY {table}_{act} ON {table};" for act in ("shown", "added", "changed", "removed"))
    return f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY; {policies}"


# Array operators are not leakproof, so that no index answers them behind a policy. What a list names is looked for
# among the names of all incidents: here the owner, whom this one table does not force, looks past its policies.
NAMING: Final = """
ALTER TABLE cases_currentscreening NO FORCE ROW LEVEL SECURITY;
CREATE FUNCTION cases_incidents_naming(asked text[]) RETURNS SETOF bigint LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT incident_id FROM cases_currentscreening WHERE current_setting('cordon.scope', true) = 'system' AND names && asked
$$;
"""

GUARD: Final = SCOPES + SHARING + OWNER + "".join(guarding(each) for each in GUARDED) + NAMING
UNDO: Final = (
    "".join(unguarding(each) for each in GUARDED)
    + """
DROP FUNCTION cases_incidents_naming, cases_owner_of, cases_kept_items, cases_kept_exhibits, cases_joined_operations,
    cases_contributed_incidents, cases_shared_incidents, cases_shown_cases, cases_shown_referrals,
    cases_clearances, cases_calling_officer, cases_own_agency, cases_sees_all;
"""
)
UNDO_CASE_FUNCTIONS: Final = (
    (_shared_incidents(_STANDING) + _contributed_incidents(_STANDING)).replace(*_ANEW)
    + "".join(unguarding(each) for each in OF_CASES)
    + "DROP FUNCTION cases_contributed_cases, cases_caveats_of_case;"
)
LETTERS_AGAIN_OF_ONE: Final = (
    guarding_anew(_REFERRALS)
    + _shared_incidents(_NOT_MERGED).replace(*_ANEW)
    + "DROP FUNCTION cases_known_incidents;"
    + "".join(unguarding(each) for each in OF_LETTERS)
)
