"""Whether the audit trail is as the application wrote it: walked from end to end, in the same memory for any length."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from cases.chain import BrokenLink, ChainWalk, Link, broken_links
from cases.models import AuditEntry, RowChange
from cases.queries.audit_heads import Head, heads_after, heads_in_file, last_position_in_database
from cases.queries.audit_text import COLUMNS, digest_of_what_stands, has_true_seal, text_of_entry
from cases.queries.custody_verification import custody_chains, missing_events
from cases.signing import is_signed, key_id_of, signer_of

# An entry waits for the linker a few seconds; one that waits longer has been forgotten.
LINKED_WITHIN: Final = timedelta(minutes=1)
ROWS_AT_ONCE: Final = 2_000
# How often whoever waits is told how far the walk is.
TELL_EVERY: Final = 10_000
PREPARING: Final = "prepare"
# How the actions of erasures end.
ERASED: Final = ".erased"

_ENTRY: Final = ", ".join(f'entry."{name}"' for name in COLUMNS)
_CHAIN: Final = f"""
SELECT link.position, link.previous, link.digest, link.entry_id, {_ENTRY}
FROM cases_auditlink AS link LEFT JOIN cases_auditentry AS entry ON entry.id = link.entry_id
ORDER BY link.position
"""  # noqa: S608  # nosec B608 - our own column names
_UNLINKED: Final = f"""
SELECT waiting.entry_id IS NOT NULL, {_ENTRY}
FROM cases_auditentry AS entry LEFT JOIN cases_unlinkedentry AS waiting ON waiting.entry_id = entry.id
WHERE NOT EXISTS (SELECT FROM cases_auditlink AS link WHERE link.entry_id = entry.id)
ORDER BY entry.id
"""  # noqa: S608  # nosec B608 - our own column names
_REMOVED_WHILE_WAITING: Final = """
SELECT waiting.entry_id FROM cases_unlinkedentry AS waiting
WHERE NOT EXISTS (SELECT FROM cases_auditentry AS entry WHERE entry.id = waiting.entry_id) ORDER BY waiting.entry_id
"""
_COPIED: Final = """
SELECT seal, min(id), max(id) FROM cases_auditentry WHERE seal <> '' GROUP BY seal HAVING count(*) > 1 ORDER BY min(id)
"""
# Emptying is left to the heads: tests put that guard away to clean up after themselves.
_SLEEPING_GUARDS: Final = """
SELECT relation.relname, trigger.tgname FROM pg_trigger AS trigger
JOIN pg_class AS relation ON relation.oid = trigger.tgrelid
JOIN pg_proc AS function ON function.oid = trigger.tgfoid
WHERE function.proname IN ('cases_refuse_change', 'cases_note_row_changes', 'cases_await_link',
                           'cases_auditentry_stays_proved')
  AND trigger.tgenabled IN ('D', 'R') AND trigger.tgtype & 32 = 0
ORDER BY 1, 2
"""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not hold: where, and what that means."""

    chain: str
    problem: str
    detail: str
    position: int | None = None
    covers: str | None = None

    def document(self) -> dict[str, Any]:
        """Return it as it is printed, without what it does not say."""
        said = {
            "chain": self.chain,
            "position": self.position,
            "covers": self.covers,
            "problem": self.problem,
            "detail": self.detail,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(slots=True)
class Trust:
    """What the walk is judged by: the moment, the public keys, the files of heads."""

    now: datetime
    files: Sequence[Path]
    public_keys: Mapping[str, str]

    @classmethod
    def of_installation(cls, *, now: datetime, files: Sequence[Path] = ()) -> "Trust":
        """Return what this installation trusts; without files named, its own file of heads."""
        own = signer_of(settings.AUDIT_SIGNING_KEY).public_key
        keys = (own, *settings.AUDIT_TRUSTED_PUBLIC_KEYS)
        kept = [Path(settings.AUDIT_HEADS_FILE)] if settings.AUDIT_HEADS_FILE else []
        return cls(now, tuple(files) or tuple(kept), {key_id_of(key): key for key in keys})


def verify_everything(trust: Trust, tell: Progress) -> Iterator[Finding]:
    """Yield whatever does not hold, each chain from its beginning."""
    yield from verify_audit_chain(trust, tell)
    yield from verify_unlinked(trust)
    yield from verify_custody()
    yield from verify_row_changes()
    yield from verify_guards()


def verify_chain(name: str, links: Iterable[Link]) -> Iterator[Finding]:
    """Yield what does not hold in one chain of any kind of rows, given as links in the order of their positions."""
    return (_finding(name, broken) for broken in broken_links(links))


def verify_custody() -> Iterator[Finding]:
    """Yield what does not hold in the chains of custody, and which events the audit trail tells of in vain."""
    for name, links in custody_chains():
        yield from verify_chain(name, links)
    for event in missing_events():
        yield Finding(chain="custody", problem="removed", detail="The audit trail tells of it.", covers=event)


def verify_audit_chain(trust: Trust, tell: Progress) -> Iterator[Finding]:
    """Yield what does not hold in the audit chain: rows, their order, their seals, and every signed head."""
    # Read before the chain, for what is signed was linked before.
    heads = _Heads.until_now(trust)
    yield from heads.missing_files
    yield from _doubled()
    walk, count, sealed_before = ChainWalk(), 0, False
    with _rows(_CHAIN) as rows:
        for position, previous, digest, entry_id, *columns in rows:
            entry = dict(zip(COLUMNS, columns, strict=True))
            text = None if entry["id"] is None else text_of_entry(entry)
            link = Link(position=position, previous=previous, digest=digest, text=text, covers=_named(entry_id, entry))
            yield from (_finding("audit", broken) for broken in walk.step(link))
            if text is not None:
                yield from _seal(entry, position, sealed_before=sealed_before)
                yield from _erasure(entry, position)
                sealed_before = sealed_before or entry["seal"] != ""
            yield from heads.passed(position, digest)
            count += 1
            if count % TELL_EVERY == 0:
                tell(count)
    yield from heads.beyond(walk.position)
    tell(count)


def verify_unlinked(trust: Trust) -> Iterator[Finding]:
    """Yield the entries that no link covers and that do not merely wait for the linker."""
    sealed_before = AuditEntry.objects.exclude(seal="").exists()
    with _rows(_UNLINKED) as rows:
        for is_waiting, *columns in rows:
            entry = dict(zip(COLUMNS, columns, strict=True))
            covers = _named(entry["id"], entry)
            yield from _seal(entry, None, sealed_before=sealed_before)
            if not is_waiting:
                detail = "No link covers the entry and it does not wait for one: it was not written as entries are."
                yield Finding(chain="audit", problem="unlinked", detail=detail, covers=covers)
            elif trust.now - entry["recorded_at"] > LINKED_WITHIN:
                detail = f"The entry has waited for the linker since {entry['recorded_at'].isoformat()}."
                yield Finding(chain="audit", problem="waiting", detail=detail, covers=covers)
    with _rows(_REMOVED_WHILE_WAITING) as gone:
        for (entry_id,) in gone:
            detail = "The entry was removed before it was linked."
            yield Finding(chain="audit", problem="removed", detail=detail, covers=f"entry {entry_id}")


def verify_row_changes() -> Iterator[Finding]:
    """Yield the changes of rows that no audit entry tells of, but for those of migrations by the tables' owner."""
    owner = _owner()
    for change in RowChange.objects.order_by("pk").iterator(chunk_size=ROWS_AT_ONCE):
        if change.signed_in_as == owner and change.purpose == PREPARING:
            continue
        keys = ", ".join(str(row["key"]) for row in change.rows[:5])
        detail = (
            f"{change.changed_at.isoformat()}: {change.operation} of {change.row_count} rows by {change.signed_in_as}"
            f"{f' from {change.address}' if change.address else ''} without an audit entry; keys: {keys or 'none'}."
        )
        yield Finding(chain="rows", problem="unannounced", detail=detail, covers=f"{change.table_name} ({change.pk})")


def verify_guards() -> Iterator[Finding]:
    """Yield the triggers that somebody has put to sleep."""
    with connection.cursor() as cursor:
        cursor.execute(_SLEEPING_GUARDS)
        for table, trigger in cursor.fetchall():
            yield Finding(chain="guards", problem="asleep", detail=f"The trigger {trigger} is off.", covers=table)


class _Heads:
    """The signed heads of database and files, met one after another as the walk passes their positions."""

    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.missing_files: list[Finding] = []
        self._streams: list[_Stream] = []

    @classmethod
    def until_now(cls, trust: Trust) -> "_Heads":
        heads, newest = cls(trust), last_position_in_database()
        if newest:
            until = (head for head in heads_after(0) if head.position <= newest)
            heads._streams.append(_Stream("the database", until))
        for path in trust.files:
            if path.exists():
                heads._streams.append(_Stream(path.name, heads_in_file(path, end=path.stat().st_size)))
            elif newest:
                detail = f"The file of signed heads {path} is not there."
                heads.missing_files.append(Finding(chain="audit", problem="heads_missing", detail=detail))
        return heads

    def passed(self, position: int, digest: str) -> Iterator[Finding]:
        """Compare the heads at a position with the digest there."""
        for stream in self._streams:
            for head in stream.until(position):
                yield from self._judged(stream, head, position, digest)

    def beyond(self, position: int) -> Iterator[Finding]:
        """Name the first head of each stream that reaches farther than the chain does."""
        for stream in self._streams:
            farthest = stream.farthest()
            if farthest is not None and farthest.position > position:
                detail = (
                    f"A head in {stream.name} was signed at position {farthest.position} on {farthest.signed_at}; "
                    f"the chain ends at {position}: its end was cut off."
                )
                yield Finding(chain="audit", problem="cut_off", detail=detail, position=position + 1)

    def _judged(self, stream: "_Stream", head: Head | int, position: int, digest: str) -> Iterator[Finding]:
        if isinstance(head, int):
            detail = f"Line {head} of {stream.name} is no head."
            yield Finding(chain="audit", problem="head_unreadable", detail=detail)
            return
        key = self.trust.public_keys.get(head.key_id, "")
        if not key or not is_signed(public_key=key, text=head.text, signature=head.signature):
            detail = f"The head in {stream.name} is not signed by a key of this installation ({head.key_id})."
            yield Finding(chain="audit", problem="head_unsigned", detail=detail, position=head.position)
        elif head.position < position:
            detail = f"A head in {stream.name} was signed at this position; the chain has no such link any more."
            yield Finding(chain="audit", problem="gap", detail=detail, position=head.position)
        elif head.digest != digest:
            detail = (
                f"The head in {stream.name}, signed on {head.signed_at}, says another digest: "
                "this link or one before it was written anew."
            )
            yield Finding(chain="audit", problem="recomputed", detail=detail, position=head.position)


class _Stream:
    """Heads of one source, in the order of their positions, of which one is looked at before it is taken."""

    def __init__(self, name: str, heads: Iterator[Head | int]) -> None:
        self.name = name
        self._heads = heads
        self._next = next(heads, None)

    def until(self, position: int) -> Iterator[Head | int]:
        """Take the heads up to a position, and lines that are none among them."""
        while (head := self._next) is not None and (isinstance(head, int) or head.position <= position):
            self._next = next(self._heads, None)
            yield head

    def farthest(self) -> Head | None:
        """Take what is left, and return the last head of it."""
        last = None
        while (head := self._next) is not None:
            last = head if isinstance(head, Head) else last
            self._next = next(self._heads, None)
        return last


def _doubled() -> Iterator[Finding]:
    with _rows(_COPIED) as rows:
        for _, first, last in rows:
            detail = f"It carries the seal of entry {first}: one is a copy of the other."
            yield Finding(chain="audit", problem="copied", detail=detail, covers=f"entry {last}")


def _seal(entry: Mapping[str, Any], position: int | None, *, sealed_before: bool) -> Iterator[Finding]:
    if entry["seal"] == "" and not sealed_before:
        # From before entries were sealed.
        return
    if not has_true_seal(entry, settings.AUDIT_SEAL_KEYS):
        detail = "The entry does not carry the application's seal: it was written or altered past the application."
        covers = _named(entry["id"], entry)
        yield Finding(chain="audit", problem="unsealed", detail=detail, position=position, covers=covers)


def _erasure(entry: Mapping[str, Any], position: int) -> Iterator[Finding]:
    """Tell where what stands in an erased entry is not what the entry that tells of the erasure left there."""
    if entry["erased_in"] is None:
        return
    teller = AuditEntry.objects.filter(pk=entry["erased_in"], action__endswith=ERASED).first()
    told = {} if teller is None else json.loads(teller.payload).get("entries", {})
    if told.get(str(entry["id"])) != digest_of_what_stands(entry):
        detail = "Something was erased from the entry, and no other entry tells of what stands there now."
        yield Finding(
            chain="audit", problem="altered", detail=detail, position=position, covers=_named(entry["id"], entry)
        )


def _named(entry_id: int, entry: Mapping[str, Any]) -> str:
    if entry["id"] is None:
        return f"entry {entry_id}"
    return f"entry {entry_id}, {entry['action']} {entry['object_reference']}"


def _finding(name: str, broken: BrokenLink) -> Finding:
    return Finding(
        chain=name, problem=broken.problem, detail=broken.detail, position=broken.position, covers=broken.covers
    )


def _owner() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'cases_auditentry'::regclass")
        return str(cursor.fetchone()[0])


@contextmanager
def _rows(statement: str) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Read rows by portions: the database keeps the rest."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        yield chain.from_iterable(iter(lambda: cursor.fetchmany(ROWS_AT_ONCE), []))
