import io

import pytest
from django.core.management import CommandError, call_command

from cases.models import Agency, Finding, Incident, Officer, Referral, Right


def loaded():
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_the_demonstration_is_whole_after_the_first_start(rulebook_version):
    said = loaded()

    names = {"demo-officer", "demo-supervisor", "demo-expert", "demo-focal-point", "demo-admin"}
    assert set(Officer.objects.filter(is_demo=True).values_list("username", flat=True)) == names
    assert not any(officer.has_usable_password() for officer in Officer.objects.all())
    assert Incident.objects.count() == 24
    assert set(Incident.objects.values_list("runs__status", flat=True)) == {"done"}
    assert Finding.objects.filter(measure="iran-2006/1747-5", outcome="indicated").exists()
    assert Referral.objects.get().state == "draft"
    assert all(f"{name} " in said for name in names)
    # Each of them drafts and issues alone.
    assert all(
        Right.APPROVE_OWN in officer.rights for officer in Officer.objects.all() if Right.ISSUE in officer.rights
    )
    assert said.count("/sign-in/") == 5


def test_a_later_start_adds_nothing_and_prints_new_links(rulebook_version):
    first = loaded()
    before = (Incident.objects.count(), Referral.objects.count(), Agency.objects.count())

    second = loaded()

    assert (Incident.objects.count(), Referral.objects.count(), Agency.objects.count()) == before
    assert second.count("/sign-in/") == 5
    assert not {line for line in first.splitlines() if "/sign-in/" in line} & set(second.splitlines())


def test_every_record_names_its_public_source(rulebook_version):
    loaded()

    for incident in Incident.objects.all():
        assert "Source: " in incident.circumstances


def test_agencies_cannot_be_taken_for_real_ones(rulebook_version):
    loaded()

    assert all("fictitious" in agency.name and agency.country == "XXX" for agency in Agency.objects.all())


def test_production_refuses_it(db, settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="production"):
        loaded()
    assert not Officer.objects.exists()
