# ruff: noqa: S608 - the superuser of these tests writes SQL by hand
"""The chain of audit entries: linked by one linker behind the commit, signed, and walked by `cordon verify`."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from pytest_django import Settings

from backend.embedded.data_folder import CHECKOUT
from cases.chain import BEGINNING, linked
from cases.choices import CustodyKind, Viewed
from cases.models import AuditEntry, AuditHead, AuditLink, CustodyEvent, Officer, RowChange, UnlinkedEntry
from cases.queries.audit_text import columns_of, text_of_entry
from cases.queries.audit_verification import Finding, Trust, verify_everything
from cases.services.append_custody_event import CustodyDetails
from cases.services.link_audit_entries import link_audit_entries
from cases.services.record_custody_event import record_custody_event
from cases.services.record_view import record_view
from cases.services.write_audit_entry import write_audit_entry
from tests.conftest import NOW
from tests.databases import as_superuser, database_environment
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heads(tmp_path: Path, settings: Settings) -> Path:
    """The file of signed heads, outside the database."""
    settings.AUDIT_HEADS_FILE = str(tmp_path / "audit-heads.ndjson")
    return tmp_path / "audit-heads.ndjson"


@pytest.fixture
def officer(transactional_db: None) -> Officer:
    """An officer whose acts are recorded for good."""
    return OfficerFactory.create()


@pytest.fixture
def chain(officer: Officer, heads: Path) -> list[AuditEntry]:
    """Five linked entries, in three rounds, each with a signed head."""
    entries = [written(officer, number) for number in range(2)]
    link_audit_entries(now=NOW)
    entries += [written(officer, number) for number in range(2, 4)]
    link_audit_entries(now=NOW)
    entries += [written(officer, 4)]
    link_audit_entries(now=NOW)
    return entries


@contextmanager
def unguarded() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Let the superuser do anything unseen; afterwards every guard is found in its place."""
    with as_superuser() as everything:
        guards = everything.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
        ).fetchall()
        for table, trigger in guards:
            everything.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        # Foreign keys as well.
        everything.execute("SET session_replication_role = replica")
        try:
            yield everything
        finally:
            for table, trigger in guards:
                everything.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def by_the_superuser(*statements: str) -> None:
    with unguarded() as everything:
        for statement in statements:
            everything.execute(statement)


def written(officer: Officer, number: int) -> AuditEntry:
    change = {"before": {"number": number - 1}, "after": {"number": number}}
    return write_audit_entry(action="test.done", subject=officer, at=NOW, by=officer, reason="a test", change=change)


def found(*, files: tuple[Path, ...] = ()) -> list[Finding]:
    trust = Trust.of_installation(now=NOW + timedelta(minutes=5), files=files)
    return list(verify_everything(trust, lambda _: None))


def problems() -> list[tuple[str, int | None]]:
    return [(finding.problem, finding.position) for finding in found()]


def test_entries_are_linked_in_the_order_of_their_numbers_and_every_link_covers_the_whole_row(
    chain: list[AuditEntry],
) -> None:
    links = list(AuditLink.objects.order_by("position"))

    assert [(link.position, link.entry_id) for link in links] == [(n, e.pk) for n, e in enumerate(chain, start=1)]
    digest = BEGINNING
    for link, entry in zip(links, chain, strict=True):
        assert link.previous == digest
        digest = linked(digest, text_of_entry(columns_of(entry)))
        assert link.digest == digest
    assert not UnlinkedEntry.objects.exists()
    assert found() == []


def test_each_round_signs_a_head_that_stands_in_the_database_and_in_the_file(
    chain: list[AuditEntry], heads: Path
) -> None:
    lines = [json.loads(line) for line in heads.read_text().splitlines()]

    assert [line["position"] for line in lines] == [2, 4, 5]
    assert [line["digest"] for line in lines] == list(AuditHead.objects.order_by("pk").values_list("digest", flat=True))
    assert heads.stat().st_mode & 0o777 == 0o600
    assert "PUBLIC KEY" in heads.with_name("audit-public-key.pem").read_text()


@pytest.mark.parametrize(
    "assignment",
    [
        *("reason = 'another'", "payload = '{}'", "officer_id = NULL", "recorded_at = recorded_at + interval '1 s'"),
        *("action = 'x'", "object_reference = '9'", "address = '10.0.0.1'", "on_behalf_of = 'x'", "request_id = 'x'"),
    ],
)
def test_a_row_altered_by_the_superuser_is_found(chain: list[AuditEntry], assignment: str) -> None:
    by_the_superuser(f"UPDATE cases_auditentry SET {assignment} WHERE id = {chain[2].pk}")

    assert problems() == [("altered", 3), ("unsealed", 3)]


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_row_removed_by_the_superuser_is_found_the_last_one_too(chain: list[AuditEntry], place: int) -> None:
    by_the_superuser(f"DELETE FROM cases_auditentry WHERE id = {chain[place].pk}")

    assert problems() == [("removed", place + 1)]


def test_a_row_removed_with_its_link_leaves_a_gap(chain: list[AuditEntry]) -> None:
    by_the_superuser(
        "DELETE FROM cases_auditlink WHERE position = 3", f"DELETE FROM cases_auditentry WHERE id = {chain[2].pk}"
    )

    assert problems() == [("gap", 3)]


def test_the_last_row_removed_with_its_link_and_its_head_is_missed_by_the_file(chain: list[AuditEntry]) -> None:
    by_the_superuser(
        "DELETE FROM cases_auditlink WHERE position = 5",
        f"DELETE FROM cases_auditentry WHERE id = {chain[4].pk}",
        "DELETE FROM cases_audithead WHERE position = 5",
    )

    assert problems() == [("cut_off", 5)]


def test_a_cut_tail_on_which_the_linker_went_on_is_found(chain: list[AuditEntry], officer: Officer) -> None:
    by_the_superuser(
        "DELETE FROM cases_auditlink WHERE position >= 4",
        f"DELETE FROM cases_auditentry WHERE id >= {chain[3].pk}",
        "DELETE FROM cases_audithead WHERE position >= 4",
    )
    for number in range(3):
        written(officer, number)
    link_audit_entries(now=NOW)

    assert problems() == [("recomputed", 4), ("recomputed", 5)]


def test_a_row_inserted_by_the_superuser_is_found_whatever_it_says(chain: list[AuditEntry]) -> None:
    columns = ", ".join(name for name in columns_of(chain[0]) if name not in {"id", "seal"})
    by_the_superuser(
        *(
            f"INSERT INTO cases_auditentry ({columns}, seal) SELECT {columns}, {seal} FROM cases_auditentry"
            f" WHERE id = {chain[0].pk}"
            for seal in ("''", "'0123456789abcdef:00'", "seal")
        )
    )

    assert [finding.problem for finding in found()] == [
        *("copied", "unsealed", "unlinked", "unsealed", "unlinked", "unlinked"),
    ]


def test_a_row_inserted_with_every_guard_awake_is_found_after_it_was_linked(
    chain: list[AuditEntry], officer: Officer
) -> None:
    columns = ", ".join(name for name in columns_of(chain[0]) if name != "id")
    with as_superuser() as everything:
        everything.execute(
            f"INSERT INTO cases_auditentry ({columns}) SELECT {columns} FROM cases_auditentry WHERE id = {chain[0].pk}"
        )
    link_audit_entries(now=NOW)

    assert [finding.problem for finding in found()] == ["copied", "unannounced"]
    assert RowChange.objects.get().table_name == "cases_auditentry"


def test_a_chain_recomputed_from_end_to_end_does_not_meet_the_heads_in_the_file(
    chain: list[AuditEntry],
) -> None:
    with unguarded() as everything:
        everything.execute(f"UPDATE cases_auditentry SET reason = 'forged' WHERE id = {chain[1].pk}")
        digest = BEGINNING
        for link in AuditLink.objects.order_by("position").select_related("entry"):
            previous, digest = digest, linked(digest, text_of_entry(columns_of(link.entry)))
            everything.execute(
                "UPDATE cases_auditlink SET previous = %s, digest = %s WHERE position = %s",
                [previous, digest, link.position],
            )
        everything.execute("DELETE FROM cases_audithead")

    assert problems() == [("unsealed", 2), ("recomputed", 2), ("recomputed", 4), ("recomputed", 5)]


def test_heads_written_by_somebody_without_the_key_are_found(chain: list[AuditEntry]) -> None:
    by_the_superuser("UPDATE cases_audithead SET signature = repeat('0', 128) WHERE position = 4")

    assert problems() == [("head_unsigned", 4)]


def test_a_missing_or_spoilt_file_of_heads_is_told(chain: list[AuditEntry], heads: Path) -> None:
    lines = heads.read_text().splitlines()
    heads.write_text("\n".join([lines[0], "{}", *lines[1:]]) + "\n")
    assert [finding.problem for finding in found()] == ["head_unreadable"]

    heads.unlink()
    assert [finding.problem for finding in found()] == ["heads_missing"]


def test_a_line_that_a_power_failure_cut_short_is_written_again(
    chain: list[AuditEntry], heads: Path, officer: Officer
) -> None:
    heads.write_text(heads.read_text()[:-40])

    written(officer, 5)
    link_audit_entries(now=NOW)

    assert [json.loads(line)["position"] for line in heads.read_text().splitlines()] == [2, 4, 5, 6]
    assert found() == []


def test_who_commits_late_with_a_lower_number_is_linked_late_and_nobody_is_skipped(
    officer: Officer, heads: Path
) -> None:
    written_first, may_commit = threading.Event(), threading.Event()
    early: list[AuditEntry] = []

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                early.append(written(officer, 0))
                written_first.set()
                may_commit.wait(30)
        finally:
            connections.close_all()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    written_first.wait(30)
    late = written(officer, 1)
    assert early[0].pk < late.pk
    # The lower number is taken, and its row is not there yet for anybody else.
    assert link_audit_entries(now=NOW) == 1
    assert [link.entry_id for link in AuditLink.objects.all()] == [late.pk]
    may_commit.set()
    slow.join()

    assert link_audit_entries(now=NOW) == 1
    assert list(AuditLink.objects.order_by("position").values_list("entry_id", flat=True)) == [late.pk, early[0].pk]
    assert found() == []


def test_what_is_rolled_back_leaves_no_gap_in_the_chain(officer: Officer, heads: Path) -> None:
    written(officer, 0)
    with transaction.atomic():
        written(officer, 1)
        transaction.set_rollback(True)
    written(officer, 2)
    link_audit_entries(now=NOW)

    assert list(AuditLink.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert found() == []


def test_many_writers_and_two_linkers_make_one_chain_without_gaps(officer: Officer, heads: Path) -> None:
    def write() -> None:
        try:
            for number in range(25):
                with transaction.atomic():
                    written(officer, number)
        finally:
            connections.close_all()

    def link() -> None:
        try:
            while any(writer.is_alive() for writer in writers):
                link_audit_entries(now=NOW)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    linkers = [threading.Thread(target=link) for _ in range(2)]
    for thread in (*writers, *linkers):
        thread.start()
    for thread in (*writers, *linkers):
        thread.join()
    link_audit_entries(now=NOW)

    assert list(AuditLink.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 101))
    assert found() == []


def test_a_linker_that_is_killed_leaves_nothing_half_done_and_the_next_goes_on(officer: Officer, heads: Path) -> None:
    for number in range(5):
        written(officer, number)
    code = (
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from cases.services.link_audit_entries import link_audit_entries\n"
        "link_audit_entries(now=timezone.now())\n"
    )
    environment = {**os.environ, **database_environment(), "DJANGO_SETTINGS_MODULE": "backend.settings.test"}
    with as_superuser() as holder, holder.transaction():
        # Its links are written and it cannot take the waiting off the list: killed in the midst of its transaction.
        holder.execute("SELECT FROM cases_unlinkedentry FOR UPDATE")
        process = subprocess.Popen([sys.executable, "-c", code], cwd=CHECKOUT, env=environment)
        wait_until(somebody_waits_for_a_row)
        process.kill()
        process.wait()
    assert not AuditLink.objects.exists()

    assert link_audit_entries(now=NOW) == 5
    assert found() == []


def test_an_entry_that_nobody_links_is_told_after_a_minute(officer: Officer, heads: Path) -> None:
    written(officer, 0)

    soon = Trust.of_installation(now=NOW + timedelta(seconds=50))
    assert list(verify_everything(soon, lambda _: None)) == []
    assert [finding.problem for finding in found()] == ["waiting"]


def test_an_entry_removed_while_it_waits_is_told_and_stops_nobody(officer: Officer, heads: Path) -> None:
    first, second = written(officer, 0).pk, written(officer, 1).pk
    by_the_superuser(f"DELETE FROM cases_auditentry WHERE id = {first}")

    assert link_audit_entries(now=NOW) == 1
    assert AuditLink.objects.get().entry_id == second
    assert [(finding.problem, finding.covers) for finding in found()] == [("removed", f"entry {first}")]


def test_a_guard_that_sleeps_is_told(chain: list[AuditEntry]) -> None:
    with unguarded():
        assert {finding.problem for finding in found()} == {"asleep"}


def test_a_view_is_recorded_in_its_transaction_or_not_at_all(officer: Officer) -> None:
    incident = recorded_incident(officer)
    before = AuditEntry.objects.count()

    with transaction.atomic():
        record_view(officer=officer, subject=incident, viewed_at=NOW, what=Viewed.INCIDENT)
        transaction.set_rollback(True)
    assert (AuditEntry.objects.count(), RowChange.objects.count()) == (before, 0)

    entry = record_view(officer=officer, subject=incident, viewed_at=NOW, what=Viewed.INCIDENT)
    assert (entry.action, entry.incident, entry.officer) == ("incident.viewed", incident, officer)


def test_the_command_names_the_first_broken_link_and_fails(chain: list[AuditEntry]) -> None:
    out, said = StringIO(), StringIO()
    call_command("verify", stdout=out, stderr=said)
    assert out.getvalue() == ""
    assert "5 audit links walked" in said.getvalue()

    by_the_superuser(f"UPDATE cases_auditentry SET reason = 'forged' WHERE id = {chain[3].pk}")
    with pytest.raises(CommandError, match=rf"first broken link: audit at position 4 \(entry {chain[3].pk}") as failed:
        call_command("verify", stdout=out, stderr=said)
    assert failed.value.returncode == 1
    assert [json.loads(line)["problem"] for line in out.getvalue().splitlines()] == ["altered", "unsealed"]


def test_entries_from_before_seals_hold_as_long_as_they_come_before_the_first_sealed_one(
    officer: Officer, heads: Path
) -> None:
    entry = written(officer, 0)
    by_the_superuser(f"UPDATE cases_auditentry SET seal = '' WHERE id = {entry.pk}")
    written(officer, 1)
    link_audit_entries(now=NOW)

    assert found() == []


def test_earlier_keys_of_seals_and_heads_stay_trusted(chain: list[AuditEntry], settings: Settings) -> None:
    old = next(iter(Trust.of_installation(now=NOW).public_keys.values()))
    settings.AUDIT_SEAL_KEYS = ["a new key", *settings.AUDIT_SEAL_KEYS]
    settings.AUDIT_SIGNING_KEY = "ab" * 32
    assert {finding.problem for finding in found()} == {"head_unsigned"}

    settings.AUDIT_TRUSTED_PUBLIC_KEYS = [old]
    assert found() == []


def somebody_waits_for_a_row() -> bool:
    with as_superuser() as everything:
        waiting = everything.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return waiting.fetchone() is not None


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 45
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def held(officer: Officer, heads: Path) -> list[CustodyEvent]:
    """An item's chain of custody of three events, told of in the audit trail."""
    item = recorded_incident(officer).items.get()
    for kind in (CustodyKind.COLLECTED, CustodyKind.SEALED, CustodyKind.EXAMINED):
        details = CustodyDetails(kind=kind, seal="B7" if kind is CustodyKind.SEALED else "", note="as seen")
        record_custody_event(officer=officer, subject=item, details=details, recorded_at=NOW)
    link_audit_entries(now=NOW)
    return list(CustodyEvent.objects.order_by("number"))


def test_chains_of_custody_hold_as_they_were_recorded(held: list[CustodyEvent]) -> None:
    assert found() == []


@pytest.mark.parametrize(
    "assignment", ["seal = 'C9'", "kind = 'stored'", "at = '2020'", "text = replace(text, 'B7', 'C9')"]
)
def test_a_custody_event_altered_by_the_superuser_is_found(held: list[CustodyEvent], assignment: str) -> None:
    by_the_superuser(f"UPDATE cases_custodyevent SET {assignment} WHERE number = 2")

    assert problems() == [("altered", 2)]


def test_a_name_or_note_put_in_place_of_another_is_found(held: list[CustodyEvent]) -> None:
    by_the_superuser("UPDATE cases_custodynominal SET text = replace(text, 'as seen', 'unseen')")

    assert problems() == [("altered", 1), ("altered", 2), ("altered", 3)]


@pytest.mark.parametrize(("number", "broken"), [(2, [("gap", 2), ("removed", None)]), (3, [("removed", None)])])
def test_a_custody_event_removed_by_the_superuser_is_found_the_last_one_too(
    held: list[CustodyEvent], number: int, broken: list[tuple[str, int | None]]
) -> None:
    by_the_superuser(
        f"DELETE FROM cases_custodynominal WHERE event_id = {held[number - 1].pk}",
        f"DELETE FROM cases_custodyevent WHERE id = {held[number - 1].pk}",
    )

    assert problems() == broken
