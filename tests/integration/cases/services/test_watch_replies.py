"""The clock of replies over real rows: silence, reminders, escalation, each said once; and the ledger of what came."""

from datetime import timedelta

import pytest

from cases import access
from cases.models import AuditEntry, Notification, OfficerRole
from cases.queries.reply_ledger import ledger_of
from cases.services.record_reply import record_reply
from cases.services.set_reply_clock import set_reply_clock
from cases.services.watch_replies import watch_replies
from cases.tracing.reply_clock import ClockDays
from tests.factories import OfficerFactory, recorded_incident
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

ITEMS = [{"category": "small_arm", "description": "rifle"}]


def told(officer):
    return list(Notification.objects.filter(officer=officer).order_by("pk").values_list("kind", flat=True))


def test_silence_is_noted_once_told_and_ended_by_a_late_reply(officer, now):
    focal = OfficerFactory.create(agency=officer.agency, role=OfficerRole.FOCAL_POINT.value)
    supervisor = OfficerFactory.create(supervisor=True, agency=officer.agency)
    stranger = OfficerFactory.create(role=OfficerRole.FOCAL_POINT.value)
    incident = recorded_incident(officer, items=ITEMS)
    silent = sent(officer, incident)
    pending = sent(officer, incident, country="SDN", reply_requested_by=(now + timedelta(days=3)).date())
    unsent = sent(officer, incident, country="ERI", state="issued")
    quiet = sent(officer, incident, country="DJI", reply_requested_by=None)
    set_reply_clock(officer=supervisor, days=ClockDays(7, 30, 45), set_at=now)

    assert watch_replies(now=now) == 3
    assert watch_replies(now=now) == 0

    states = []
    for referral in (silent, pending, unsent, quiet):
        referral.refresh_from_db()
        states.append((referral.state, referral.lines.filter(is_open=True).exists()))
    assert states == [("no_response", True), ("sent", True), ("issued", True), ("sent", True)]
    assert told(officer) == ["reply_overdue", "reply_due", "reply_overdue"]
    assert AuditEntry.objects.filter(action="referral.fell_silent").get().object_reference == silent.reference

    late = now + timedelta(days=50)
    assert watch_replies(now=late) == 3
    # They were also told, as each letter was opened, that its desk is not on record.
    assert [kind for kind in told(focal) if kind != "contact_wanted"] == ["reply_escalated"] * 3
    assert (told(supervisor), told(stranger)) == ([], [])
    assert sorted(silent.reminders.values_list("kind", flat=True)) == ["escalated", "overdue", "remind_again"]

    record_reply(officer=officer, referral=silent, reply={"state": "no_record"}, received_at=late)
    silent.refresh_from_db()
    assert (silent.state, silent.lines.filter(is_open=True).exists()) == ("no_record", False)
    assert watch_replies(now=late + timedelta(days=60)) == 2


def test_the_ledger_tells_silence_from_what_is_pending(officer, now):
    incident = recorded_incident(officer, items=ITEMS)
    answered = sent(officer, incident)
    acknowledged = {"state": "acknowledged"}
    record_reply(officer=officer, referral=answered, reply=acknowledged, received_at=now - timedelta(days=20))
    record_reply(officer=officer, referral=answered, reply={"state": "answered_full"}, received_at=now)
    other = recorded_incident(officer, items=ITEMS)
    sent(officer, other)
    watch_replies(now=now)
    sent(officer, recorded_incident(officer, items=ITEMS), reply_requested_by=None)
    sent(officer, other, country="SDN", state="refused")
    stranger = OfficerFactory.create()
    sent(stranger, recorded_incident(stranger), country="ERI")

    lines = ledger_of(access.own_records_for(officer)["referrals"])

    assert [(line["country"], line["sent"]) for line in lines] == [("CHN", 3), ("SDN", 1)]
    china = lines[0]
    assert (china["acknowledged"], china["answered"]) == (1, 1)
    assert (china["median_days_to_acknowledgement"], china["median_days_to_answer"]) == (10.0, 30.0)
    standings = {name: count for name, count in china["standings"].items() if count}
    assert standings == {"answered_full": 1, "no_response": 1, "pending": 1}
    assert sum(china["standings"].values()) == china["sent"]
