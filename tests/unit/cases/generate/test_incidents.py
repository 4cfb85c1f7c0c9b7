import hashlib
import json
import subprocess
import sys
from collections import Counter
from itertools import islice
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.choices import IncidentKind, ItemCategory, RecipientKind
from cases.generate.incidents import incidents
from cases.generate.items import SEEN_WITHOUT_GOODS
from cases.intake.reading import read_incident

MANY = 4_000
FIRST_500 = "432874c90adf99841c6614fb07a764f17477ca71beaa8ba8308e3af4047146fa"


@pytest.fixture(scope="module")
def many() -> list[dict]:
    return list(incidents(MANY, seed=11))


def parts(many: list[dict], name: str) -> list[dict]:
    return [part for incident in many for part in incident.get(name, [])]


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=2**63))
def test_every_incident_is_read_without_an_error_or_a_warning(seed):
    for incident in incidents(60, seed=seed):
        assert read_incident(incident).problems == ()


@given(st.integers(min_value=0, max_value=2**31), st.integers(min_value=0, max_value=20))
@settings(max_examples=20, deadline=None)
def test_fewer_incidents_are_the_first_of_more(seed, count):
    assert list(incidents(count, seed=seed)) == list(islice(incidents(25, seed=seed), count))


def test_the_same_seed_gives_the_same_bytes_in_another_process_with_other_hashes():
    program = (
        "import hashlib, orjson; from cases.generate.incidents import incidents; "
        "print(hashlib.sha256(b''.join(map(orjson.dumps, incidents(300, seed=5)))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "42")
    }

    assert len(digests) == 1


def test_another_seed_gives_other_incidents():
    first, second = (next(incidents(1, seed=seed)) for seed in (1, 2))

    assert {name: first[name] for name in ("client_id", "reference")} != {
        name: second[name] for name in ("client_id", "reference")
    }


def test_each_has_an_identity_of_its_own(many):
    identities = [UUID(incident["client_id"]) for incident in many]

    assert {identity.version for identity in identities} == {4}
    assert len(set(identities)) == len({incident["reference"] for incident in many}) == MANY


def test_all_are_final_and_lie_in_the_years_covered(many):
    assert {incident["state"] for incident in many} == {"final"}
    years = Counter(int(incident["occurred_on"][:4]) for incident in many)

    assert set(years) == set(range(1992, 2027))


def test_every_kind_category_and_recipient_comes_up():
    more = list(incidents(12_000, seed=3))

    assert {incident["kind"] for incident in more} == set(IncidentKind)
    assert {item["category"] for item in parts(more, "items")} == set(ItemCategory)
    assert {incident["recipient"]["kind"] for incident in more if "recipient" in incident} == set(RecipientKind)


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("location", 0.8, 0.95),
        ("route", 0.5, 0.8),
        ("recipient", 0.25, 0.5),
        ("parties", 0.5, 0.9),
        ("time_zone", 0.2, 0.5),
        ("authorisations", 0.005, 0.06),
        ("documents", 0.1, 0.4),
    ],
)
def test_a_field_is_known_in_a_part_of_the_records(many, field, least, most):
    assert least < sum(field in incident for incident in many) / MANY < most


def test_dates_come_in_every_precision(many):
    lengths = Counter(len(incident["occurred_on"]) for incident in many)

    assert {4, 7, 10, 16, 20} == set(lengths)
    assert lengths[10] > MANY / 2


def test_only_an_inspection_or_a_denial_is_without_goods(many):
    without = {incident["kind"] for incident in many if not incident["items"]}

    assert without == SEEN_WITHOUT_GOODS


def test_quantities_have_a_heavy_tail(many):
    quantities = sorted(
        item["quantity"] for item in parts(many, "items") if item["category"] == "ammunition" and "quantity" in item
    )

    assert quantities[-1] > 500 * quantities[len(quantities) // 2]


def test_a_serial_number_is_rarely_seen_twice_but_is(many):
    more = list(incidents(12_000, seed=11))
    seen = Counter(
        (item.get("make"), mark)
        for item in parts(more, "items")
        for mark in [item.get("serial_number"), *(mark["text"] for mark in item.get("marks", []))]
        if mark and item.get("make")
    )
    twice = sum(1 for count in seen.values() if count > 1)

    assert 0 < twice < len(seen) / 50


def test_goods_departed_no_later_than_the_stop(many):
    for incident in many:
        departed = incident.get("route", {}).get("departed_on")
        if departed and len(departed) == 10 and len(incident["occurred_on"]) >= 10:
            assert departed <= incident["occurred_on"][:10]


def test_lines_hold_only_what_json_holds(many):
    assert orjson.loads(orjson.dumps(many)) == many


def test_the_bytes_are_those_of_every_other_machine():
    """When the generator is changed on purpose, this changes with it; on another machine or Python it must not."""
    text = "\n".join(json.dumps(incident) for incident in incidents(500, seed=1))

    assert hashlib.sha256(text.encode()).hexdigest() == FIRST_500
