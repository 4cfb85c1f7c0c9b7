"""The functions that bring marks up by their keys, as the migrations made them.

Array operators and regular expressions are not leakproof, so that no index answers them behind a policy. Marks are
brought up by the owner, whom this one table does not force; of what an agency may not see only the system learns.
The newest marks come first; `is_shown` says whether the asking agency may see the incident at all.
"""

from typing import Final


def _function(*, returned: str, cleared: str, chosen: str) -> str:
    return f"""
CREATE FUNCTION cases_marks_meeting(
    asking bigint, groups jsonb, pieces integer[], pattern text, of_stem text, from_number bigint, to_number bigint,
    of_kind text, most integer, most_of_others integer
) RETURNS TABLE ({returned}) LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp
    -- How few marks meet several keys the planner cannot tell; it would read every incident for some dozens.
    SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    is_system boolean := coalesce(current_setting('cordon.scope', true), '') = 'system';
    own bigint := CASE WHEN is_system THEN asking ELSE cases_own_agency() END;
    met text;
BEGIN
    SELECT string_agg(format('m.keys && %L::integer[]', ARRAY(SELECT jsonb_array_elements_text(one)::integer)), ' AND ')
    INTO met FROM jsonb_array_elements(groups) AS one;
    RETURN QUERY EXECUTE format($query$
        WITH met AS MATERIALIZED (
            SELECT m.id, m.incident_id FROM cases_foldedmark m
            WHERE %s AND (m.folded ~ $1 OR strpos(m.folded, '*') > 0) AND ($6 = '' OR m.kind = $6)
            UNION SELECT m.id, m.incident_id FROM cases_foldedmark m
            WHERE m.keys && $2 AND ($6 = '' OR m.kind = $6)
            UNION SELECT m.id, m.incident_id FROM cases_foldedmark m
            WHERE m.stem = $3 AND m.first_number BETWEEN $4 AND $5 AND $4 < $5 AND ($6 = '' OR m.kind = $6)
            UNION SELECT m.id, m.incident_id FROM cases_foldedmark m
            WHERE m.stem = $3 AND m.last_number > m.first_number AND m.last_number >= $4 AND m.first_number <= $5
                AND ($6 = '' OR m.kind = $6)
        ), known AS MATERIALIZED (
            SELECT met.id, coalesce(i.agency_id = $7 OR i.id IN (SELECT cases_shared_incidents($7)), false) AS shown
            FROM met JOIN cases_incident i ON i.id = met.incident_id WHERE i.state <> 'void'{cleared}
        )
        {chosen}
    $query$, coalesce(met, 'false'))
    USING pattern, pieces, of_stem, from_number, to_number, of_kind, own, most, is_system, most_of_others;
END
$$;
"""  # noqa: S608  # nosec B608


_CHOSEN: Final = """(SELECT id, shown FROM known WHERE shown ORDER BY id DESC LIMIT $8)
        UNION ALL (SELECT id, shown FROM known WHERE $9 AND NOT shown ORDER BY id DESC LIMIT $10)"""
KEYS_ALONE: Final = _function(returned="mark_id bigint, is_shown boolean", cleared="", chosen=_CHOSEN)
# What is told of marks goes no further than the policies let it: whoever is not cleared for a record is given none of it.
WHOLE: Final = _function(
    returned="""
    mark_id bigint, in_incident bigint, of_kind_known varchar, says text, is_torn boolean, folds_to varchar,
    of_item uuid, of_position integer, of_category varchar, of_make varchar, of_model varchar, of_calibre varchar,
    is_referred_to varchar, occurred varchar, with_caveats varchar[], of_agency bigint, named varchar, is_shown boolean
""",
    cleared=" AND ($9 OR i.caveats <@ (SELECT cases_clearances()))",
    chosen=f"""SELECT m.id, m.incident_id, m.kind, m.text, m.is_partial, m.folded,
            s.item_uuid, s.position, s.category, s.make, s.model, s.calibre,
            i.reference, i.occurred_on, i.caveats, i.agency_id, a.name, chosen.shown
        FROM ({_CHOSEN}) AS chosen JOIN cases_foldedmark m ON m.id = chosen.id
            JOIN cases_seizeditem s ON s.id = m.item_id JOIN cases_incident i ON i.id = m.incident_id
            JOIN cases_agency a ON a.id = i.agency_id""",  # nosec B608
)
