"""`cordon`: the console command. Machine output on standard output, messages on standard error."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

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
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_USAGE) from error
    if not all_read:
        typer.echo("Some lines could not be read; each has an entry with its errors in the output.", err=True)
        raise typer.Exit(FAILED)


def main() -> None:
    """Run the console command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.local")
    app()
