"""What holds of the engine whatever the facts."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.canonical import canonical_json
from cases.screening.designations import Designations
from cases.screening.engine import screen
from cases.screening.facts import (
    Claim,
    ConveyanceFacts,
    Days,
    IncidentFacts,
    ItemFacts,
    NearFacts,
    PartyFacts,
    PlaceFacts,
    RecipientFacts,
    RouteFacts,
    ZoneFacts,
)
from cases.screening.sentences import QUESTIONS
from tests.unit.cases.screening.rulebooks import EVERY_KIND, exemption, rulebook

NO_LISTS = Designations.none()
COUNTRIES = ["LBY", "IRN", "PRK", "COD", "YEM", "SDN", "LBN", "HTI", "SOM", "TUR", "KEN"]

countries = st.sampled_from(COUNTRIES)
maybe_country = st.none() | countries
days = st.dates(date(2008, 1, 1), date(2022, 12, 31))
spans = st.builds(lambda first, more: Days(first, first + timedelta(days=more)), days, st.sampled_from([0, 0, 30, 400]))
maybe_span = st.just(Days(None, None)) | spans
items = st.builds(
    ItemFacts,
    index=st.just(0),
    category=st.sampled_from(
        ["small_arm", "ammunition", "missile", "explosive", "other_goods", "training", "uav", "arms_unspecified", ""]
    ),
    description=st.sampled_from(["", "ballistic missile parts", "TNT", "shotgun cartridges", "rifles, ML1.a"]),
    hs_code=st.sampled_from([None, "9302", "8471"]),
    lethality=st.sampled_from([None, "lethal", "non_lethal"]),
    quantity=st.none() | st.integers(0, 1000),
    country_of_manufacture=maybe_country,
    made=maybe_span,
)
claims = st.builds(
    Claim,
    what=st.sampled_from(["origin", "destination", "recipient"]),
    country=countries,
    recipient_kind=st.none(),
    name=st.none(),
    by=st.sampled_from(["crew", "press"]),
)
routes = st.builds(
    RouteFacts,
    origin=maybe_country,
    destination=maybe_country,
    transit=st.lists(countries, max_size=1).map(tuple),
    departed=maybe_span,
    claims=st.lists(claims, max_size=1).map(tuple),
    basis=st.sampled_from([None, "observed", "allegation"]),
)
recipients = st.builds(
    RecipientFacts,
    kind=st.sampled_from(
        ["unknown", "government", "non_governmental_force", "private", "un_mission", "designated_party", "humanitarian"]
    ),
    name=st.sampled_from([None, "Northern Front", "Somebody"]),
    country=maybe_country,
    authorised_by_government=st.sampled_from(["unknown", "yes", "no"]),
    branch=st.sampled_from([None, "security_forces"]),
)


@st.composite
def places(draw):
    country = draw(countries)
    certainty = draw(st.sampled_from(["inside", "indeterminate"]))
    zones = []
    if draw(st.booleans()):
        zones.append(ZoneFacts(id="SDN:north-darfur", kind="region", country="SDN", certainty="inside"))
    beside = NearFacts(country=draw(countries), distance_m=draw(st.sampled_from([5_000, 90_000])))
    near = (NearFacts(country=country, distance_m=0), beside)
    return PlaceFacts(country=country, country_certainty=certainty, near=near, zones=tuple(zones))


parties = st.builds(
    PartyFacts,
    index=st.just(0),
    role=st.sampled_from(["consignee", "consignor", "owner", "possessor", "broker"]),
    name=st.sampled_from([None, "Northern Front", "Somebody"]),
    country=maybe_country,
    nationality=st.lists(countries, max_size=1).map(tuple),
    residence=maybe_country,
)

incidents = st.builds(
    IncidentFacts,
    reference=st.just("X"),
    kind=st.sampled_from(["seizure", "find", "inspection", "denial", "report"]),
    occurred=spans,
    day_is_exact=st.booleans(),
    basis=st.sampled_from([None, "observed", "allegation"]),
    place=st.none() | places(),
    route=routes,
    recipient=recipients,
    conveyance=st.builds(ConveyanceFacts, mode=st.sampled_from([None, "sea", "on_foot"]), flag=maybe_country),
    parties=st.lists(parties, max_size=2).map(
        lambda made: tuple(replace(party, index=i) for i, party in enumerate(made))
    ),
    items=st.lists(items, max_size=2).map(lambda made: tuple(replace(item, index=i) for i, item in enumerate(made))),
)


def outcomes(facts, book=EVERY_KIND):
    result = screen(facts, book, NO_LISTS)
    return {finding.measure: finding.outcome.value for finding in result.findings}


@given(incidents)
def test_every_measure_is_named_exactly_once(facts):
    result = screen(facts, EVERY_KIND, NO_LISTS)

    named = [*(f.measure for f in result.findings), *(c.measure for c in result.considered), *result.untied]
    assert sorted(named) == [measure.id for measure in EVERY_KIND.measures]


@given(incidents, st.randoms())
def test_order_of_the_rulebook_never_shows(facts, random):
    shuffled = list(EVERY_KIND.measures)
    random.shuffle(shuffled)

    same = rulebook(*shuffled, groups=EVERY_KIND.regimes[0].groups)
    assert canonical_json(screen(facts, same, NO_LISTS).document()) == canonical_json(
        screen(facts, EVERY_KIND, NO_LISTS).document()
    )


def without_indexes(facts, document):
    """Return the findings and flags with items named by what they are, as their order must not show."""
    names = [item.description + item.category + str(item.quantity) for item in facts.items]
    return {
        finding["measure"]: (
            finding["outcome"],
            finding["tie"],
            finding["unknowns"],
            sorted(names[index] for index in finding["items"]),
            [condition["rule"] for condition in finding["rationale"]],
        )
        for finding in document["findings"]
    }, sorted({flag["code"] for flag in document["flags"]})


@given(incidents, st.randoms())
def test_order_of_items_and_parties_never_shows(facts, random):
    items, parties = list(facts.items), list(facts.parties)
    random.shuffle(items)
    random.shuffle(parties)
    other = replace(
        facts,
        items=tuple(replace(item, index=index) for index, item in enumerate(items)),
        parties=tuple(replace(party, index=index) for index, party in enumerate(parties)),
    )

    first, second = (screen(each, EVERY_KIND, NO_LISTS).document() for each in (facts, other))
    assert without_indexes(facts, first) == without_indexes(other, second)
    assert [entry["measure"] for entry in first["considered"]] == [entry["measure"] for entry in second["considered"]]


@given(incidents)
def test_the_same_facts_give_the_same_bytes(facts):
    again = replace(facts, route=replace(facts.route), items=tuple(replace(item) for item in facts.items))

    assert canonical_json(screen(facts, EVERY_KIND, NO_LISTS).document()) == canonical_json(
        screen(again, EVERY_KIND, NO_LISTS).document()
    )


@given(incidents)
def test_measure_wholly_out_of_force_never_gives_a_finding(facts):
    long_ago = replace(facts, occurred=Days.on(date(1950, 1, 1)), route=replace(facts.route, departed=Days(None, None)))

    assert outcomes(long_ago) == {}


@given(incidents)
def test_possible_always_names_what_is_unknown_and_indicated_never_does(facts):
    for finding in screen(facts, EVERY_KIND, NO_LISTS).findings:
        document = finding.document()
        assert bool(document["unknowns"]) == (finding.outcome == "possible")
        # A claimed exemption asks a question of its own, after those of the unknowns.
        asked = [QUESTIONS[name] for name in document["unknowns"]]
        assert document["questions"][: len(asked)] == asked
        assert len(document["questions"]) == len(asked) or any(e["claimed"] for e in document["exemptions"])


@given(incidents)
def test_every_reason_has_an_english_sentence(facts):
    document = screen(facts, EVERY_KIND, NO_LISTS).document()

    texts = [entry["because"] for entry in document["considered"]] + [flag["text"] for flag in document["flags"]]
    texts += [condition["text"] for finding in document["findings"] for condition in finding["rationale"]]
    assert all(text and "{" not in text for text in texts)
    assert all("violat" not in text for text in texts)


@given(incidents, st.sampled_from(["standing", "approve", "notify"]))
def test_adding_an_exemption_never_worsens_an_outcome(facts, procedure):
    rank = {"exemption_claimed": 0, "possible": 0, "indicated": 1}
    kinder = rulebook(
        *(replace(m, exemptions=(*m.exemptions, exemption(procedure=procedure))) for m in EVERY_KIND.measures),
        groups=EVERY_KIND.regimes[0].groups,
    )

    before, after = outcomes(facts), outcomes(facts, kinder)
    assert before.keys() == after.keys()
    assert all(rank[after[measure]] <= rank[before[measure]] for measure in before)


# Facts whose absence the published rules themselves read: a departure moves the window (R1), a claim or an allegation
# opens what a statement closes (R13), an origin inside the target asks where the arms were before (R14), and a mission
# is exempt only because it is one (R4, R10).
UNKNOWABLE = {
    "route": ("destination", "transit"),
    "recipient": ("name", "country", "branch"),
    "conveyance": ("flag", "mode"),
}


# A destination, or a recipient's country, that lies elsewhere leaves the place no tie; without it goods brought in, or
# younger than the ban, speak again (R2, R7). A named recipient keeps whoever is named as consignee silent (R9).
SILENCES = frozenset({"country", "destination", "name"})
SHOWN_BY_THE_PLACE = frozenset(
    {"direction.brought_in", "direction.made_after_start", "direction.made_in_earlier_phase"}
)


@settings(max_examples=300)
@given(incidents, st.data())
def test_forgetting_a_fact_never_indicates_what_was_not(facts, data):
    part = data.draw(st.sampled_from(sorted(UNKNOWABLE)))
    name = data.draw(st.sampled_from(UNKNOWABLE[part]))
    forgotten = replace(facts, **{part: _without(getattr(facts, part), name)})

    before, after = outcomes(facts), screen(forgotten, EVERY_KIND, NO_LISTS)
    newly = {finding.measure for finding in after.findings if finding.outcome == "indicated"} - {
        measure for measure, outcome in before.items() if outcome == "indicated"
    }
    kept_silent = {
        finding.measure
        for finding in after.findings
        for condition in finding.rationale
        if condition.reason.rule in SHOWN_BY_THE_PLACE or (name == "name" and condition.fact.startswith("parties["))
    }
    assert newly <= (kept_silent if name in SILENCES else set())


@settings(max_examples=300)
@given(incidents, st.data())
def test_forgetting_a_fact_never_contradicts_what_was_open(facts, data):
    part = data.draw(st.sampled_from(sorted(UNKNOWABLE)))
    name = data.draw(st.sampled_from(UNKNOWABLE[part]))
    forgotten = replace(facts, **{part: _without(getattr(facts, part), name)})

    before, after = outcomes(facts), screen(forgotten, EVERY_KIND, NO_LISTS)
    contradicted = {entry.measure: entry.reason.rule for entry in after.considered if entry.measure in before}
    # Where the fact forgotten was the last tie, the measure is considered with a reason that says so.
    assert set(contradicted.values()) <= NO_TIE_LEFT | CLOSED_WITHOUT[name]


# Without an age of the goods nothing dates the transfer to a phase that had ended before they were found (R3); and a
# place near the target ties only goods known to be more than a traveller's (R7).
LEFT_WITHOUT_A_TRAIT = frozenset({"direction.place_too_weak", "in_force.ended_before_find"})
# What an item may be forgotten of; its category is apart: without it codes and words decide, as R12 says.
ITEM_FACTS = ("subtype", "calibre", "lethality", "made", "import_marked")


@settings(max_examples=200)
@given(incidents, st.data())
def test_forgetting_a_trait_of_the_goods_never_decides(facts, data):
    name = data.draw(st.sampled_from(ITEM_FACTS))
    forgotten = replace(facts, items=tuple(_without(item, name) for item in facts.items))

    before, result = outcomes(facts), screen(forgotten, EVERY_KIND, NO_LISTS)
    after = {draft.measure: draft.outcome.value for draft in result.findings}
    newly = {measure for measure, outcome in after.items() if outcome == "indicated" and measure in before}
    assert {measure for measure in newly if before[measure] != "indicated"} <= exempt_before(facts)
    left = {entry.measure for entry in result.considered if entry.reason.rule in LEFT_WITHOUT_A_TRAIT}
    assert set(before) <= set(after) | left


def exempt_before(facts):
    """Return the measures whose claimed exemption rested on the goods: an unknown exemption is no unknown (R10)."""
    return {measure for measure, outcome in outcomes(facts).items() if outcome == "exemption_claimed"}


# Every rule that says nothing points to the target any more (decision 0005).
NO_TIE_LEFT = frozenset(
    {
        "direction.no_tie_to_supply",
        "direction.no_tie_to_origin",
        "direction.place_too_weak",
        "recipient.no_listed_party",
        # A recipient stated to be in another country leaves the place no tie (R7).
        "direction.recipient_elsewhere",
    }
)
# A named recipient opens what the stated route closes; without the name, the route closes it again (decision 0005).
CLOSED_BY_THE_ROUTE = frozenset(
    {
        "direction.destination_elsewhere",
        "direction.enters_target",
        "direction.has_left_target",
        "direction.origin_elsewhere",
        "direction.transit_only",
    }
)
# The name of a group opens what is closed by the kind of its bearer, or by leave of the Government (R4, R9).
CLOSED_BY_THE_KIND = frozenset({"recipient.authorised", "recipient.not_bound", "recipient.not_listed_kind"})
# A transit through the target of an export ban, or its flag, opens what the stated origin closes (R6).
CLOSED_BY_THE_ORIGIN = frozenset({"direction.origin_elsewhere"})
# A ban in both directions is closed by the reason of either of them.
CLOSED_IN_BOTH_DIRECTIONS = frozenset({"direction.destination_elsewhere"})
# A Government whose country is not stated is that of the State to which the goods go (R4, R5).
CLOSED_AS_THE_TARGETS_OWN = frozenset({"recipient.not_bound"})
# A State on the way, or left behind, is not the target of a ban on supply to it (R6, R14).
CLOSED_ON_THE_WAY = frozenset({"direction.has_left_target", "direction.transit_only"})
# What may close a measure again once the fact that opened it is forgotten.
CLOSED_WITHOUT = {
    "branch": frozenset(),
    "country": CLOSED_BY_THE_ROUTE | CLOSED_AS_THE_TARGETS_OWN,
    "destination": CLOSED_ON_THE_WAY,
    "flag": CLOSED_BY_THE_ORIGIN,
    "mode": frozenset(),
    "name": CLOSED_BY_THE_ROUTE | CLOSED_BY_THE_KIND,
    "transit": CLOSED_BY_THE_ORIGIN | CLOSED_IN_BOTH_DIRECTIONS,
}


def _without(part, name):
    default = next(field.default for field in fields(part) if field.name == name)
    return replace(part, **{name: default})
