"""An agency dresses its letters: what is missing is told before, and what went out stays as it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from rest_framework.test import APIClient

from cases.models import Agency, AuditEntry, Officer, OfficerRole, TemplatePack
from tests.letters import COMPLETE, colleague, found_arms, writer
from tests.pdf_pages import text_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]
PACKS = "/api/v1/template-packs"
ASK = {
    **{name: value for name, value in COMPLETE.items() if name != "addressee_contact"},
    "addressee": {"country": "IRN", "contact": COMPLETE["addressee_contact"]},
    "kind": "bilateral",
    "reply_requested_by": "2027-01-31",
}


def pack(closing: str = "Please quote {reference}.", language: str = "en") -> dict[str, Any]:
    texts = {"letterhead": ["Test House of Tracing"], "closing": [closing], "footer": "Test House"}
    return {"name": "House style", "texts": {language: texts}}


def test_versions_are_kept_by_administrators_and_looked_at_by_a_sample(client_of: ClientOf) -> None:
    officer = writer()
    client, other = client_of(colleague(officer, OfficerRole.ADMINISTRATOR)), client_of(officer)

    first, again = client.post(PACKS, pack()), client.post(PACKS, pack())
    second = client.post(PACKS, pack("Telephone {contact_telephone}."))
    wrong = client.post(PACKS, pack("#read(x) {reference.__class__}"), HTTP_ACCEPT_LANGUAGE="fr")

    assert [answer.status_code for answer in (first, again, second, wrong)] == [201, 200, 201, 422]
    assert (first.json()["version"], again.json()["sha256"]) == (1, first.json()["sha256"])
    assert second["Location"] == f"{PACKS}/2"
    (error,) = wrong.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/texts/en/closing/0", "no_placeholder")
    assert "{reference.__class__}" in error["detail"]
    assert "ne représente rien" in error["detail"]
    assert [row["version"] for row in client.get(PACKS).json()["results"]] == [2, 1]
    assert client.get(f"{PACKS}/1").json()["pack"] == pack()
    sample = client.get(f"{PACKS}/1/sample?kind=bilateral").content
    assert "Please quote SAMPLE." in text_of(sample)
    assert "DRAFT" in text_of(sample)
    assert other.post(PACKS, pack()).status_code == other.get(f"{PACKS}/1").status_code == 403
    assert client_of(colleague(writer(), OfficerRole.ADMINISTRATOR)).get(f"{PACKS}/1").status_code == 404
    kept = AuditEntry.objects.filter(action="agency.template_pack_kept").order_by("pk")
    assert [json.loads(entry.payload)["after"]["version"] for entry in kept] == [1, 2]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        TemplatePack.objects.update(name="another")


def test_a_letter_names_what_its_pack_lacks_and_keeps_the_version_it_went_out_in(client_of: ClientOf) -> None:
    supervisor = writer(OfficerRole.SUPERVISOR)
    client, administrator = client_of(supervisor), client_of(colleague(supervisor, OfficerRole.ADMINISTRATOR))
    administrator.post(PACKS, pack("Telephone {contact_telephone}."))
    address = f"/api/v1/incidents/{found_arms(supervisor).reference}/referrals"
    path = f"/api/v1/referrals/{client.post(address, ASK | {'language': 'en'}).json()['reference']}"

    missing = client.get(f"{path}/missing", HTTP_ACCEPT_LANGUAGE="fr").json()["results"]
    stopped = client.post(f"{path}/issue")
    Agency.objects.filter(pk=supervisor.agency_id).update(contact_telephone="+000 1234")
    nothing = client.get(f"{path}/missing").json()["results"]
    issued = client.post(f"{path}/issue")
    forms = ("pdf", "docx", "json")
    before = [client.get(f"{path}/document?format={form}").content for form in forms]
    administrator.post(PACKS, pack("Of another day.", language="ru"))
    after = [client.get(f"{path}/document?format={form}").content for form in forms]

    [told] = missing
    assert (told["pointer"], told["code"]) == ("/referral/issuing_body/contact/telephone", "template_pack")
    assert "{contact_telephone}" in told["detail"]
    assert "imprime" in told["detail"]
    assert (stopped.status_code, [error["pointer"] for error in stopped.json()["errors"]]) == (422, [told["pointer"]])
    assert nothing == []
    assert issued.status_code == 200, issued.json()
    assert "Telephone +000 1234." in text_of(before[0])
    assert before == after
    used = json.loads(after[2])["template_pack"]
    first = TemplatePack.objects.get(version=1)
    assert (used["version"], used["sha256"]) == (1, first.sha256)
    # What follows is dressed by the latest, which does not speak its language.
    later = f"/api/v1/referrals/{client.post(f'{path}/supersede').json()['reference']}"
    assert [part["pointer"] for part in client.get(f"{later}/missing").json()["results"]] == [
        "/template_pack/languages"
    ]
    report = client.get(f"{address.removesuffix('referrals')}reports/case_summary?language=ru").content
    assert "Of another day." in text_of(report)


def test_a_letter_says_which_it_replaces_also_where_that_was_withdrawn(client_of: ClientOf) -> None:
    supervisor = writer(OfficerRole.SUPERVISOR, letter_pattern="T/{year}/{number}")
    client = client_of(supervisor)
    address = f"/api/v1/incidents/{found_arms(supervisor).reference}/referrals"

    def path(answer: Any) -> str:
        assert answer.status_code == 201, answer.json()
        return f"/api/v1/referrals/{answer.json()['reference']}"

    def text(letter: str) -> str:
        return text_of(client.get(f"{letter}/document").content)

    first = path(client.post(address, ASK | {"language": "en"}))
    number = client.post(f"{first}/issue").json()["letter_number"]
    second = path(client.post(f"{first}/supersede"))
    assert f"This letter replaces our letter {number} of" in text(second)
    later = client.post(f"{second}/issue").json()["letter_number"]
    assert client.post(f"{second}/withdraw", {"reason": "a wrong mark"}).status_code == 200
    third = path(client.post(f"{second}/supersede"))
    assert client.post(f"{second}/supersede").status_code == 409
    assert f"Our letter {later} of" in text(third)
    assert client.post(f"{third}/issue").status_code == 200
    assert "was withdrawn; this letter takes its place." in text(third)
    assert json.loads(client.get(f"{third}/document?format=json").content)["replaces"]["is_withdrawn"] is True
    standing = client.get(second).json()
    assert (standing["state"], standing["superseded_by"]) == ("withdrawn", third.rpartition("/")[2])


def test_a_file_is_imported_by_the_command_or_refused_with_each_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = writer().agency
    assert agency is not None
    good, bad, bomb = (tmp_path / name for name in ("good.yaml", "bad.yaml", "bomb.yaml"))
    good.write_text("name: House style\ntexts:\n  fr:\n    footer: 'Réf. {reference}'\n")
    bad.write_text("name: House style\ntexts:\n  fr:\n    footer: '{0}'\nexec: ls\n")
    bomb.write_text("a: &a [x]\nname: *a\n")

    call_command("import_template_pack", str(good), agency=agency.name)
    kept = json.loads(capsys.readouterr().out)
    with pytest.raises(CommandError) as refused:
        call_command("import_template_pack", str(bad), agency=agency.name)
    named = [json.loads(line)["pointer"] for line in capsys.readouterr().out.splitlines()]
    with pytest.raises(CommandError, match="alias"):
        call_command("import_template_pack", str(bomb), agency=agency.name)

    assert (kept["version"], kept["is_new"], kept["agency"]) == (1, True, agency.name)
    assert refused.value.returncode == 2
    assert sorted(named) == ["/exec", "/texts/fr/footer"]
    assert TemplatePack.objects.get().recorded_by is None
