"""Rulebooks of another day: the package's own files with a line changed."""

from cases.models import Rescreening, RulebookVersion
from cases.queries.rulebooks import current_rulebook
from cases.queries.touched_incidents import Versions
from cases.regimes.loader import regime_file_bytes, rulebook_from_files
from cases.services.load_rulebook_version import load_rulebook_version
from cases.services.request_rescreening import Scope, request_rescreening, versions_in_use
from cases.services.rescreen_chunk import finish_rescreening, rescreen_chunk
from tests.conftest import NOW

FILE = "iran-2006.yaml"
IN_FORCE = b"in_force: {from: 2007-03-24, until: 2016-01-16}"
# The ban on arms from Iran as if it had ended before the incident of `tests.factories`.
ENDED_EARLY = b"in_force: {from: 2007-03-24, until: 2012-01-01}"
# The same ban as if it had begun on the day of the incident, which without a time zone may be the day before.
BEGUN_THAT_DAY = b"in_force: {from: 2013-01-23, until: 2016-01-16}"


def versions_with(in_force: bytes) -> Versions:
    """Load a rulebook in which the ban was in force on other days, and return the versions with it."""
    files = {**regime_file_bytes(), "VERSION": b"of-another-day"}
    files[FILE] = files[FILE].replace(IN_FORCE, in_force, 1)
    rulebook = rulebook_from_files(files)
    assert rulebook.digest != current_rulebook().digest
    version, _ = load_rulebook_version(rulebook=rulebook, loaded_at=NOW, files=files)
    return versions_of(version)


def versions_of(rulebook: RulebookVersion) -> Versions:
    """Return the versions in use, with that rulebook."""
    in_use = versions_in_use()
    return Versions(rulebook, in_use.lists, in_use.zones_version, in_use.zones_digest)


def rescreened_under(in_force: bytes) -> Rescreening:
    """Screen every incident again under the rulebook in which the ban was in force on other days, to the end."""
    scope = Scope(target=versions_with(in_force))
    rescreening = request_rescreening(requested_at=NOW, scope=scope, tell_workers=False)
    while rescreen_chunk(rescreening_id=rescreening.pk, now=NOW) is not None:
        pass
    finish_rescreening(rescreening_id=rescreening.pk, now=NOW)
    return rescreening
