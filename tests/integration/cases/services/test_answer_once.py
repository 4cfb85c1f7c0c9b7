import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from cases.errors import IdempotencyKeyReused
from cases.models import IdempotencyRecord
from cases.services.answer_once import Answer, RequestKey, answer_once
from cases.services.forget_answers import forget_answers
from tests.factories import OfficerFactory

ASKED = RequestKey("/api/v1/incidents", "key-1", "digest")


def counting(calls):
    def act():
        calls.append(1)
        return Answer(201, {"z": 1, "a": ["é", len(calls)]}, {"ETag": '"1"'})

    return act


def test_the_same_request_gets_the_same_answer_and_is_done_once(officer, now):
    calls = []

    first = answer_once(officer=officer, request=ASKED, act=counting(calls), asked_at=now)
    second = answer_once(officer=officer, request=ASKED, act=counting(calls), asked_at=now)

    assert (second.status, second.document, second.headers) == (first.status, first.document, first.headers)
    assert list(second.document) == ["z", "a"]
    assert (first.is_replay, second.is_replay, len(calls)) == (False, True, 1)


def test_the_same_key_with_another_body_is_refused(officer, now):
    answer_once(officer=officer, request=ASKED, act=counting([]), asked_at=now)

    with pytest.raises(IdempotencyKeyReused):
        answer_once(officer=officer, request=RequestKey(ASKED.path, ASKED.key, "other"), act=counting([]), asked_at=now)


@pytest.mark.parametrize("other", ["officer", "path"])
def test_keys_are_each_officers_own_and_each_paths(officer, now, other):
    answer_once(officer=officer, request=ASKED, act=counting([]), asked_at=now)
    calls = []

    asker = OfficerFactory.create() if other == "officer" else officer
    request = RequestKey("/elsewhere" if other == "path" else ASKED.path, ASKED.key, "other")
    assert not answer_once(officer=asker, request=request, act=counting(calls), asked_at=now).is_replay
    assert calls


def test_what_fails_is_not_remembered(officer, now):
    def fail():
        raise ValueError("no luck")

    with pytest.raises(ValueError, match="no luck"):
        answer_once(officer=officer, request=ASKED, act=fail, asked_at=now)

    assert not answer_once(officer=officer, request=ASKED, act=counting([]), asked_at=now).is_replay


@pytest.mark.django_db(transaction=True)
def test_of_twenty_twins_one_acts_and_all_get_its_answer(now):
    officer, calls, barrier = OfficerFactory.create(), [], threading.Barrier(20)

    def ask(_):
        try:
            barrier.wait()
            return answer_once(officer=officer, request=ASKED, act=counting(calls), asked_at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, range(20)))

    assert len(calls) == 1
    assert all(answer.document == answers[0].document for answer in answers)


def test_answers_are_kept_thirty_days(officer, now):
    answer_once(officer=officer, request=ASKED, act=counting([]), asked_at=now)

    assert forget_answers(now=now + timedelta(days=29)) == 0
    assert forget_answers(now=now + timedelta(days=31)) == 1
    assert not IdempotencyRecord.objects.exists()
