"""Who sees to a record once the work on it was handed over, beside who recorded it."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What was told before speaks of no incidents to review.
OLDER = """
UPDATE cases_notification SET params = params || '{"reviews": 0}'
WHERE kind = 'handed_over' AND params -> 'reviews' IS NULL;
"""


class Migration(migrations.Migration):
    """Three columns and an index over the few incidents that were handed over."""

    dependencies: ClassVar = [("cases", "0016_retention")]

    operations: ClassVar = [
        migrations.RunSQL(OLDER, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='case',
            name='handed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incident',
            name='handed_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='handed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('handed_to__isnull', False)), fields=['handed_to'], name='incident_handed_to'),
        ),
    ]
