"""What goes into a pocket, and that the device's program never misses what the engine finds, whatever the facts."""

import gzip
import json
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.choices import MissileSubtype
from cases.regimes.loader import load_rulebook
from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import ItemFacts, NearFacts, PlaceFacts, ZoneFacts
from cases.screening.findings import Answer
from cases.screening.rules.goods import covered
from tests.pocket_facts import CATEGORIES, asked, on_device, pocket_text, stated
from tests.unit.cases.screening.test_engine_properties import countries, incidents

RULEBOOK = load_rulebook()
NOBODY = Designations.none()
# A page of text: it arrives over the worst of lines, and a phone keeps it without noticing.
MOST_BYTES = 16_384

at_sea = st.builds(
    lambda country, zone, certainty, beside: PlaceFacts(
        near=(NearFacts(country=country, distance_m=beside),),
        zones=(ZoneFacts(id=f"{zone}:{country}", kind=zone, country=country, certainty=certainty),),
        at_sea=True,
    ),
    countries,
    st.sampled_from(["territorial_sea", "exclusive_economic_zone"]),
    st.sampled_from(["inside", "indeterminate"]),
    st.sampled_from([5_000, 40_000, 120_000]),
)
anywhere = st.tuples(incidents, st.none() | at_sea).map(
    lambda drawn: drawn[0] if drawn[1] is None else replace(drawn[0], place=drawn[1])
)


def test_the_same_versions_and_day_give_the_same_bytes_and_few_of_them() -> None:
    text = pocket_text(RULEBOOK)
    pocket_text.cache_clear()
    again = pocket_text(RULEBOOK)

    assert text == again
    assert len(gzip.compress(text.encode())) < MOST_BYTES


def test_every_measure_is_in_it_with_what_is_cited_and_when_it_held() -> None:
    book = json.loads(pocket_text(RULEBOOK))
    found = {each["id"]: each for each in book["measures"]}

    assert book["rulebook"] == {"version": RULEBOOK.version, "digest": RULEBOOK.digest}
    for measure in RULEBOOK.measures:
        written = found[measure.id]
        assert (written["resolution"], written["paragraph"]) == measure.legal_basis[:2]
        assert written["status"] == measure.status
        assert set(written["countries"]) == measure.target_countries
        assert len(written["exemptions"]) == len(measure.exemptions)
        assert written["regime"] in book["regimes"]


@cache
def _coverage() -> dict[str, list[str]]:
    """Return the categories that each measure may cover, by the pocket."""
    book = json.loads(pocket_text(RULEBOOK))
    return {each["id"]: book["coverages"][each["goods"]] for each in book["measures"]}


@settings(max_examples=300, deadline=None)
@given(
    st.builds(
        ItemFacts,
        index=st.just(0),
        category=st.sampled_from(CATEGORIES),
        subtype=st.none() | st.sampled_from([subtype.value for subtype in MissileSubtype]),
        description=st.sampled_from(
            [
                "",
                "ballistic missile parts",
                "TNT",
                "shotgun cartridges",
                "ML1.a",
                "120 mm mortar",
                "land cruiser",
                "ML6",
            ]
        ),
        calibre=st.none() | st.sampled_from(["60 mm", "7.62 mm", "155 mm"]),
        lethality=st.sampled_from([None, "lethal", "non_lethal", "less_lethal"]),
    )
)
def test_no_detail_of_an_item_brings_it_under_a_measure_that_leaves_its_category_out(item: ItemFacts) -> None:
    coverage = _coverage()

    for measure in RULEBOOK.measures:
        if covered(item, measure.goods, measure.services) is not Answer.NO:
            assert item.category in coverage[measure.id], measure.id


# Two programs start for each example, so that each example is many incidents.
@settings(max_examples=6, deadline=None)
@given(st.lists(anywhere, min_size=40, max_size=60))
def test_whatever_the_facts_the_device_misses_nothing_that_the_engine_finds(batch: list) -> None:
    listed = on_device(pocket_text(RULEBOOK), [stated(facts, RULEBOOK) for facts in batch])

    for facts, names in zip(batch, listed, strict=True):
        found = {each.measure for each in screen(asked(facts), RULEBOOK, NOBODY).findings}
        assert found <= set(names), (found - set(names), stated(facts, RULEBOOK))


@settings(max_examples=3, deadline=None)
@given(st.lists(anywhere, min_size=20, max_size=30))
def test_leaving_a_fact_unknown_never_shortens_the_list_by_what_was_asked(batch: list) -> None:
    """Not knowing the day, the goods or the receiver excludes nothing."""
    known = [stated(facts, RULEBOOK) for facts in batch]
    unknown = [each | {"first": None, "last": None, "categories": [], "receiver": "unknown"} for each in known]
    listed = on_device(pocket_text(RULEBOOK), [*known, *unknown])

    for some, more in zip(listed[: len(known)], listed[len(known) :], strict=True):
        without_territory = {each.id for each in RULEBOOK.measures if not each.target_countries}
        assert set(some) - without_territory <= set(more)
