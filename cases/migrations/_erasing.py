"""The one way by which erasure reaches rows that are otherwise never changed, with the columns that it may reach.

No migration of its own: one that adds such a table adds its columns here and takes `REPLACE`, which makes the
function of migration 0016 anew.
"""

from typing import Final

ERASABLE: Final = {
    "cases_auditentry": (
        *("reason", "on_behalf_of", "address", "user_agent", "payload", "salt", "digests", "erased_in"),
    ),
    "cases_findingreview": ("reason",),
    "cases_reply": ("their_reference", "text"),
    "cases_supplychainstep": ("actor", "place", "manner", "document"),
    "cases_clarification": ("text",),
    "cases_obligationsending": ("what", "sent_to", "reference"),
    "cases_casenote": ("text",),
    "cases_markreading": ("marks",),
    "cases_marksettlement": ("marks", "reason"),
    "cases_pointofdiversion": ("actor", "place", "manner", "words", "reason"),
    "cases_screenedfacts": ("digest", "text"),
    "cases_rescreeningchange": ("reasons",),
    "cases_exhibit": ("description",),
    "cases_evidence": (
        *("name", "state", "state_reason", "stated_media_type", "looks_like", "stated_by_file", "preview_problem"),
        *("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
    ),
}

_ALLOWED: Final = "".join(
    f"WHEN '{table}' THEN ARRAY[{', '.join(repr(column) for column in columns)}]\n        "
    for table, columns in ERASABLE.items()
)

# Only inside it is the owner at work and this transaction marked; the application can bring about neither.
REPLACE: Final = f"""
CREATE OR REPLACE FUNCTION cases_erase(target text, row_id bigint, changes jsonb) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    allowed text[] := CASE target
        {_ALLOWED}END;
    named text[] := ARRAY(SELECT jsonb_object_keys(changes));
BEGIN
    -- It reads past the policies: whoever has taken another scope than the system's erases nothing.
    IF coalesce(current_setting('cordon.scope', true), '') <> 'system' THEN
        RAISE EXCEPTION 'only the system erases' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF allowed IS NULL OR named = '{{}}' OR NOT named <@ allowed THEN
        RAISE EXCEPTION 'nothing of % is erased by %', target, named USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('cordon.erasing', pg_current_xact_id()::text, true);
    EXECUTE format('UPDATE %I AS kept SET %s FROM jsonb_populate_record(NULL::%I, $1) AS erased WHERE kept.id = $2',
        target, (SELECT string_agg(format('%1$I = erased.%1$I', name), ', ') FROM unnest(named) AS name), target)
        USING changes, row_id;
    PERFORM set_config('cordon.erasing', '', true);
END
$$;
"""  # noqa: S608  # nosec B608
