"""Filters that officers keep: whose they are, who sees them, and what becomes of them."""

import pytest

from cases import access
from cases.errors import FilterNameTaken, NotAllowed, NotFound, TooManyFilters
from cases.models import AuditEntry, Officer, RowChange, SavedFilter
from cases.row_scope import scoped
from cases.services.delete_filter import delete_filter
from cases.services.erase_nominal import erase_nominal
from cases.services.erase_officer import erase_officer
from cases.services.rename_filter import rename_filter
from cases.services.save_filter import MOST_FILTERS, save_filter
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db


def kept(officer: Officer, name: str = "At sea", *, is_shared: bool = False, **asked: str) -> SavedFilter:
    asked = asked or {"country": "YEM"}
    return save_filter(officer=officer, name=name, asked=asked, is_shared=is_shared, saved_at=NOW)


def test_a_filter_is_its_officers_until_it_is_shared(officer: Officer) -> None:
    colleague, stranger = OfficerFactory.create(agency=officer.agency), OfficerFactory.create()
    saved = kept(officer)
    before = access.saved_filters_for(colleague).count()

    rename_filter(officer=officer, saved=saved, name="Off Yemen", is_shared=True, renamed_at=NOW)

    assert before == 0
    assert access.access_saved_filter(colleague, saved.pk).name == "Off Yemen"
    with pytest.raises(NotFound):
        access.access_saved_filter(stranger, saved.pk)


def test_the_database_itself_hides_what_is_not_shared(officer: Officer) -> None:
    colleague = OfficerFactory.create(agency=officer.agency)
    kept(officer)
    kept(officer, "Shared", is_shared=True)

    with scoped(access.scope_of(colleague)):
        assert [row.name for row in SavedFilter.objects.all()] == ["Shared"]
    with scoped(access.scope_of(OfficerFactory.create())):
        assert not SavedFilter.objects.exists()


def test_a_name_is_kept_once_an_officer(officer: Officer) -> None:
    kept(officer)
    other = kept(officer, "Other")

    with pytest.raises(FilterNameTaken):
        kept(officer)
    with pytest.raises(FilterNameTaken):
        rename_filter(officer=officer, saved=other, name="At sea", is_shared=False, renamed_at=NOW)
    assert kept(OfficerFactory.create(agency=officer.agency)).name == "At sea"


def test_there_is_an_end_to_filters(officer: Officer) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(agency=officer.agency, officer=officer, name=str(number), asked={}, saved_at=NOW)
        for number in range(MOST_FILTERS)
    )

    with pytest.raises(TooManyFilters):
        kept(officer)


def test_a_colleagues_filter_is_changed_by_nobody_else_and_deleted_by_a_supervisor(officer: Officer) -> None:
    saved = kept(officer, is_shared=True)
    colleague = OfficerFactory.create(agency=officer.agency)
    supervisor = OfficerFactory.create(agency=officer.agency, supervisor=True)

    with pytest.raises(NotAllowed):
        rename_filter(officer=supervisor, saved=saved, name="Mine", is_shared=True, renamed_at=NOW)
    with pytest.raises(NotAllowed):
        delete_filter(officer=colleague, saved=saved, deleted_at=NOW)
    delete_filter(officer=supervisor, saved=saved, deleted_at=NOW)

    assert not SavedFilter.objects.exists()


def test_the_trail_tells_of_filters_and_quotes_none(officer: Officer) -> None:
    saved = kept(officer, "Nobody Atall", q="Nobody Atall")
    rename_filter(officer=officer, saved=saved, name="N. Atall", is_shared=True, renamed_at=NOW)
    delete_filter(officer=officer, saved=saved, deleted_at=NOW)

    entries = AuditEntry.objects.filter(action__startswith="filter.").order_by("pk")
    assert [entry.action for entry in entries] == ["filter.saved", "filter.renamed", "filter.deleted"]
    assert not [entry for entry in entries if "Atall" in entry.payload]
    assert not RowChange.objects.filter(table_name="cases_savedfilter").exists()


def test_what_asks_for_a_person_goes_when_the_person_is_erased(officer: Officer) -> None:
    incident = recorded_incident(officer, parties=[{"role": "master", "kind": "person", "name": "Nobody Atall"}])
    kept(officer, "By name", q="nobody atall")
    kept(OfficerFactory.create(), "Nobody Atall")
    stays = kept(officer, "By place")

    erase_nominal(incident=incident, erased_at=NOW)

    assert list(SavedFilter.objects.all()) == [stays]


def test_an_officer_who_is_erased_leaves_what_colleagues_share(officer: Officer) -> None:
    kept(officer)
    shared = kept(officer, "Shared", is_shared=True)

    erase_officer(officer=officer, erased_at=NOW)

    assert list(SavedFilter.objects.all()) == [shared]
