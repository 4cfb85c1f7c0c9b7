"""The case room: cases are opened, worked in, looked through, merged and closed on their pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cases.models import Case, CaseNote, CaseTask, Officer, OfficerRole
from cases.services.make_task import make_task
from cases.services.open_case import open_case
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.letters import RIFLE, colleague, writer
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

BROKER = {"role": "broker", "kind": "person", "name": "Torvald Exemplum Brannigan"}
SERIAL = {**RIFLE, "marking_state": "intact", "marks": [{"kind": "serial", "text": "AK 4000017"}]}


def browser_of(officer: Officer) -> Client:
    """Return a browser in which that officer is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def text_of(answer: Any) -> str:
    """Return the page of an answer."""
    return str(answer.content.decode())


def address_of(case: Case, step: str = "") -> str:
    """Return the address of a case's page, or of one of its steps."""
    return f"/cases/{case.reference}/{step}{'/' if step else ''}"


def case_of(officer: Officer, **changes: Any) -> Case:
    """Return a case of two incidents that share a rifle's number, a broker's name and a dhow."""
    shared = {"items": [SERIAL], "parties": [BROKER], "conveyance": {"mode": "sea", "name": "Al Amal"}, **changes}
    incidents = [recorded_incident(officer, **shared) for _ in range(2)]
    return open_case(officer=officer, title="Dhows", incidents=incidents, opened_at=NOW)


def test_a_case_is_opened_with_its_incidents() -> None:
    officer = writer()
    one, other = recorded_incident(officer), recorded_incident(officer)
    foreign = recorded_incident(writer())
    browser = browser_of(officer)

    unknown = browser.post("/cases/", {"title": "Dhows", "incidents": foreign.reference})
    untitled = browser.post("/cases/", {"title": " "})
    opened = browser.post("/cases/", {"title": "Dhows", "incidents": f"{one.reference}, {other.reference}"})

    assert (unknown.status_code, untitled.status_code) == (422, 422)
    assert "There is no such incident." in text_of(unknown)
    case = Case.objects.get()
    assert opened["Location"] == address_of(case)
    assert set(case.incidents.all()) == {one, other}
    listed = text_of(browser.get("/cases/"))
    assert case.reference in listed
    assert "2 incidents" in listed


def test_tasks_are_made_given_done_and_dropped() -> None:
    officer = writer()
    mate = colleague(officer)
    case = case_of(officer)
    browser = browser_of(officer)

    browser.post(
        address_of(case, "task"), {"what": "Read the marks", "due_on": "2020-01-01", "given_to": mate.username}
    )
    unknown = browser.post(address_of(case, "task"), {"what": "Ask", "given_to": "nobody-of-ours"})
    task = CaseTask.objects.get()
    late = text_of(browser.get(address_of(case)))
    browser.post(address_of(case, "assign"), {"task": task.reference, "given_to": officer.username, "due_on": ""})
    task.refresh_from_db()
    given = (task.handed_to, task.due_on)
    unreasoned = browser.post(address_of(case, "end"), {"task": task.reference, "state": "dropped"})
    browser.post(address_of(case, "end"), {"task": task.reference, "state": "done"})
    task.refresh_from_db()

    assert "overdue" in late
    assert mate.username in late
    assert (unknown.status_code, unreasoned.status_code) == (422, 422)
    assert "There is no such officer." in text_of(unknown)
    assert given == (officer, None)
    assert task.state == "done"


def test_a_task_of_another_case_is_not_ended_here() -> None:
    officer = writer()
    case, other = case_of(officer), case_of(officer)
    task = make_task(officer=officer, case=other, what="Ask", due_on=None, given_to=None, made_at=NOW)

    answer = browser_of(officer).post(address_of(case, "end"), {"task": task.reference, "state": "done"})

    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.state == "open"


def test_a_regimes_text_proposes_tasks(rulebook_version: object) -> None:
    officer = writer()
    case = case_of(officer)

    browser_of(officer).post(address_of(case, "propose"), {"regime": "yemen-houthis-2015"})

    assert CaseTask.objects.filter(case=case, regime="yemen-houthis-2015").exists()


def test_notes_are_written_corrected_and_withheld_from_who_may_not_read_names() -> None:
    officer = writer()
    case = case_of(officer)
    browser = browser_of(officer)

    browser.post(address_of(case, "note"), {"text": "The broker is the same."})
    first = CaseNote.objects.get()
    browser.post(address_of(case, "note"), {"text": "He is not.", "corrects": first.reference})
    page = text_of(browser.get(address_of(case)))
    reader = browser_of(OfficerFactory.create(analyst=True, agency=officer.agency))
    seen = text_of(reader.get(address_of(case)))

    assert "The broker is the same." in page
    assert f'<a href="#{first.reference}">' in page
    assert "The broker is the same." not in seen
    assert "Who may not read names does not see it." in seen


def test_the_timeline_and_the_connections_tell_of_both_incidents() -> None:
    officer = writer()
    case = case_of(officer)
    sent(officer, case.incidents.all()[0], country="IRN")
    browser = browser_of(officer)

    timeline = text_of(browser.get(address_of(case, "timeline")))
    shown = text_of(browser.get(address_of(case, "connections")))

    assert "It happened: seizure." in timeline
    assert "The letter to IRN was issued." in timeline
    assert "Both bear the mark AK 4000017." in shown
    assert shown.count("edge by-name") == 1
    for label in ("mark: AK 4000017", "conveyance: Al Amal", "party: Torvald Exemplum Brannigan"):
        assert f"<title>{label}</title>" in shown


def test_names_are_drawn_for_nobody_who_may_not_read_them() -> None:
    officer = writer()
    case = case_of(officer)
    reader = browser_of(OfficerFactory.create(analyst=True, agency=officer.agency))

    shown = text_of(reader.get(address_of(case, "connections")))

    assert "Brannigan" not in shown
    assert "<title>party: broker</title>" in shown


def test_a_case_is_closed_opened_again_and_merged() -> None:
    officer = writer(OfficerRole.SUPERVISOR)
    case, other = case_of(officer), case_of(officer)
    task = make_task(officer=officer, case=case, what="Ask", due_on=None, given_to=None, made_at=NOW)
    browser = browser_of(officer)

    early = browser.post(address_of(case, "close"), {"reason": "nothing left"})
    browser.post(address_of(case, "end"), {"task": task.reference, "state": "dropped", "reason": "moot"})
    browser.post(address_of(case, "close"), {"reason": "nothing left"})
    closed = text_of(browser.get("/cases/?show=closed"))
    browser.post(address_of(case, "reopen"), {"reason": "a new dhow"})
    missed = browser.post(address_of(case, "merge"), {"into": "CASE-2026-00000001", "reason": "the same"})
    merged = browser.post(address_of(case, "merge"), {"into": other.reference, "reason": "the same"})

    assert (early.status_code, missed.status_code) == (422, 422)
    assert case.reference in closed
    assert merged["Location"] == address_of(other)
    assert other.incidents.count() == 4
    assert other.reference in text_of(browser.get(address_of(case)))


def test_an_incident_joins() -> None:
    officer = writer()
    case, incident = case_of(officer), recorded_incident(officer)

    browser_of(officer).post(address_of(case, "join"), {"incident": incident.reference})

    assert incident in case.incidents.all()


def test_ones_own_tasks_stand_beside_the_list() -> None:
    officer = writer()
    case = case_of(officer)
    make_task(officer=officer, case=case, what="Ask the yard", due_on=date(2020, 1, 1), given_to=officer, made_at=NOW)

    page = text_of(browser_of(officer).get("/cases/"))

    assert "Ask the yard" in page
    assert "1 open task" in page
    assert "1 overdue" in page


def test_a_neighbour_meets_neither_page_nor_step_nor_count() -> None:
    officer = writer()
    case = case_of(officer)
    neighbour = browser_of(writer(OfficerRole.SUPERVISOR))

    for page in ("", "timeline", "connections"):
        assert neighbour.get(address_of(case, page)).status_code == 404, page
    for step in ("task", "note", "join", "end", "assign", "propose", "close", "reopen", "merge"):
        assert neighbour.post(address_of(case, step), {"reason": "mine"}).status_code == 404, step
    listed = text_of(neighbour.get("/cases/"))
    assert case.reference not in listed
    assert "open task" not in listed


def test_who_only_reads_sees_no_button_and_presses_none() -> None:
    officer = writer()
    case = case_of(officer)
    task = make_task(officer=officer, case=case, what="Ask", due_on=None, given_to=None, made_at=NOW)
    reader = browser_of(OfficerFactory.create(analyst=True, agency=officer.agency))
    asked = {"task": task.reference, "what": "x", "text": "x", "reason": "x", "incident": "x", "state": "done"}

    page = text_of(reader.get(address_of(case)))

    assert f'action="{address_of(case)}' not in page
    assert "/bundle" not in page
    for step in ("task", "note", "join", "end", "close", "reopen"):
        assert reader.post(address_of(case, step), asked).status_code == 403, step
    assert reader.post("/cases/", {"title": "Mine"}).status_code == 403
