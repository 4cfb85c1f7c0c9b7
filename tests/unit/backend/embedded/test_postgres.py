"""The URL of a database behind a Unix socket."""

from pathlib import Path

import dj_database_url
import psycopg.conninfo
import pytest

from backend.embedded.postgres import database_url


@pytest.mark.parametrize("sockets", ["/tmp/cordon-1", "/srv/my data/sockets", "/srv/ü&?#@:/sockets"])  # noqa: S108
def test_libpq_and_django_read_the_same_folder_out_of_it(sockets: str) -> None:
    url = database_url(Path(sockets), "cordon_app", "secret", "cordon")

    assert psycopg.conninfo.conninfo_to_dict(url) == {
        "host": sockets,
        "user": "cordon_app",
        "password": "secret",
        "dbname": "cordon",
    }
    django = dj_database_url.parse(url)
    assert (django["HOST"], django["USER"], django["NAME"]) == (sockets, "cordon_app", "cordon")
