"""What is measured: generated incidents as lines and as facts, and a list of designated parties."""

from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import orjson

from backend.bench.figures import BadList, BenchCannotRun, Plan
from cases.facts import facts_of_many
from cases.generate.incidents import incidents
from cases.generate.listed import MadeUpName, made_up_list
from cases.intake.reading import read_incident_line
from cases.lists.designating import designations_from
from cases.lists.entries import ListEdition, ListedName, ListedParty
from cases.lists.errors import ListRefused
from cases.lists.files import designations_of_files
from cases.regimes.loader import load_rulebook
from cases.screening.designations import Designations
from cases.screening.facts import IncidentFacts
from cases.screening.rulebook import Rulebook
from geo.errors import DomainError as GeoError
from geo.locate import Geography, geography

# The day of the made-up list; it names nobody.
LIST_DAY = date(2024, 9, 26)
MADE_UP = "made-up"


@cache
def rulebook() -> Rulebook:
    """Return the rulebook of the package."""
    return load_rulebook()


def places() -> Geography:
    """Return the reference geography. Raises BenchCannotRun where it has not been built."""
    try:
        return geography()
    except GeoError as error:
        raise BenchCannotRun(str(error)) from error


def lines(count: int, *, seed: int) -> list[bytes]:
    """Return generated incidents as lines of NDJSON."""
    return [orjson.dumps(incident, option=orjson.OPT_APPEND_NEWLINE) for incident in incidents(count, seed=seed)]


def facts(count: int, *, seed: int) -> list[IncidentFacts]:
    """Return the facts of generated incidents, their places resolved."""
    readings = (read_incident_line(line) for line in lines(count, seed=seed))
    read = [reading.submission for reading in readings if reading.submission is not None]
    return facts_of_many([(each.reference or "", each) for each in read], geography=places())


def list_name(plan: Plan) -> str:
    """Return what list the plan measures with."""
    return MADE_UP if plan.list_file is None else plan.list_file.name


def designations(plan: Plan) -> Designations:
    """Return the designated parties to compare with, built afresh: no name has been looked up in them.

    Raises BadList where the list cannot be read.
    """
    return _made_up() if plan.list_file is None else _of_file(plan.list_file)


def _of_file(path: Path) -> Designations:
    try:
        return designations_of_files((path,))
    except ListRefused as error:
        raise BadList(str(error)) from error


def _made_up() -> Designations:
    """Return the generator's list as if it had been imported."""
    parties = tuple(_party(list(names)) for _, names in groupby(made_up_list(), key=lambda name: name.key))
    edition = ListEdition(
        name=MADE_UP,
        generated_on=LIST_DAY,
        generated_at=None,
        dated_by="stated",
        digest="sha256:" + "0" * 64,
        parties=parties,
    )
    return designations_from((edition,))


def _party(names: list[MadeUpName]) -> ListedParty:
    first = names[0]
    return ListedParty(
        reference_number=f"MU.{first.key:04}",
        kind=first.kind,
        list_type=MADE_UP,
        names=tuple(ListedName(text=name.text, quality=name.quality) for name in names),
        listed_on=LIST_DAY,
    )
