"""Own registers: what an import keeps, succeeds and ends, exactly once, however it was cut short."""

import json
from datetime import timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.choices import RecordClass, RegisterKind
from cases.errors import RegisterOvertaken
from cases.models import (
    AuditEntry,
    Officer,
    OfficerRole,
    RegisterEntry,
    RegisterVersion,
    RetentionPeriod,
    RowChange,
)
from cases.registers.entry_rows import COLUMNS
from cases.services import import_register as service
from cases.services.erase_due import erase_due
from cases.services.import_register import RegisterFile, import_register
from cases.tables.reading import open_table
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory
from tests.register_samples import REGISTER, imported, written

pytestmark = pytest.mark.django_db


def standing() -> dict[str, str]:
    return dict(RegisterEntry.objects.filter(ended_in__isnull=True).order_by("key").values_list("key", "status"))


def test_an_import_keeps_each_entry_with_line_and_version_and_the_same_file_again_changes_nothing(
    officer: Officer, tmp_path: Path
) -> None:
    path = written(tmp_path, REGISTER)

    done, refused = imported(officer.agency, path)
    again, _ = imported(officer.agency, path)

    assert (done.is_new, again.is_new, refused) == (True, False, [])
    assert done.version.counts == {"added": 2, "changed": 0, "unchanged": 0, "refused": 0, "ended": 0}
    first, second = RegisterEntry.objects.order_by("key")
    assert (first.line, first.serial_key, first.holder, first.country, second.line) == (
        2,
        "ZQ48213K",
        "Zebedee Holder",
        "KEN",
        3,
    )
    assert [RegisterVersion.objects.count(), RegisterEntry.objects.count()] == [1, 2]
    told = AuditEntry.objects.filter(action__startswith="register.").order_by("pk")
    assert [entry.action for entry in told] == [
        *("register.import_began", "register.rows_kept", "register.imported"),
    ]
    assert "Zebedee" not in "".join(entry.payload for entry in told)
    # Every change is told of by an audit entry.
    assert not RowChange.objects.filter(table_name__startswith="cases_register").exists()


def test_what_says_otherwise_is_succeeded_and_only_a_whole_file_without_a_bad_row_ends_what_it_lacks(
    officer: Officer, tmp_path: Path
) -> None:
    imported(officer.agency, written(tmp_path, REGISTER))
    later = REGISTER.replace("exported", "stolen").replace("A17;R 8", "B18;R 9")

    done, _ = imported(officer.agency, written(tmp_path, later))
    assert (done.version.number, done.version.counts["changed"], standing()) == (
        2,
        1,
        {"R 7": "stolen", "R 8": "in store", "R 9": "in store"},
    )
    before = RegisterEntry.objects.get(key="R 7", ended_in__isnull=False)
    assert (before.status, before.imported_in.number, before.ended_in.number) == ("exported", 1, 2)

    broken = written(tmp_path, later + ";R 10;x;x;x;;;;no serial\nC19;R 9;x;x;x;;;;the key of another\n")
    done, refused = imported(officer.agency, broken, is_whole=True)
    assert [(row.line, row.problems[0].code) for row in refused] == [(4, "missing"), (5, "repeated_key")]
    assert (done.version.counts["ended"], len(standing())) == (0, 3)

    done, _ = imported(officer.agency, written(tmp_path, later), is_whole=True)
    assert (done.version.counts["ended"], set(standing())) == (1, {"R 7", "R 9"})


def test_an_import_that_was_cut_short_goes_on_where_it_was_and_keeps_each_row_once(
    officer: Officer,
    tmp_path: Path,
) -> None:
    rows = 2 * service.AT_ONCE + 50
    text = "serial,key\n" + "".join(f"S-{number:06d},{number}\n" for number in range(rows))
    # In the last piece, a row whose key stands in the first.
    path = written(tmp_path, text + "S-XYZ,7\n")
    pieces = count()

    def cut_short(_count: int) -> None:
        if next(pieces) == 2:
            raise KeyboardInterrupt

    file = RegisterFile(
        agency=officer.agency, kind=RegisterKind.LOST, table=open_table(path, COLUMNS), file_name=path.name
    )
    with pytest.raises(KeyboardInterrupt):
        import_register(file=file, officer=officer, imported_at=NOW, advance=cut_short)
    assert 0 < RegisterEntry.objects.count() < rows

    refused: list[service.Row] = []
    done = import_register(file=file, officer=officer, imported_at=NOW, refuse=refused.append)

    assert (done.is_new, done.went_on_after) == (False, 2 * service.AT_ONCE)
    assert (done.version.rows_done, RegisterEntry.objects.count()) == (rows + 1, rows)
    assert done.version.counts == {"added": rows, "changed": 0, "unchanged": 0, "refused": 1, "ended": 0}
    assert [row.problems[0].code for row in refused] == ["repeated_key"]


def test_of_two_imports_of_one_register_the_one_that_was_overtaken_stops(officer: Officer, tmp_path: Path) -> None:
    path = written(tmp_path, REGISTER)
    file = RegisterFile(
        agency=officer.agency, kind=RegisterKind.NATIONAL, table=open_table(path, COLUMNS), file_name=path.name
    )

    def another_file_meanwhile(done: int) -> None:
        if done == 0:
            imported(officer.agency, written(tmp_path, REGISTER.replace("A17", "B18"), "newer.csv"))

    with pytest.raises(RegisterOvertaken):
        import_register(file=file, officer=None, imported_at=NOW, advance=another_file_meanwhile)

    assert RegisterEntry.objects.get(key="R 8").serial == "B18"


def test_the_command_tells_bad_rows_with_their_lines_and_asks_whose_register_it_is(tmp_path: Path) -> None:
    ours, _ = AgencyFactory.create_batch(2)
    path = written(tmp_path, REGISTER + ";R 10;;;;;;;\n")

    def run(*options: str) -> tuple[list[dict[str, object]], CommandError | None]:
        said = StringIO()
        try:
            call_command("import_register", str(path), "--kind", "stolen", *options, stdout=said, stderr=StringIO())
        except CommandError as error:
            return [json.loads(line) for line in said.getvalue().splitlines()], error
        return [json.loads(line) for line in said.getvalue().splitlines()], None

    nobody, refusal = run()
    assert (nobody, refusal.returncode if refusal else None) == ([], 2)
    assert ours.name in str(refusal)

    (bad, summary), failure = run("--agency", ours.name)
    assert bad == {"line": 4, "errors": [{"column": "serial", "code": "missing", "detail": "This is required."}]}
    assert (summary["agency"], summary["is_new"], failure.returncode if failure else None) == (ours.name, True, 1)
    stranger = OfficerFactory.create().username
    assert run("--agency", ours.name, "--officer", stranger)[1].returncode == 2  # type: ignore[union-attr]

    path.write_bytes(REGISTER.encode() + "É".encode("latin-1"))
    _, refusal = run("--agency", ours.name)
    assert (refusal.returncode, "line 4 is not UTF-8" in str(refusal)) == (2, True)  # type: ignore[union-attr]


def test_holders_go_when_their_time_is_over_and_the_piece_stays(officer: Officer, tmp_path: Path) -> None:
    imported(officer.agency, written(tmp_path, REGISTER))
    administrator = OfficerFactory.create(agency=officer.agency, role=OfficerRole.ADMINISTRATOR.value)
    RetentionPeriod.objects.create(
        agency=officer.agency,
        record_class=RecordClass.REGISTER_HOLDERS.value,
        days=30,
        basis="a made-up law",
        set_at=NOW,
        set_by=administrator,
    )

    assert erase_due(now=NOW + timedelta(days=29)) == 0
    assert erase_due(now=NOW + timedelta(days=31)) == 1

    entry = RegisterEntry.objects.get(key="R 7")
    assert (entry.holder, entry.holder_address, entry.digest, entry.serial) == ("", "", "", "ZQ-48213-K")
    assert entry.holder_erased_on == (NOW + timedelta(days=31)).date()
    assert erase_due(now=NOW + timedelta(days=31)) == 0
    told = AuditEntry.objects.get(action="agency.erased")
    assert (told.agency_id, "Zebedee" in told.payload) == (None, False)
