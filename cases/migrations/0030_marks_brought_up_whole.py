"""What brings marks up gives them with what is compared, so that none is read twice; ranges have an index that is used."""

from typing import ClassVar

from django.db import migrations, models

from cases.migrations import _marks_meeting

OF_RANGES = models.Q(("last_number__gt", models.F("first_number")))


class Migration(migrations.Migration):
    """One function and one index anew."""

    dependencies: ClassVar = [("cases", "0029_marks_by_four_neighbours")]

    operations: ClassVar = [
        migrations.RunSQL(
            f"DROP FUNCTION cases_marks_meeting; {_marks_meeting.WHOLE}",
            f"DROP FUNCTION cases_marks_meeting; {_marks_meeting.KEYS_ALONE}",
        ),
        migrations.RemoveIndex("foldedmark", "folded_mark_span"),
        migrations.AddIndex(
            "foldedmark",
            models.Index(condition=OF_RANGES, fields=["stem", "first_number"], name="folded_mark_range"),
        ),
    ]
