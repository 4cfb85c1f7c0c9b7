"""Letters over several incidents of a case."""

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import _guards, _policies

TABLE = "cases_furtherincident"

GUARD = f"""
{_guards.append_only(TABLE)}
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON {TABLE} FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
{_guards.watching(_guards.Watched(TABLE))}
{_policies.LETTER_FUNCTIONS}
{"".join(_policies.guarding(each) for each in _policies.OF_LETTERS)}
{_policies.guarding_anew(_policies.REFERRALS_ANEW)}
"""  # noqa: S608  # nosec B608


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0027_published_statistics"),
    ]

    operations = [
        migrations.CreateModel(
            name='FurtherIncident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.incident')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='further', to='cases.referral')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('referral', 'incident'), name='further_incident_once')],
            },
        ),
        # Triggers and policies go with their table; that of letters asks it.
        migrations.RunSQL(GUARD, _policies.LETTERS_AGAIN_OF_ONE),
    ]
