import json
import threading
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from cases.errors import NotFound
from cases.lists.errors import ListRefused
from cases.models import AuditEntry, DesignatedParty, ListVersion
from cases.queries.designations import current_designations, designations_as_used, list_editions
from cases.queries.screening_result import result_for_incident
from cases.services.import_list import ImportedList, import_list
from cases.services.run_screening import run_screening
from tests.factories import OfficerFactory, recorded_incident
from tests.list_samples import BRIGADE, PERSON, SAMPLE, SHIPPING, VESSELS, consolidated, entry, vessel_csv

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NEWER = consolidated(BRIGADE, SHIPPING, generated="2024-06-01T00:00:00Z")
OLDER = consolidated(PERSON, generated="2020-01-01T00:00:00Z")


def imported(content: bytes, **options: object) -> ImportedList:
    return import_list(**{"content": content, "file_name": "list.xml", "imported_at": AT, **options})


def test_an_edition_is_kept_whole() -> None:
    done = imported(SAMPLE)

    assert (done.is_new, done.version.name, done.version.generated_on) == (True, "un-sc", date(2024, 3, 1))
    assert done.version.counts == {
        "parties": 4,
        "organization": 2,
        "person": 2,
        "added": 4,
        "removed": 0,
        "changed": 0,
    }
    (edition,) = list_editions("un-sc")
    assert [party.reference_number for party in edition.parties] == ["GBi.904", "KPe.903", "QDe.902", "QDi.901"]
    row = DesignatedParty.objects.get(reference_number="QDi.901")
    assert row.names == ["TORVALD EXEMPLUM BRANNIGAN", "Torwald Eksemplum", "Abu Exemplum"]
    assert AuditEntry.objects.get(action="list.imported").object_reference == str(done.version.pk)


def test_the_same_file_twice_changes_nothing_and_says_so() -> None:
    first = imported(SAMPLE)

    again = imported(SAMPLE, imported_at=AT + timedelta(days=1))

    assert (again.is_new, again.version) == (False, first.version)
    assert ListVersion.objects.count() == 1
    assert AuditEntry.objects.filter(action="list.imported").count() == 1


def test_entries_in_the_same_words_are_not_kept_twice() -> None:
    imported(SAMPLE)

    imported(NEWER, accept_removals=True)

    assert DesignatedParty.objects.count() == 4
    assert [version.parties.count() for version in ListVersion.objects.order_by("pk")] == [4, 2]


def test_an_edition_says_what_it_changed() -> None:
    imported(consolidated(PERSON, BRIGADE))
    renamed = entry("QDe.902", "CRIMSON LANTERN FRONT", kind="ENTITY", LISTED_ON="2014-11-19")

    done = imported(consolidated(renamed, SHIPPING, generated="2024-06-01T00:00:00Z"))

    changes = done.version.changes
    assert [each["reference_number"] for each in changes["added"]] == ["KPe.903"]
    assert [each["reference_number"] for each in changes["removed"]] == ["QDi.901"]
    assert [(each["reference_number"], each["fields"]) for each in changes["changed"]] == [("QDe.902", ["names"])]


@pytest.mark.parametrize(
    "content",
    [SAMPLE[:-40], b"<!DOCTYPE x [<!ENTITY a 'b'>]><CONSOLIDATED_LIST/>", b"<other/>", consolidated()],
    ids=["truncated", "entities", "wrong root", "empty"],
)
def test_a_bad_file_is_refused_and_the_edition_before_stays_in_force(content: bytes) -> None:
    before = imported(SAMPLE).version
    used = current_designations()

    with pytest.raises(ListRefused):
        imported(content)

    assert [*ListVersion.objects.all()] == [before]
    assert current_designations() is used


def test_a_list_from_the_future_is_refused() -> None:
    with pytest.raises(ListRefused, match="yet to come"):
        imported(consolidated(PERSON, generated="2027-01-01T00:00:00Z"))


def test_an_edition_that_lost_much_is_refused_unless_it_is_meant() -> None:
    many = [entry(f"A.{number:03}", "NAME", f"N{number}") for number in range(40)]
    imported(consolidated(*many))
    short = consolidated(*many[:20], generated="2024-06-01T00:00:00Z")

    with pytest.raises(ListRefused, match="20 of 40 entries"):
        imported(short)

    assert imported(short, accept_removals=True).version.counts["removed"] == 20


def test_an_older_edition_tells_of_older_days_and_the_newest_stays_in_force() -> None:
    imported(NEWER)

    done = imported(OLDER)

    assert done.version.counts["added"] == 1
    lists = current_designations()
    assert [(used.name, used.generated) for used in lists.lists] == [("un-sc", date(2024, 6, 1))]
    assert lists.covers("un-sc", date(2020, 1, 1))
    assert lists.entry("un-sc", "QDi.901").is_listed_on(date(2019, 1, 1)) is True


def test_a_long_lived_process_takes_a_new_edition_without_restart() -> None:
    assert current_designations().entries == ()
    imported(OLDER)
    first = current_designations()
    assert current_designations() is first

    imported(NEWER)

    assert {entry.reference_number for entry in current_designations().entries} == {"QDi.901", "QDe.902", "KPe.903"}


def test_asking_whether_a_newer_edition_came_is_one_query(django_assert_num_queries: object) -> None:
    imported(SAMPLE)
    current_designations()

    with django_assert_num_queries(1):  # type: ignore[operator]
        current_designations()


def test_lists_are_found_again_as_an_old_result_names_them() -> None:
    imported(OLDER)
    then = [{"name": used.name, "digest": used.digest} for used in current_designations().lists]
    imported(NEWER)
    imported(vessel_csv(*VESSELS), file_name="vessels-2024-01-01.csv")

    assert [entry.reference_number for entry in designations_as_used(then).entries] == ["QDi.901"]
    now = [{"name": used.name, "digest": used.digest} for used in current_designations().lists]
    assert designations_as_used(now).entries == current_designations().entries
    with pytest.raises(NotFound):
        designations_as_used([{"name": "un-sc", "digest": "sha256:0"}])


def test_an_administrator_finds_an_entry_by_any_of_its_names() -> None:
    imported(SAMPLE)
    browser = Client()
    browser.force_login(OfficerFactory.create(is_staff=True, is_superuser=True))

    page = browser.get("/admin/cases/designatedparty/", {"q": "eksemplum"}).content.decode()

    assert "QDi.901" in page
    assert "QDe.902" not in page


def test_rows_of_an_edition_are_never_changed() -> None:
    imported(SAMPLE)

    for statement in (
        "UPDATE cases_designatedparty SET name = 'x'",
        "DELETE FROM cases_listversion_parties",
        "DELETE FROM cases_designatedparty",
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_screening_compares_with_the_lists_imported(officer, now, rulebook_version) -> None:
    imported(SAMPLE)
    incident = recorded_incident(
        officer,
        occurred_on="2024-03-10",
        recipient={"kind": "private", "name": "Torvald Exemplum Brannigan", "country": "YEM"},
        parties=[{"role": "consignor", "kind": "organization", "name": "Zantoria Pearl Shipping Company"}],
    )

    run = run_screening(run_id=incident.runs.get().pk, now=now)

    result = result_for_incident(incident)
    assert result["lists"] == run.lists
    assert [used["name"] for used in run.lists] == ["un-sc"]
    assert [(m["reference_number"], m["matched"]) for m in result["designations"]] == [
        ("KPe.903", "parties[0].name"),
        ("QDi.901", "recipient.name"),
    ]
    outcomes = {finding["regime"]: finding["outcome"] for finding in result["findings"]}
    assert outcomes["isil-al-qaida-1267"] == "indicated"
    assert "designated_party_asset_freeze" in {flag["code"] for flag in result["flags"]}


def test_the_command_prints_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "list.xml"
    file.write_bytes(SAMPLE)
    out, told = StringIO(), StringIO()

    call_command("import_list", str(file), stdout=out, stderr=told)
    call_command("import_list", str(file), stdout=out, stderr=told)

    first, again = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["is_new"], first["list"], first["counts"]["parties"]) == (True, "un-sc", 4)
    assert again["is_new"] is False
    assert "nothing changed" in told.getvalue()


@pytest.mark.parametrize("content", [b"<a/>", None], ids=["bad", "missing"])
def test_the_command_says_that_the_file_is_bad(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "list.xml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        call_command("import_list", str(file))

    assert refusal.value.returncode == 2
    assert not ListVersion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_make_one_edition() -> None:
    done: list[bool] = []

    def work() -> None:
        done.append(imported(SAMPLE).is_new)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False, True]
    assert ListVersion.objects.count() == 1
