"""Pages by cursor: stable while records arrive, and no count of what lies behind them."""

import base64
import binascii
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson
from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from cases.api.errors import InvalidRequest
from cases.intake.problems import Problem

PAGE_SIZE: Final = 50
LARGEST_PAGE: Final = 200
PAGING_PARAMETERS: Final = [
    OpenApiParameter("cursor", str, OpenApiParameter.QUERY, description="From `next` or `previous`."),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
        OpenApiParameter.QUERY,
    ),
]
# A moment and a reference; a longer cursor is not one of ours.
LONGEST_CURSOR: Final = 400


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: after (or before) the row with that moment and that reference, or other key."""

    at: datetime
    reference: str
    is_backward: bool

    def encoded(self) -> str:
        """Return the cursor as it stands in a link."""
        fields = [self.at.isoformat(), self.reference, int(self.is_backward)]
        return base64.urlsafe_b64encode(orjson.dumps(fields)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Return the cursor of a link; raises InvalidRequest for anything else."""
        try:
            at, reference, is_backward = orjson.loads(base64.urlsafe_b64decode(text[:LONGEST_CURSOR] + "=="))
            return cls(_aware(at), str(reference).replace("\x00", ""), bool(is_backward))
        except (binascii.Error, ValueError, TypeError):
            raise InvalidRequest([Problem("/cursor", "not_a_cursor")]) from None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, latest row first, and the links to its neighbours."""

    rows: Sequence[Any]
    next: str | None
    previous: str | None

    def document(self, results: Sequence[Any]) -> dict[str, Any]:
        """Return the page as answered, with its rows translated to `results`."""
        return {"next": self.next, "previous": self.previous, "results": results}


def page_of(
    request: Request,
    rows: QuerySet[Any],
    *,
    moment: str = "recorded_at",
    key: str = "reference",
    read_key: Callable[[str], Any] = str,
    is_rising: bool = False,
) -> Page:
    """Return the page that the query asks for; rows are ordered by that moment, latest first or rising, then by key.

    `read_key` reads the key's text in a cursor, and raises ValueError for what is none.
    """
    cursor = Cursor.decode(text) if (text := request.query_params.get("cursor")) else None
    size = page_size(request)
    is_backward = cursor is not None and cursor.is_backward
    if cursor is not None:
        rows = rows.filter(_beyond(cursor, (moment, key), read_key, is_rising=is_rising))
    order = (moment, key) if is_backward is not is_rising else (f"-{moment}", f"-{key}")
    found = list(rows.order_by(*order)[: size + 1])
    has_more, page = len(found) > size, found[:size]
    if is_backward:
        page.reverse()
    return Page(
        rows=page,
        next=_link(request, page[-1:], (moment, key), is_backward=False) if has_more or is_backward else None,
        previous=(
            _link(request, page[:1], (moment, key), is_backward=True) if (has_more if is_backward else cursor) else None
        ),
    )


def page_of_sorted(request: Request, rows: Sequence[Any], *, place: Callable[[Any], list[float]]) -> Page:
    """Return the page that the query asks for, of rows at hand, which are sorted by their places."""
    after = _place_in(text) if (text := request.query_params.get("cursor")) else None
    size = page_size(request)
    places = [place(row) for row in rows]
    if after is None:
        start = 0
    else:
        start = bisect_left(places, after.place) if after.is_backward else bisect_right(places, after.place)
    if after is not None and after.is_backward:
        start, end = max(0, start - size), start
    else:
        end = start + size
    page = rows[start:end]
    following = _place_link(request, places[end - 1], is_backward=False) if page and end < len(rows) else None
    return Page(page, following, _place_link(request, places[start], is_backward=True) if page and start > 0 else None)


class _Place(NamedTuple):
    """After (or before) which row of a sorted list a page lies."""

    place: list[float]
    is_backward: bool


def _place_in(text: str) -> _Place:
    try:
        place, is_backward = orjson.loads(base64.urlsafe_b64decode(text[:LONGEST_CURSOR] + "=="))
        return _Place([float(part) for part in place], bool(is_backward))
    except (binascii.Error, ValueError, TypeError):
        raise InvalidRequest([Problem("/cursor", "not_a_cursor")]) from None


def _place_link(request: Request, place: list[float], *, is_backward: bool) -> str:
    cursor = base64.urlsafe_b64encode(orjson.dumps([place, int(is_backward)])).decode().rstrip("=")
    return str(replace_query_param(request.build_absolute_uri(), "cursor", cursor))


def page_size(request: Request) -> int:
    """Return how many rows to a page; raises InvalidRequest outside 1 to 200."""
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    problem = Problem("/page_size", "out_of_range", {"value": text[:20], "least": 1, "most": LARGEST_PAGE})
    raise InvalidRequest([problem])


def _beyond(cursor: Cursor, names: tuple[str, str], read_key: Callable[[str], Any], *, is_rising: bool) -> Q:
    moment, key = names
    side = "gt" if cursor.is_backward is not is_rising else "lt"
    try:
        value = read_key(cursor.reference)
    except ValueError:
        raise InvalidRequest([Problem("/cursor", "not_a_cursor")]) from None
    tie = Q(**{moment: cursor.at, f"{key}__{side}": value})
    return Q(**{f"{moment}__{side}": cursor.at}) | tie


def _link(request: Request, rows: Sequence[Model], names: tuple[str, str], *, is_backward: bool) -> str | None:
    if not rows:
        return None
    moment, key = (getattr(rows[0], name) for name in names)
    cursor = Cursor(moment, str(key), is_backward)
    return str(replace_query_param(request.build_absolute_uri(), "cursor", cursor.encoded()))


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
