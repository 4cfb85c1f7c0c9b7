"""Going on with a re-screening that was interrupted, or planning one."""

from datetime import datetime

from cases.choices import RescreeningCause
from cases.errors import NoSuchVersion
from cases.models import Rescreening
from cases.queries.earlier_versions import find_rulebook_version_named
from cases.queries.rescreenings import find_unfinished
from cases.queries.touched_incidents import Versions
from cases.services.request_rescreening import Scope, request_rescreening, versions_in_use


def resume_rescreening(
    *, requested_at: datetime, everything: bool, since_version: str | None
) -> tuple[Rescreening, bool]:
    """Return the unfinished re-screening of the same incidents, else a new one; and whether it is resumed.

    The workers are not told of a new one: whoever asks does the work. Raises NoSuchVersion.
    """
    target = versions_in_use()
    since = None if since_version is None else _as_of(since_version, target)
    unfinished = find_unfinished()
    if unfinished is not None and _is_the_same(unfinished, target, since, everything=everything):
        return unfinished, True
    scope = Scope(everything=everything and since is None, since=since)
    planned = request_rescreening(requested_at=requested_at, scope=scope, tell_workers=False)
    return planned, False


def _as_of(name: str, target: Versions) -> Versions:
    """Return the versions in use with the earlier rulebook in the place of today's."""
    rulebook = find_rulebook_version_named(name)
    if rulebook is None:
        raise NoSuchVersion(version=name)
    return Versions(rulebook, target.lists, target.zones_version, target.zones_digest)


def _is_the_same(unfinished: Rescreening, target: Versions, since: Versions | None, *, everything: bool) -> bool:
    planned = (unfinished.rulebook_id, unfinished.lists, unfinished.zones_digest)
    if planned != (target.rulebook.pk, target.lists, target.zones_digest):
        return False
    if since is not None:
        return bool(unfinished.before == [since.document()])
    return (unfinished.cause == RescreeningCause.ORDER) == everything
