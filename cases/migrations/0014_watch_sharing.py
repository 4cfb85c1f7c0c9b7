"""What is shared with whom, and who belongs where, is watched like the records; every guard stays awake."""

from typing import ClassVar

from django.db import migrations

from cases.migrations import _guards

WATCHED = (
    *("cases_grant", "cases_release", "cases_jointoperation", "cases_operationmember", "cases_operationincident"),
    *("cases_sameevent", "cases_unit"),
)

# Tables made since guards stay awake in every session mode get theirs woken too.
WATCH = _guards.ALWAYS + "".join(_guards.watching(_guards.Watched(table)) for table in WATCHED)
UNDO = "".join(
    f"DROP TRIGGER {table}_note_{name} ON {table};"
    for table in WATCHED
    for name in ("insert", "update", "delete", "truncate")
)


class Migration(migrations.Migration):
    """Triggers that note changes of which no audit entry tells."""

    dependencies: ClassVar = [("cases", "0013_signing_in")]

    operations: ClassVar = [migrations.RunSQL(WATCH, UNDO)]
