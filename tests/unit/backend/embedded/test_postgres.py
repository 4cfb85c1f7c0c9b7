"""The URL of a database behind a Unix socket, and how much memory the server takes."""

from pathlib import Path

import dj_database_url
import psycopg.conninfo
import pytest

from backend.embedded.postgres import caches_for, database_url


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


@pytest.mark.parametrize(
    ("gibibytes", "kept", "reckoned_with"),
    [(0.5, "128MB", "256MB"), (8, "1024MB", "4096MB"), (256, "4096MB", "131072MB")],
)
def test_the_server_keeps_an_eighth_of_the_memory_within_bounds(
    gibibytes: float, kept: str, reckoned_with: str
) -> None:
    caches = caches_for(int(gibibytes * 2**30))

    assert caches == {"shared_buffers": kept, "effective_cache_size": reckoned_with}
