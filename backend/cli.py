"""`cordon`: the console command. Machine output on standard output, messages on standard error."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import django
import typer
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from backend import run as everything
from backend.embedded.servers import running_environment
from backend.screen_file import BadInput, screen_file

app = typer.Typer(
    name="cordon",
    help="Record, screen, refer: embargo and border-interdiction case management.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

# What the shell sees: the work failed, or the call was wrong.
FAILED, BAD_USAGE = 1, 2


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
) -> None:
    """Screen incidents from a file, one result a line; no database and no server are needed."""
    try:
        all_read = screen_file(file, sys.stdout.buffer, regimes=regimes)
    except BadInput as error:
        _fail(str(error), BAD_USAGE)
    if not all_read:
        _fail("Some lines could not be read; each has an entry with its errors in the output.", FAILED)


@app.command()
def token(
    officer: Annotated[str, typer.Argument(help="The officer's name, for example demo-officer.")],
    days: Annotated[int, typer.Option("--days", min=1, help="How long the token is valid.")] = 90,
) -> None:
    """Print a new API token of an officer; it is shown once."""
    _managed("token", officer, days=days)


def _managed(command: str, *arguments: str, **options: object) -> None:
    """Run a management command against the running installation, or the one that the environment names."""
    if not os.environ.get("DATABASE_URL"):
        os.environ.update(running_environment(os.environ))
    django.setup()
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
