from datetime import date

import pytest
from django.db import transaction

from cases.models import RememberedName
from cases.queries.remembered_names import preload_names
from cases.screening.designations import Designation, Designations, ListUsed, Seen, Spelling
from cases.services.remember_names import remember_names


def listed(digest="sha256:1", name="Test Trading Company"):
    entry = Designation(
        reference_number="TEe.001",
        list_name="un-sc",
        list_type="Test",
        kind="organization",
        name=name,
        spellings=(Spelling(name, "primary"),),
        seen=(Seen(date(2024, 9, 26), date(2024, 9, 26), date(2001, 1, 1)),),
    )
    return Designations((ListUsed("un-sc", date(2024, 9, 26), digest),), (entry,))


def test_what_was_found_once_is_taken_up_by_the_next_process(db):
    first = listed()
    found = first.names.find("Test Tradng Company", "organization")
    assert found

    assert remember_names(index=first.names) == 1

    later = listed()
    preload_names(later.names)
    assert later.names.memo() == first.names.memo()
    assert later.names.find("Test Tradng Company", "organization") == found


def test_an_edition_with_the_same_names_takes_it_up_and_one_with_others_does_not(db):
    first = listed()
    found = first.names.find("Test Trading", "organization")
    remember_names(index=first.names)

    younger, other = listed("sha256:2"), listed("sha256:3", name="Test Traders")
    preload_names(younger.names)
    preload_names(other.names)

    assert list(younger.names.memo().values()) == [found]
    assert other.names.memo() == {}


def test_what_is_kept_already_is_not_kept_again(db, django_capture_on_commit_callbacks):
    lists = listed()
    lists.names.find("Test Trading", "organization")
    with django_capture_on_commit_callbacks(execute=True):
        assert remember_names(index=lists.names) == 1

    assert remember_names(index=lists.names) == 0
    assert RememberedName.objects.count() == 1
    assert remember_names(index=Designations.none().names) == 0


@transaction.atomic
def remembered_in_vain(lists):
    remember_names(index=lists.names)
    raise ZeroDivisionError


def test_what_a_rolled_back_transaction_kept_is_kept_by_the_next(db):
    lists = listed()
    lists.names.find("Test Trading", "organization")
    with pytest.raises(ZeroDivisionError):
        remembered_in_vain(lists)

    assert RememberedName.objects.count() == 0
    assert remember_names(index=lists.names) == 1
    assert RememberedName.objects.count() == 1
