"""Marks are kept under each four neighbouring signs too; those of before are kept anew."""

from typing import ClassVar

from django.apps.registry import Apps
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cases.tracing.mark_search import keys_of

AT_ONCE = 2_000


def keep_anew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write the keys of every mark again, from its folded signs."""
    rows = apps.get_model("cases", "FoldedMark").objects.order_by("pk").values_list("pk", "folded")
    last = 0
    with editor.connection.cursor() as cursor:
        while chunk := list(rows.filter(pk__gt=last)[:AT_ONCE]):
            kept = [(keys_of(folded), key) for key, folded in chunk]
            cursor.executemany("UPDATE cases_foldedmark SET keys = %s WHERE id = %s", kept)
            last = chunk[-1][0]


class Migration(migrations.Migration):
    """Data alone; going back leaves keys that nobody asks for. The index is built once, not entered for each key."""

    dependencies: ClassVar = [("cases", "0028_further_incidents")]

    operations: ClassVar = [
        migrations.RemoveIndex("foldedmark", "folded_mark_keys"),
        migrations.RunPython(keep_anew, migrations.RunPython.noop),
        migrations.AddIndex("foldedmark", GinIndex(fields=["keys"], name="folded_mark_keys", fastupdate=False)),
    ]
