"""Row-level security behind cases.access; places are found by comparing numbers, which an index answers behind it."""

from typing import ClassVar

from django.db import migrations, models

from cases.migrations import _policies


class Migration(migrations.Migration):
    """Policies of every table that holds what an agency recorded, and the index that answers maps under them."""

    dependencies: ClassVar = [("cases", "0014_watch_sharing")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="incident", name="incident_position"),
        migrations.AddIndex(
            model_name="incident", index=models.Index(fields=["latitude", "longitude"], name="incident_place")
        ),
        migrations.RunSQL(_policies.GUARD, _policies.UNDO),
    ]
