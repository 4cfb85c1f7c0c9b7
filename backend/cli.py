"""`cordon`: the console command. Machine output on standard output, messages on standard error."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import django
import typer
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from backend import run as everything
from backend.bench.figures import DEFAULT_SEED, BadList, BenchCannotRun, Plan
from backend.bench.suite import ALL, BENCHES, NoSuchBench, run_bench
from backend.embedded.servers import running_environment
from backend.env import SettingsUnusable
from backend.generate_incidents import write_incidents
from backend.screen_file import BadInput, Sources, screen_file
from cases.choices import RegisterKind

app = typer.Typer(
    name="cordon",
    help="Record, screen, refer: embargo and border-interdiction case management.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

# What the shell sees: the work failed, or the call was wrong.
FAILED, BAD_USAGE = 1, 2
DAY = ["%Y-%m-%d"]


@app.callback()
def cordon() -> None:
    """Record, screen, refer: embargo and border-interdiction case management."""


@app.command()
def run() -> None:
    """Start everything on http://127.0.0.1:8000, or the port that PORT names, until Ctrl-C."""
    raise typer.Exit(everything.main())


@app.command()
def screen(
    file: Annotated[str, typer.Argument(help="Incidents, one JSON object a line; - is standard input.")],
    regimes: Annotated[
        Path | None, typer.Option("--regimes", help="A folder of regime files instead of those in the package.")
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--list", help="The consolidated list (XML) or the 1718 vessel list (CSV); may be given several times."
        ),
    ] = None,
) -> None:
    """Screen incidents from a file, one result a line; no database and no server are needed."""
    try:
        all_read = screen_file(file, sys.stdout.buffer, Sources(regimes, tuple(lists or ())))
    except BadInput as error:
        _fail(str(error), BAD_USAGE)
    if not all_read:
        _fail("Some lines could not be read; each has an entry with its errors in the output.", FAILED)


@app.command()
def generate(
    count: Annotated[int, typer.Argument(metavar="N", min=0, help="How many incidents.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same incidents.")] = 1,
) -> None:
    """Write N plausible made-up incidents, one JSON object a line."""
    try:
        write_incidents(sys.stdout.buffer, count=count, seed=seed)
    except BrokenPipeError:
        # Whoever reads has seen enough; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FAILED) from None


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help=f"{', '.join(BENCHES)} or {ALL}.")],
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="How often to repeat; the best round counts.")] = 5,
    size: Annotated[int | None, typer.Option("--size", min=1, help="How many incidents, points or marks.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The seed of the incidents measured.")] = DEFAULT_SEED,
    list_file: Annotated[
        Path | None,
        typer.Option("--list", help="A consolidated list as XML, or a vessel list as CSV, instead of a made-up list."),
    ] = None,
) -> None:
    """Measure this installation; one figure a line, as JSON."""
    try:
        for figure in run_bench(name, Plan(rounds=rounds, size=size, seed=seed, list_file=list_file)):
            sys.stdout.buffer.write(figure.line())
            sys.stdout.buffer.flush()
    except NoSuchBench as error:
        _fail(str(error), BAD_USAGE)
    except BadList as error:
        _fail(str(error), BAD_USAGE)
    except BenchCannotRun as error:
        _fail(str(error), FAILED)


@app.command()
def token(
    officer: Annotated[str, typer.Argument(help="The officer's name, for example demo-officer.")],
    days: Annotated[int, typer.Option("--days", min=1, help="How long the token is valid.")] = 90,
) -> None:
    """Print a new API token of an officer; it is shown once."""
    _managed("token", officer, days=days)


@app.command("import-list")
def import_list(
    file: Annotated[Path, typer.Argument(help="The consolidated list as XML, or the 1718 vessel list as CSV.")],
    generated_on: Annotated[
        datetime | None,
        typer.Option("--generated-on", formats=["%Y-%m-%d"], help="The day of a vessel list that does not say it."),
    ] = None,
    *,
    accept_removals: Annotated[
        bool, typer.Option("--accept-removals", help="Take an edition from which unusually many entries are gone.")
    ] = False,
) -> None:
    """Import an edition of a list of designated parties; prints what it changed, as JSON."""
    _managed(
        "import_list",
        str(file),
        generated_on=generated_on.date() if generated_on else None,
        accept_removals=accept_removals,
    )


@app.command("import-contacts")
def import_contacts(
    file: Annotated[Path, typer.Argument(help="Points of contact as CSV (UTF-8) or XLSX, with a row of headings.")],
    officer: Annotated[str | None, typer.Option("--officer", help="Who answers for it.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change, and keep nothing.")] = False,
) -> None:
    """Import points of contact, each by its key; prints each row that changes something or cannot be read, as JSON."""
    _managed("import_contacts", str(file), officer=officer, dry_run=dry_run)


@app.command("import-marking-practices")
def import_marking_practices(
    file: Annotated[
        Path | None,
        typer.Argument(help="Marking practices as CSV (UTF-8) or XLSX; without it, those that come with the program."),
    ] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Who answers for it.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change, and keep nothing.")] = False,
) -> None:
    """Import how States mark, each practice by its key; prints each row that changes something or cannot be read."""
    files = [] if file is None else [str(file)]
    _managed("import_marking_practices", *files, officer=officer, dry_run=dry_run)


@app.command("import-register")
def import_register(
    file: Annotated[Path, typer.Argument(help="The register as CSV (UTF-8) or XLSX, with a row of headings.")],
    kind: Annotated[str, typer.Option("--kind", help="national, lost, stolen or contingent.")],
    agency: Annotated[
        str | None, typer.Option("--agency", help="Whose register it is; needed where there are several agencies.")
    ] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Who answers for it.")] = None,
    *,
    whole: Annotated[
        bool, typer.Option("--whole", help="The file is the whole register: what it does not hold has left it.")
    ] = False,
) -> None:
    """Import an agency's own register, to be looked in before asking abroad; killed, the same call goes on."""
    if kind not in set(RegisterKind):
        _fail(f"--kind is one of: {', '.join(RegisterKind)}.", BAD_USAGE)
    _managed("import_register", str(file), kind=kind, agency=agency, officer=officer, whole=whole)


@app.command("import-template-pack")
def import_template_pack(
    file: Annotated[Path, typer.Argument(help="The pack as YAML or JSON.")],
    agency: Annotated[
        str | None, typer.Option("--agency", help="Whose pack it is; needed where there are several agencies.")
    ] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Who answers for it.")] = None,
) -> None:
    """Import how an agency dresses its letters, as the next version of its template pack."""
    _managed("import_template_pack", str(file), agency=agency, officer=officer)


@app.command("import-zones")
def import_zones(  # noqa: PLR0913 - a command has as many options as the file leaves open
    file: Annotated[Path, typer.Argument(help="A GeoPackage, Shapefile (.shp, or zipped), GeoJSON or GeoParquet.")],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="territory, region, territorial_sea, contiguous_zone, exclusive_economic_zone, border_belt, custom, "
            "port or airport.",
        ),
    ],
    source: Annotated[str, typer.Option("--source", help="Who drew it, which edition.")],
    licence: Annotated[str, typer.Option("--licence", help="On what terms it may be used.")] = "",
    valid_from: Annotated[
        datetime | None,
        typer.Option("--valid-from", formats=DAY, help="The first day; without it, every day before too."),
    ] = None,
    valid_until: Annotated[
        datetime | None, typer.Option("--valid-until", formats=DAY, help="The day after the last.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO alpha-3, where no field says it.")] = None,
    id_field: Annotated[str | None, typer.Option("--id-field", help="The field that holds each zone's id.")] = None,
    country_field: Annotated[str | None, typer.Option("--country-field", help="The field with ISO alpha-3.")] = None,
    name_field: Annotated[str | None, typer.Option("--name-field", help="The field with the name.")] = None,
    layer: Annotated[str | None, typer.Option("--layer", help="Which layer of a GeoPackage.")] = None,
    accuracy_m: Annotated[float, typer.Option("--accuracy-m", help="How far its lines may be off, in metres.")] = 0.0,
    repair: Annotated[  # noqa: FBT002 - a switch of the command line
        bool, typer.Option("--repair", help="Mend outlines that cross themselves; the zone records it.")
    ] = False,
) -> None:
    """Import official zones: on their days they answer instead of computed ones. Prints new versions, one id a line."""
    _managed(
        "import_zones",
        str(file),
        kind=kind,
        source=source,
        licence=licence,
        valid_from=valid_from.date() if valid_from else None,
        valid_until=valid_until.date() if valid_until else None,
        country=country,
        id_field=id_field,
        country_field=country_field,
        name_field=name_field,
        layer=layer,
        accuracy_m=accuracy_m,
        repair=repair,
    )


@app.command()
def rescreen(
    since_version: Annotated[
        str | None,
        typer.Option("--since-version", help="Only incidents that what changed since that rulebook can touch."),
    ] = None,
    changed: Annotated[  # noqa: FBT002 - a switch of the command line
        bool, typer.Option("--changed/--all", help="Only incidents that a change since their last result can touch.")
    ] = False,
) -> None:
    """Screen incidents again with every core, and print the difference report; killed, the same call goes on."""
    _managed("rescreen", since_version=since_version, changed=changed)


@app.command()
def replay(
    run: Annotated[str, typer.Argument(help="An incident's reference (its last result), or the number of a run.")],
) -> None:
    """Reach a kept result again on the facts and versions it used, and compare it byte by byte."""
    _managed("replay", run)


@app.command()
def statistics(  # noqa: PLR0913 - a command has as many options as there are ways to read a figure
    name: Annotated[str, typer.Argument(help="sdg-16-4-2, illicit-arms-flows, national-report or un-register.")],
    officer: Annotated[str, typer.Argument(metavar="OFFICER", help="The officer whose sight counts.")],
    *,
    year: Annotated[int | None, typer.Option("--year", help="The year; the indicator takes all without it.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Name the lines behind each cell.")] = False,
    cell: Annotated[
        str, typer.Option("--cell", metavar="TABLE/ROW/COLUMN", help="Only this cell, with its lines and incidents.")
    ] = "",
    release: Annotated[
        bool, typer.Option("--release", help="As it may leave the house: small cells withheld.")
    ] = False,
    publish: Annotated[
        str, typer.Option("--publish", metavar="REASON", help="Keep it as published, for that reason, and print it.")
    ] = "",
) -> None:
    """Print a statistic as an officer sees it, as JSON, or publish it."""
    if sum(map(bool, (explain, cell, release, publish))) > 1:
        _fail("What leaves the house explains nothing: give one of --explain, --cell, --release, --publish.", BAD_USAGE)
    _managed("statistics", name, officer, year=year, explain=explain, cell=cell, release=release, publish=publish)


@app.command()
def erase(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what is due, and erase nothing.")] = False,
) -> None:
    """Erase what is older than its agency wants it kept, unless it is held; one JSON object for each record."""
    _managed("erase", dry_run=dry_run)


@app.command()
def verify(
    heads: Annotated[
        list[Path] | None,
        typer.Option("--heads", help="A file of signed heads that was kept elsewhere; may be given several times."),
    ] = None,
    evidence: Annotated[  # noqa: FBT002 - a switch of the command line
        bool, typer.Option("--evidence", help="Read every stored file through as well.")
    ] = False,
) -> None:
    """Walk the audit and custody chains and their signed heads; one JSON object a problem, exit 1 if there is any."""
    _managed("verify", heads=list(heads or ()), evidence=evidence)


def _managed(command: str, *arguments: str, **options: object) -> None:
    """Run a management command against the running installation, or the one that the environment names."""
    if not os.environ.get("DATABASE_URL"):
        os.environ.update(running_environment(os.environ))
    try:
        django.setup()
    except SettingsUnusable as error:
        _fail(str(error), BAD_USAGE)
    try:
        call_command(command, *arguments, **options)
    except CommandError as error:
        _fail(str(error), error.returncode)
    except DatabaseError as error:
        _fail(f"The database cannot be used: {error}".strip() + " Start it with make run, or set DATABASE_URL.", FAILED)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


def main() -> None:
    """Run the console command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.local")
    app()
