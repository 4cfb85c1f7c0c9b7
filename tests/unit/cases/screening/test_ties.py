"""What names stand for a group, and what only resembles one."""

from datetime import date

import pytest

from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import Days, IncidentFacts, ItemFacts, PlaceFacts, RecipientFacts, RouteFacts
from cases.screening.ties import GroupIndex, name_tokens
from tests.unit.cases.screening.rulebooks import group, measure, regime, rulebook

DAY = date(2012, 5, 6)
SUDAN = regime("sudan", countries=frozenset({"SDN"}), groups=(group("Sudan Liberation Army", "SLA"),))
YEMEN = regime("yemen", countries=frozenset({"YEM"}), groups=(group("Houthis"),))
EVERYWHERE = regime("everywhere", countries=frozenset(), groups=(group("Islamic State", "ISIS", "ISIL"),))
INDEX = GroupIndex((SUDAN, YEMEN, EVERYWHERE))


def facts(name: str, **known: object) -> IncidentFacts:
    country = known.pop("country", None)
    plain = {"reference": "R", "kind": "seizure", "occurred": Days.on(DAY), "day_is_exact": True}
    recipient = RecipientFacts(kind="non_governmental_force", name=name, country=country)
    return IncidentFacts(**(plain | {"recipient": recipient} | known))


def how(name: str, **known: object) -> dict[str, str]:
    return {of: named.how for of, named in INDEX.named_in(facts(name, **known), DAY).items()}


@pytest.mark.parametrize(
    ("name", "words"),
    [("ISIS", ("isis",)), ("Houthis", ("houthi",)), ("JEMs", ("jems",)), ("الحوثيون", name_tokens("الحوثيون"))],
)
def test_plural_s_is_left_off_longer_words_only(name, words):
    assert name_tokens(name) == words


def test_whole_name_is_certain_whatever_its_number_and_company():
    assert how("the Houthi rebels") == how("Houthis") == {"yemen": "perhaps"} | how("Houthis")
    assert how("Houthis") == {"yemen": "name"}
    assert how("ISIS") == {"everywhere": "name"}


def test_near_spelling_is_at_most_perhaps():
    assert how("Houtis") == {"yemen": "perhaps"}
    assert how("Sudan Liberation Amry") == {"sudan": "perhaps"}
    assert how("Ministry of Agriculture") == {}


def test_initials_elsewhere_stand_for_somebody_else():
    assert how("SLA", country="SLE") == {}
    assert how("SLA", country="SDN") == {"sudan": "name"}


def test_initials_that_nothing_places_are_at_most_perhaps():
    assert how("SLA") == {"sudan": "perhaps"}
    assert how("SLA", route=RouteFacts(origin="SDN")) == {"sudan": "name"}
    assert how("SLA", place=PlaceFacts(country="SDN")) == {"sudan": "name"}
    assert how("Sudan Liberation Army") == {"sudan": "name"}


def test_a_name_that_only_resembles_a_group_is_possible_and_takes_nothing_from_what_its_kind_settles():
    book = rulebook(
        measure("groups/1-1", recipient="non_governmental_forces", target_countries=frozenset({"COD"})),
        groups=(group("Northern Front"),),
    )
    known = {
        "route": RouteFacts(destination="COD"),
        "items": (ItemFacts(index=0, category="small_arm", quantity=9),),
    }

    def outcome(kind: str) -> dict[str, str]:
        seized = facts("Northen Front", recipient=RecipientFacts(kind=kind, name="Northen Front"), **known)
        return {each.measure: each.outcome for each in screen(seized, book, Designations.none()).findings}

    assert outcome("private") == outcome("unknown") == {"groups/1-1": "possible"}
    assert outcome("non_governmental_force") == {"groups/1-1": "indicated"}
    assert outcome("government") == {}
