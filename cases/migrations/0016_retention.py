"""Redaction levels of referrals, retention periods and legal holds, and the one way by which erasure reaches rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

# What may be erased from rows that are otherwise never changed: no column but these, and only by the function below.
ERASABLE = {
    "cases_auditentry": (
        *("reason", "on_behalf_of", "address", "user_agent", "payload", "salt", "digests", "erased_in"),
    ),
    "cases_findingreview": ("reason",),
    "cases_reply": ("their_reference", "text", "steps"),
    "cases_screenedfacts": ("digest", "text"),
    "cases_rescreeningchange": ("reasons",),
    "cases_exhibit": ("description",),
    "cases_evidence": (
        *("name", "state", "state_reason", "stated_media_type", "looks_like", "stated_by_file", "preview_problem"),
        *("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
    ),
}

_ALLOWED = "".join(
    f"WHEN '{table}' THEN ARRAY[{', '.join(repr(column) for column in columns)}]\n        "
    for table, columns in ERASABLE.items()
)

# Only inside `cases_erase` is the owner at work and this transaction marked; the application can bring about neither.
ERASING = f"""
CREATE FUNCTION cases_is_erasing(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_setting('cordon.erasing', true) = pg_current_xact_id()::text
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation)
$$;

CREATE OR REPLACE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND cases_is_erasing(TG_RELID) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION cases_erase(target text, row_id bigint, changes jsonb) RETURNS void LANGUAGE plpgsql
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

-- The text that an entry's link covers stays what it was: of what goes, the digests are kept, computed here.
CREATE FUNCTION cases_digests_of_entry(entry cases_auditentry) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN entry.salt = '' THEN jsonb_build_object(
        'payload', 'sha256:' || encode(sha256(convert_to(entry.payload, 'UTF8')), 'hex'))
    ELSE (SELECT jsonb_object_agg(name, CASE WHEN value = '' THEN '' ELSE 'sha256:' || encode(
              sha256(convert_to(entry.salt || chr(10) || name || chr(10) || value, 'UTF8')), 'hex') END)
          FROM (VALUES ('reason', entry.reason), ('on_behalf_of', entry.on_behalf_of), ('address', entry.address),
                       ('user_agent', entry.user_agent), ('payload', entry.payload)) AS erasable (name, value))
    END
$$;

CREATE FUNCTION cases_auditentry_stays_proved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_in IS NULL OR NEW.salt <> ''
        OR NEW.digests IS DISTINCT FROM coalesce(OLD.digests, cases_digests_of_entry(OLD))
        OR NOT (NEW.digests ? 'reason') AND ROW(NEW.reason, NEW.on_behalf_of, NEW.address, NEW.user_agent)
           IS DISTINCT FROM ROW(OLD.reason, OLD.on_behalf_of, OLD.address, OLD.user_agent)
    THEN
        RAISE EXCEPTION 'audit entry % would not be proved any more', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_auditentry_stays_proved BEFORE UPDATE ON cases_auditentry
    FOR EACH ROW EXECUTE FUNCTION cases_auditentry_stays_proved();
ALTER TABLE cases_auditentry ENABLE ALWAYS TRIGGER cases_auditentry_stays_proved;

DROP TRIGGER cases_evidence_keeps ON cases_evidence;
CREATE TRIGGER cases_evidence_keeps BEFORE UPDATE ON cases_evidence FOR EACH ROW
    WHEN (NOT cases_is_erasing('cases_evidence'::regclass)) EXECUTE FUNCTION cases_evidence_keeps();
"""  # noqa: S608  # nosec B608

WATCH = "".join(_guards.watching(_guards.Watched(table)) for table in ("cases_retentionperiod", "cases_legalhold"))

GUARD = "".join(_policies.guarding(guarded) for guarded in _policies.OF_RETENTION)

UNDO = """
DROP TRIGGER cases_evidence_keeps ON cases_evidence;
CREATE TRIGGER cases_evidence_keeps BEFORE UPDATE ON cases_evidence
    FOR EACH ROW EXECUTE FUNCTION cases_evidence_keeps();
DROP TRIGGER cases_auditentry_stays_proved ON cases_auditentry;
DROP FUNCTION cases_auditentry_stays_proved, cases_digests_of_entry, cases_erase;
CREATE OR REPLACE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
DROP FUNCTION cases_is_erasing;
"""  # nosec B608


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('placed_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_class', models.CharField(choices=[('nominal_data', 'nominal_data'), ('evidence', 'evidence'), ('officers', 'officers'), ('sign_in_traces', 'sign_in_traces'), ('notifications', 'notifications')], max_length=64)),
                ('days', models.PositiveIntegerField()),
                ('basis', models.TextField()),
                ('set_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_infected_is_not_given_out',
        ),
        migrations.AddField(
            model_name='auditentry',
            name='digests',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='erased_in',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='salt',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='incident',
            name='nominal_erased_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='officer',
            name='erased_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='redaction',
            field=models.CharField(blank=True, choices=[('full', 'full'), ('to_state', 'to_state'), ('to_interpol_wco', 'to_interpol_wco'), ('public', 'public')], max_length=64),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='state',
            field=models.CharField(choices=[('receiving', 'receiving'), ('complete', 'complete'), ('refused', 'refused'), ('quarantined', 'quarantined'), ('withdrawn', 'withdrawn'), ('damaged', 'damaged'), ('erased', 'erased')], max_length=64),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['receiving', 'complete', 'refused', 'quarantined', 'withdrawn', 'damaged', 'erased'])), name='evidence_state_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('malware_verdict', 'infected'), _negated=True), ('state__in', ['quarantined', 'withdrawn', 'damaged', 'erased']), _connector='OR'), name='evidence_infected_is_not_given_out'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('redaction__in', ['full', 'to_state', 'to_interpol_wco', 'public', ''])), name='referral_redaction_known'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='cases.case'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='incident',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='lifted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='placed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionperiod',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_periods', to='cases.agency'),
        ),
        migrations.AddField(
            model_name='retentionperiod',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('incident__isnull', False)), models.Q(('case__isnull', False), ('incident__isnull', True)), _connector='OR'), name='hold_of_incident_or_case'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('incident',), name='hold_standing_once_an_incident'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('case',), name='hold_standing_once_a_case'),
        ),
        migrations.AddConstraint(
            model_name='retentionperiod',
            constraint=models.CheckConstraint(condition=models.Q(('record_class__in', ['nominal_data', 'evidence', 'officers', 'sign_in_traces', 'notifications'])), name='retention_class_known'),
        ),
        migrations.AddConstraint(
            model_name='retentionperiod',
            constraint=models.UniqueConstraint(fields=('agency', 'record_class'), name='retention_period_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), ('days__gte', 1)), name='retention_has_basis'),
        ),
        migrations.RunSQL(ERASING + WATCH + GUARD, UNDO),
    ]
