from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from cases.errors import TooManyAttempts
from cases.models import AttemptCount
from cases.services.forget_attempts import forget_attempts
from cases.services.take_attempt import ACCOUNT, ADDRESS, give_back_attempt, take_attempt

WHO = [(ACCOUNT, "an-officer")]


def taken(times, at, counted=WHO):
    """Return how many of that many attempts were let through."""
    through = 0
    for _ in range(times):
        try:
            take_attempt(counted=counted, at=at)
            through += 1
        except TooManyAttempts:
            continue
    return through


def test_attempts_end_and_begin_again_after_the_pause(db, now):
    assert taken(9, now) == ACCOUNT.attempts
    with pytest.raises(TooManyAttempts) as refused:
        take_attempt(counted=WHO, at=now + timedelta(minutes=14))
    assert 60 <= refused.value.retry_after_s <= 61
    assert taken(9, now + ACCOUNT.pause) == ACCOUNT.attempts


def test_asking_during_the_pause_does_not_prolong_it(db, now):
    taken(5, now)
    for minute in range(14):
        assert taken(1, now + timedelta(minutes=minute)) == 0
    assert taken(1, now + ACCOUNT.pause) == 1


def test_what_was_right_is_not_counted_and_what_was_wrong_before_stays(db, now):
    taken(4, now)
    for _ in range(10):
        take_attempt(counted=WHO, at=now)
        give_back_attempt(counted=WHO)
    assert taken(3, now) == 1


def test_a_refused_attempt_counts_against_no_other_limit(db, now):
    taken(5, now)
    taken(20, now, [*WHO, (ADDRESS, "192.0.2.1")])
    assert taken(60, now, [(ADDRESS, "192.0.2.1")]) == ADDRESS.attempts


def test_what_was_tried_is_nowhere_to_be_read(db, now):
    taken(1, now, [(ACCOUNT, "a password typed as a name")])
    assert "password typed" not in str(list(AttemptCount.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_of_thirty_parallel_guesses_as_many_are_tried_as_one_after_another(now):
    def guess(_):
        try:
            return taken(1, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(guess, range(30))) == ACCOUNT.attempts


def test_counts_whose_time_is_over_are_dropped(db, now):
    taken(1, now)
    assert forget_attempts(now=now) == 0
    assert forget_attempts(now=now + timedelta(hours=1)) == 1
