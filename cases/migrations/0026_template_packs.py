"""Template packs, version by version; and to which State a request was forwarded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _guards, _policies

RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_guards.APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON cases_templatepack FROM "{_guards.APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

GUARD = (
    _guards.append_only("cases_templatepack")
    + RIGHTS
    + _guards.watching(_guards.Watched("cases_templatepack"))
    + "".join(_policies.guarding(each) for each in _policies.OF_PACKS)
)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0025_case_room"),
    ]

    operations = [
        migrations.CreateModel(
            name='TemplatePack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='template_packs', to='cases.agency')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('agency', 'version'), name='template_pack_version_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('content', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), name='template_pack_says_something'),
                ],
            },
        ),
        migrations.AddField(
            model_name='reply',
            name='forwarded_to',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('forwarded_to__regex', '^([A-Z]{3})?$')), name='reply_forwarded_to_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'forwarded'), ('forwarded_to', ''), _connector='OR'), name='reply_names_a_state_where_forwarded'),
        ),
        # Triggers and policies go with their table.
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
