"""Who is named as a holder: an officer, an agency, a store, or somebody outside the system."""

from dataclasses import dataclass
from uuid import UUID

from cases.choices import HolderKind
from cases.errors import InvalidSubmission
from cases.intake.problems import Problem, quote
from cases.models import Agency, Officer, Store


@dataclass(frozen=True, slots=True)
class NamedHolder:
    """Who holds a thing, or is offered it, by row; of a person only the name."""

    kind: HolderKind
    agency: Agency | None = None
    officer: Officer | None = None
    store: Store | None = None
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderNames:
    """A holder as written: an agency alone, or with an officer of it; else a store, or a person."""

    officer: str | None = None
    agency: str | None = None
    store: UUID | None = None
    person: str | None = None


def named_holder(asking: Officer, names: HolderNames, *, pointer: str) -> NamedHolder | None:
    """Return the holder that is named, None where none is; an officer without an agency is one's own colleague.

    Others are found by their whole names only, and an officer only together with the agency. Raises
    InvalidSubmission.
    """
    ways = [names.store is not None, bool(names.person), bool(names.agency or names.officer)]
    if sum(ways) > 1:
        raise InvalidSubmission([Problem(pointer, "one_of_these")])
    if names.store is not None:
        store = Store.objects.filter(store_id=names.store).select_related("agency").first()
        if store is None:
            raise _not_known(f"{pointer}/store", str(names.store))
        return NamedHolder(HolderKind.STORE, agency=store.agency, store=store)
    if names.person:
        return NamedHolder(HolderKind.PERSON, person=names.person)
    if not any(ways):
        return None
    return _within_the_system(asking, names, pointer)


def _within_the_system(asking: Officer, names: HolderNames, pointer: str) -> NamedHolder:
    agency = Agency.objects.filter(name=names.agency).first() if names.agency else asking.agency
    if agency is None:
        raise _not_known(f"{pointer}/agency", names.agency or "")
    if not names.officer:
        return NamedHolder(HolderKind.AGENCY, agency=agency)
    officer = Officer.objects.filter(username=names.officer, agency=agency, is_active=True).first()
    if officer is None:
        raise _not_known(f"{pointer}/officer", names.officer)
    return NamedHolder(HolderKind.OFFICER, agency=agency, officer=officer)


def _not_known(pointer: str, value: str) -> InvalidSubmission:
    return InvalidSubmission([Problem(pointer, "not_known", {"value": quote(value)})])
