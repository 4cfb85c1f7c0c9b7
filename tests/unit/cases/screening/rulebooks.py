"""A small rulebook of made-up measures that between them have every direction, scope and kind of target."""

from dataclasses import replace
from datetime import date

from cases.screening.facts import Period
from cases.screening.rulebook import Amendment, Exemption, Group, LegalBasis, Measure, Regime, Rulebook, StatePeriod

START, CHANGE, END = date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1)
ALL_ARMS = frozenset({"arms_and_related_materiel"})


def measure(code: str, **changes: object) -> Measure:
    """Return a territorial ban on supply of all arms to LBY, in force 2010 to 2020, changed as told."""
    regime = code.partition("/")[0]
    plain = Measure(
        id=code,
        regime=regime,
        legal_basis=LegalBasis(resolution="S/RES/9001 (2010)", paragraph="1", paragraph_verified=True),
        amendments=(),
        in_force=Period(START, END),
        status="binding",
        direction="to_target",
        goods=ALL_ARMS,
        services=frozenset(),
        recipient="everyone_in_territory",
        binds_private=False,
        target_countries=frozenset({"LBY"}),
        target_regions=frozenset(),
        movement_inside=False,
        reaches_nationals_and_flag=False,
        trade_embargo=False,
        exemptions=(),
        readings=(),
        verified=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the caller names fields of the dataclass


def exemption(**changes: object) -> Exemption:
    """Return a standing exemption for United Nations missions, changed as told."""
    plain = Exemption(
        what="Supplies for the United Nations mission",
        legal_basis=LegalBasis(resolution="S/RES/9001 (2010)", paragraph="2", paragraph_verified=True),
        procedure="standing",
        in_force=Period(None, None),
        recipients=frozenset({"un_mission"}),
        goods=frozenset(),
        verified=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the caller names fields of the dataclass


def regime(regime_id: str, *, countries: frozenset[str], groups: tuple[Group, ...] = ()) -> Regime:
    """Return a regime without duties."""
    return Regime(
        id=regime_id,
        name=regime_id,
        status="in_force",
        countries=countries,
        groups=groups,
        duties=(),
        inspection_areas=(),
        committee=None,
        experts=None,
        refresh_after=None,
        as_of=date(2026, 1, 1),
    )


def group(name: str, *aliases: str) -> Group:
    """Return a group that counts at all times."""
    return Group(name=name, aliases=aliases, in_force=Period(None, None), how=None, verified=True)


def rulebook(*measures: Measure, groups: tuple[Group, ...] = (), states: tuple[StatePeriod, ...] = ()) -> Rulebook:
    """Return a rulebook of these measures; every regime has the groups given."""
    countries: dict[str, frozenset[str]] = {}
    for entry in measures:
        countries[entry.regime] = countries.get(entry.regime, frozenset()) | entry.target_countries
    return Rulebook(
        version="test",
        digest="sha256:test",
        regimes=tuple(regime(name, countries=countries[name], groups=groups) for name in sorted(countries)),
        measures=tuple(sorted(measures, key=lambda entry: entry.id)),
        states=states,
    )


WIDENED = Amendment(resolution="S/RES/9002 (2015)", paragraph="3", effect="widens", on=CHANGE)

EVERY_KIND = rulebook(
    measure("territory-a/1-1"),
    measure("territory-a/1-1@2015-01-01", in_force=Period(CHANGE, None), amendments=(WIDENED,)),
    measure(
        "exports-b/2-1",
        direction="from_target",
        recipient="any_procurer",
        target_countries=frozenset({"IRN"}),
        reaches_nationals_and_flag=True,
    ),
    measure(
        "both-c/3-1",
        direction="to_and_from_target",
        target_countries=frozenset({"PRK"}),
        goods=frozenset({"ballistic_missiles"}),
        recipient="state_all_recipients",
    ),
    measure(
        "groups-d/4-1", recipient="non_governmental_forces", target_countries=frozenset({"COD"}), binds_private=True
    ),
    measure("listed-e/5-1", recipient="designated_parties", target_countries=frozenset({"YEM"})),
    measure("listed-everywhere-f/6-1", recipient="designated_parties", target_countries=frozenset()),
    measure(
        "region-g/7-1",
        recipient="belligerents_in_region",
        target_countries=frozenset({"SDN"}),
        target_regions=frozenset({"SDN:north-darfur"}),
        movement_inside=True,
    ),
    measure("unauthorised-h/8-1", recipient="other_than_government_authorised", target_countries=frozenset({"LBN"})),
    measure(
        "small-arms-i/9-1",
        goods=frozenset({"small_arms_light_weapons", "ammunition"}),
        target_countries=frozenset({"HTI"}),
        exemptions=(exemption(),),
    ),
    measure("suspended-j/10-1", status="suspended", target_countries=frozenset({"SRB"})),
    measure("call-k/11-1", status="non_binding", target_countries=frozenset({"ARM"})),
    measure("security-l/12-1", recipient="other_than_government_security_forces", target_countries=frozenset({"SOM"})),
    groups=(group("Northern Front", "NF-47"),),
)
