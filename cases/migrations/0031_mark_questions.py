"""Searches after which holders of marks are still to be told."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _policies


GUARD = "".join(_policies.guarding(each) for each in _policies.OF_QUESTIONS)
UNDO = "".join(_policies.unguarding(each) for each in _policies.OF_QUESTIONS)


class Migration(migrations.Migration):
    """One table, with its policy."""

    dependencies: ClassVar = [("cases", "0030_marks_brought_up_whole")]

    operations: ClassVar = [
        migrations.CreateModel(
            name='MarkQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField()),
                ('asked_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.agency')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
