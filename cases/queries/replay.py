"""Reaching a kept result again from what it rests on."""

from dataclasses import dataclass
from typing import Any

from cases.canonical import canonical_json
from cases.choices import RunStatus
from cases.erasure import ERASED_FACTS
from cases.errors import FactsErased, NotFound, VersionNotKept
from cases.models import Incident, ScreeningRun
from cases.queries.earlier_versions import designations_of, rulebook_of
from cases.queries.screened_facts import find_screened_facts
from cases.results import result_document
from cases.screening.engine import screener


@dataclass(frozen=True, slots=True)
class ZonesNamed:
    """The zones that a run used, by name: the place as it was resolved stands in its facts."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A result reached again, and whether it is the one kept to the last byte."""

    run_id: int
    reference: str
    is_equal: bool
    document: dict[str, Any]


def replay_run(run: ScreeningRun) -> Replay:
    """Screen again what the run weighed, under the versions it used.

    Raises FactsErased where nominal data were erased from what it weighed, VersionNotKept where any version is gone.
    """
    if run.facts_digest.startswith(ERASED_FACTS):
        raise FactsErased(run=run.pk, on=str(run.incident.nominal_erased_on))
    facts = find_screened_facts(run)
    if facts is None:
        raise VersionNotKept(what="record", version=run.facts_digest)
    if run.rulebook is None:
        raise VersionNotKept(what="rulebook", version="")
    rulebook, designations = rulebook_of(run.rulebook), designations_of(run.lists)
    document = result_document(
        facts,
        screener(rulebook, designations).screen(facts),
        rulebook=rulebook,
        designations=designations,
        geography=ZonesNamed(run.zones_version, run.zones_digest),
        digest=run.facts_digest,
    )
    return Replay(run.pk, facts.reference, canonical_json(document) == run.result, document)


def get_finished_run(name: str) -> ScreeningRun:
    """Return the run of that number, or the last finished one of the incident of that reference; NotFound."""
    done = ScreeningRun.objects.filter(status=RunStatus.DONE).select_related("incident", "rulebook")
    if name.isascii() and name.isdigit():
        run = done.filter(pk=int(name[:18])).first()
    else:
        run = done.filter(incident__in=Incident.objects.filter(reference=name)).order_by("-pk").first()
    if run is None:
        raise NotFound(thing="finished screening")
    return run
