"""Importing an agency's own register: in pieces, each of them whole; cut short, the same call goes on."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction

from cases.choices import RegisterKind
from cases.errors import RegisterOvertaken
from cases.intake.problems import Problem, quote
from cases.models import Agency, Officer, RegisterEntry, RegisterVersion
from cases.registers.entry_rows import EntryRow, entry_problems
from cases.registers.rows import ReadRow, read_rows
from cases.services.insert_rows import insert_rows, new_keys
from cases.services.write_audit_entry import write_audit_entry
from cases.tables.reading import Table

# A second's work: what is lost at most when an import is cut short.
AT_ONCE: Final = 2_000
# Two imports of one register would each succeed the other's rows; any number will do, the agency stands beside it.
IMPORT_LOCK: Final = 1_267_021
_TEXTS: Final = (
    *("serial", "make", "model", "calibre", "country_of_manufacture", "country", "holder", "holder_address"),
    *("holder_paper", "unit", "status", "registered_on", "lost_on"),
)

Row = ReadRow[EntryRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """A file as an edition of a register: whose and which, and whether it is all of it."""

    agency: Agency
    kind: RegisterKind
    table: Table
    file_name: str
    # Whether what the file does not hold any more has left the register.
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRegister:
    """What an import came to: the version, whether it is new, and after how many rows of an earlier call it went on."""

    version: RegisterVersion
    is_new: bool
    went_on_after: int


def import_register(
    *,
    file: RegisterFile,
    officer: Officer | None,
    imported_at: datetime,
    refuse: Callable[[Row], None] = lambda _row: None,
    advance: Callable[[int], object] = lambda _count: None,
) -> ImportedRegister:
    """Take in what is new or has changed; an entry is succeeded, never edited. The same file again changes nothing.

    `refuse` is told each row that cannot be taken, `advance` how many were done. Raises RegisterOvertaken where
    another import of the register went on meanwhile.
    """
    version, is_new = _begin(file, officer, imported_at)
    done = version.rows_done
    if version.finished_at is not None:
        return ImportedRegister(version=version, is_new=False, went_on_after=done)
    advance(done)
    rows = islice(read_rows(file.table.rows(), EntryRow, entry_problems), done, None)
    while chunk := list(islice(rows, AT_ONCE)):
        refused = _take_in(file, version, chunk, imported_at)
        for row in refused:
            refuse(row)
        advance(len(chunk))
    return ImportedRegister(version=_finish(file, version, officer, imported_at), is_new=is_new, went_on_after=done)


def _begin(file: RegisterFile, officer: Officer | None, at: datetime) -> tuple[RegisterVersion, bool]:
    """Return the version that the file is, new or begun before, and whether it is new."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, file.agency.pk])
        last = RegisterVersion.objects.filter(agency=file.agency, kind=file.kind).order_by("-number").first()
        if last is not None and (last.digest, last.is_whole) == (file.table.digest, file.is_whole):
            return last, False
        if last is not None and last.finished_at is None:
            # Cut short, and its file is not the one to go on with: what it took in stays.
            last.finished_at = at
            last.save(update_fields=["finished_at"])
        version = RegisterVersion.objects.create(
            agency=file.agency,
            kind=file.kind,
            number=1 if last is None else last.number + 1,
            file_name=file.file_name,
            digest=file.table.digest,
            is_whole=file.is_whole,
            started_at=at,
            started_by=officer,
        )
        change = {"after": {**_named(version), "file": version.digest, "rows": file.table.count}}
        write_audit_entry(action="register.import_began", subject=version, at=at, by=officer, change=change)
    return version, True


def _take_in(file: RegisterFile, version: RegisterVersion, chunk: Sequence[Row], at: datetime) -> list[Row]:
    """Keep a piece of the file and how far that is, together; return the rows that were refused."""
    with transaction.atomic():
        version_now = _locked(version)
        sorting = _Sorting(version_now)
        keys = [row.value.entry_key for row in chunk if row.value is not None]
        standing = RegisterEntry.objects.filter(agency=file.agency, kind=file.kind, ended_in__isnull=True, key__in=keys)
        sorting.sort(chunk, {entry.key: entry for entry in standing})
        RegisterEntry.objects.filter(pk__in=sorting.succeeded).update(ended_in=version_now)
        RegisterEntry.objects.filter(pk__in=sorting.unchanged).update(seen_in=version_now)
        insert_rows(model=RegisterEntry, rows=sorting.columns())
        version.rows_done += len(chunk)
        version.counts = {**version.counts, **_sum(version.counts, sorting.counts())}
        version.save(update_fields=["rows_done", "counts"])
        change = {"after": {**_named(version), "rows_done": version.rows_done, **sorting.counts()}}
        write_audit_entry(action="register.rows_kept", subject=version, at=at, by=version.started_by, change=change)
    return sorting.refused


def _locked(version: RegisterVersion) -> RegisterVersion:
    now = RegisterVersion.objects.select_for_update().get(pk=version.pk)
    if now.finished_at is not None or now.rows_done != version.rows_done:
        raise RegisterOvertaken
    return now


@dataclass(slots=True)
class _Sorting:
    """Which rows of a piece are new, say otherwise than what stands, say the same, or cannot be taken."""

    version: RegisterVersion
    added: list[tuple[int, EntryRow, str]] = field(default_factory=list)
    succeeded: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)

    def sort(self, chunk: Iterable[Row], standing: Mapping[str, RegisterEntry]) -> None:
        seen: set[str] = set()
        for row in chunk:
            if row.value is None:
                self.refused.append(row)
                continue
            key, digest = row.value.entry_key, _digest(row.value)
            before = standing.get(key)
            # Of an earlier piece of this very file, too.
            if key in seen or (before is not None and before.seen_in_id == self.version.pk):
                self.refused.append(ReadRow(row.line, None, (Problem("/key", "repeated_key", {"value": quote(key)}),)))
                continue
            seen.add(key)
            if before is not None and before.digest == digest:
                self.unchanged.append(before.pk)
                continue
            if before is not None:
                self.succeeded.append(before.pk)
            self.added.append((row.line, row.value, digest))

    def columns(self) -> Iterator[dict[str, Any]]:
        version = self.version
        keys = new_keys(model=RegisterEntry, count=len(self.added))
        for row_id, (line, value, digest) in zip(keys, self.added, strict=True):
            said = value.model_dump(mode="json")
            yield {
                "id": row_id,
                **{name: said[name] or "" for name in _TEXTS},
                "agency_id": version.agency_id,
                "kind": version.kind,
                "key": value.entry_key,
                "digest": digest,
                "imported_in_id": version.pk,
                "seen_in_id": version.pk,
                "line": line,
                "serial_key": value.serial_key,
            }

    def counts(self) -> dict[str, int]:
        changed = len(self.succeeded)
        return {
            "added": len(self.added) - changed,
            "changed": changed,
            "unchanged": len(self.unchanged),
            "refused": len(self.refused),
        }


def _finish(file: RegisterFile, version: RegisterVersion, officer: Officer | None, at: datetime) -> RegisterVersion:
    with transaction.atomic():
        _locked(version)
        version.counts = {**_sum({}, version.counts), "ended": _end_others(file, version)}
        version.finished_at = at
        version.save(update_fields=["counts", "finished_at"])
        change = {"after": {**_named(version), **version.counts}}
        write_audit_entry(action="register.imported", subject=version, at=at, by=officer, change=change)
    return version


def _end_others(file: RegisterFile, version: RegisterVersion) -> int:
    """End what a whole file does not hold; nothing where a row was refused: its entry would seem to be gone."""
    if not file.is_whole or version.counts.get("refused"):
        return 0
    standing = RegisterEntry.objects.filter(agency=file.agency, kind=file.kind, ended_in__isnull=True)
    return standing.exclude(seen_in=version).update(ended_in=version)


def _named(version: RegisterVersion) -> dict[str, Any]:
    return {"agency": version.agency.name, "register": version.kind, "version": version.number}


def _sum(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) + count for name, count in more.items()}


def _digest(entry: EntryRow) -> str:
    return f"sha256:{hashlib.sha256(entry.content().encode()).hexdigest()}"
