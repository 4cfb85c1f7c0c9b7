"""Editions of the lists of designated parties, with their entries; added to, never changed."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = ("cases_designatedparty", "cases_listversion_parties")

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""
    for table in APPEND_ONLY
)

# As for the tables before: where the application's role exists, it has not even the right to try.
RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{settings.DATABASE_APPLICATION_ROLE}') THEN
        REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM "{settings.DATABASE_APPLICATION_ROLE}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

UNDO = "".join(
    f"DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};" for table in APPEND_ONLY
)


class Migration(migrations.Migration):
    """What an edition says and changed, and its entries word for word."""

    dependencies: ClassVar = [("cases", "0002_append_only")]

    operations: ClassVar = [
        migrations.AddField("listversion", "generated_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("listversion", "dated_by", models.CharField(default="stated", max_length=64)),
        migrations.AddField("listversion", "state_digest", models.CharField(blank=True, max_length=80)),
        migrations.AddField("listversion", "counts", models.JSONField(blank=True, default=dict)),
        migrations.AddField("listversion", "changes", models.JSONField(blank=True, default=dict)),
        migrations.CreateModel(
            name="DesignatedParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_name", models.CharField(max_length=50)),
                ("reference_number", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("list_type", models.CharField(max_length=64)),
                ("name", models.TextField()),
                ("listed_on", models.DateField(blank=True, null=True)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("document", models.TextField()),
                ("digest", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["list_name", "reference_number"], name="designated_reference")],
                "constraints": [
                    models.UniqueConstraint(fields=("list_name", "digest"), name="designated_party_once")
                ],
            },
        ),
        migrations.AddField(
            "listversion", "parties", models.ManyToManyField(related_name="versions", to="cases.designatedparty")
        ),
        migrations.AddIndex("listversion", models.Index(fields=["name", "-generated_on"], name="list_newest")),
        migrations.AddIndex("listversion", models.Index(fields=["state_digest"], name="list_state")),
        migrations.RunSQL(TRIGGERS + RIGHTS, UNDO),
    ]
