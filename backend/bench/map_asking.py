"""Ask for maps and flows as a browser would, and print how long each answer took: `python -m backend.bench.map_asking`.

The whole request is answered in this process: signing in, scopes, access, counting and JSON; the network is left out.
"""

import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import StringIO
from time import perf_counter
from typing import Final, NamedTuple
from urllib.parse import urlencode

import django
import orjson
from django.core.management import call_command
from django.test import Client

# Who asks, as `load_map` makes it; the service is out of reach before Django is set up.
ASKING: Final = "demo-map"
# Middle, and zooms from the whole world to a harbour; the window is that of a desk, of 1280 by 800 pixels.
_MIDDLES: Final = ((20.0, 15.0), (46.0, 13.0), (29.0, -1.0), (13.0, 32.0), (36.0, 34.0), (100.0, 20.0))
_ZOOMS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
_WINDOW: Final = (1280, 800)
_TILE: Final = 512
_PERIODS: Final = (
    {"occurred_after": "2013", "occurred_before": "2013"},
    {"occurred_after": "2008", "occurred_before": "2019"},
    {"occurred_after": "2014-03-10"},
)
_WARMING_UP: Final = 5
_FLOWS: Final = 9


class Question(NamedTuple):
    """What is asked, and the sort of question that it counts as."""

    sort: str
    path: str
    query: dict[str, str]


def questions() -> Iterator[Question]:
    """Yield every view at every zoom, with and without a period, then flows."""
    views = [(middle, zoom) for middle in _MIDDLES for zoom in _ZOOMS]
    for middle, zoom in views:
        yield Question("map.cells", "/api/v1/map/cells", _view(middle, zoom))
    for number, (middle, zoom) in enumerate(views):
        period = _PERIODS[number % len(_PERIODS)]
        yield Question("map.cells_of_period", "/api/v1/map/cells", {**_view(middle, zoom), **period})
    for number in range(_FLOWS):
        yield Question("map.flows", "/api/v1/flows", {})
        yield Question("map.flows_of_period", "/api/v1/flows", _PERIODS[number % len(_PERIODS)])


def _view(middle: tuple[float, float], zoom: int) -> dict[str, str]:
    longitude, latitude = middle
    width, height = (pixels / _TILE / 2**zoom * 360.0 for pixels in _WINDOW)
    west, east = max(-180.0, longitude - width / 2), min(180.0, longitude + width / 2)
    south, north = max(-85.0, latitude - height / 2), min(85.0, latitude + height / 2)
    return {"bbox": f"{west},{south},{east},{north}", "zoom": str(zoom)}


def main() -> int:
    """Ask everything once to warm up and once to measure; 1 where an answer is none."""
    django.setup()
    ask = _asker()
    asked = list(questions())
    for question in asked[:: max(1, len(asked) // _WARMING_UP)]:
        ask(question)
    for question in asked:
        began = perf_counter()
        status, size = ask(question)
        line = {"sort": question.sort, "ms": (perf_counter() - began) * 1000, "bytes": size, **question.query}
        if status != HTTPStatus.OK:
            sys.stderr.write(f"{question} was answered with {status}\n")
            return 1
        sys.stdout.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE).decode())
    return 0


def _asker() -> Callable[[Question], tuple[int, int]]:
    secret = StringIO()
    call_command("token", ASKING, stdout=secret)
    client = Client(SERVER_NAME="localhost", headers={"authorization": f"Bearer {secret.getvalue().strip()}"})

    def ask(question: Question) -> tuple[int, int]:
        answer = client.get(f"{question.path}?{urlencode(question.query)}")
        return answer.status_code, len(answer.content)

    return ask


if __name__ == "__main__":
    sys.exit(main())
