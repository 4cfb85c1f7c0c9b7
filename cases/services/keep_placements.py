"""Keeping what maps and flows count in step with incidents; called inside another service's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection, models

from cases.choices import LegKind
from cases.models import CellCount, Leg, LegCount, Placement
from cases.row_scope import everything
from cases.services.insert_rows import insert_rows, new_keys
from cases.statistics import legs
from cases.statistics.placed import OUTCOMES, Placed, rows_of_cells, rows_of_legs
from geo.cells import cell_at

_AS_RECORDED: Final = """
SELECT i.id, i.agency_id, i.caveats = '{}', i.longitude, i.latitude, i.location_accuracy_m,
    i.occurred_first_day, i.occurred_last_day, coalesce(nullif(i.located_country, ''), i.nearest_country),
    coalesce(r.origin, ''), coalesce(r.transit, '{}'), coalesce(r.destination, ''), coalesce(r.basis, ''),
    ARRAY(SELECT DISTINCT f.outcome FROM cases_finding f WHERE f.incident_id = i.id AND f.is_current),
    EXISTS (SELECT FROM cases_screeningrun s WHERE s.incident_id = i.id AND s.status = 'done'),
    coalesce((SELECT json_agg(json_build_array(m.category, m.quantity, m.unit)) FROM cases_seizeditem m
        WHERE m.incident_id = i.id), '[]')
FROM cases_incident i LEFT JOIN cases_route r ON r.incident_id = i.id
WHERE i.id = ANY(%s)
"""


def keep_placements(*, incident_ids: Sequence[int]) -> None:
    """Place the incidents afresh, and add to the sums by what each differs from before; the caller holds their locks.

    Nobody's sight matters here: an officer of another agency who contributes to a record, too, leaves its agency's
    sums whole.
    """
    with everything():
        before, after = _as_kept(incident_ids), _as_recorded(incident_ids)
        changed = [key for key, placed in after.items() if before.get(key) != placed]
        if not changed:
            return
        old, new = [before[key] for key in changed if key in before], [after[key] for key in changed]
        Leg.objects.filter(incident__in=changed).delete()
        Placement.objects.filter(pk__in=changed).delete()
        insert_rows(model=Placement, rows=(_placement(key, after[key]) for key in changed))
        _insert(Leg, [row for key in changed for row in _legs(key, after[key])])
        _insert(CellCount, rows_of_cells(old, new))
        _insert(LegCount, rows_of_legs(old, new))


def _as_recorded(incident_ids: Sequence[int]) -> dict[int, Placed]:
    with connection.cursor() as cursor:
        cursor.execute(_AS_RECORDED, [list(incident_ids)])
        return {row[0]: _placed(*row[1:]) for row in cursor.fetchall()}


def _placed(*row: Any) -> Placed:
    agency, is_open, longitude, latitude, accuracy_m, first_day, last_day, seizure, *rest = row
    origin, transit, destination, basis, found, is_screened, items = rest
    along = tuple(dict.fromkeys(legs.legs_of(origin=origin, transit=transit, seizure=seizure, destination=destination)))
    arms = legs.arms_among(legs.Goods(*item) for item in items)
    counted_along = {
        "legs": along,
        "basis": basis,
        "categories": tuple(sorted({category for category, _, _ in items if category})),
        "arms": arms.counted,
        "lacks_count": arms.lacks_count,
    }
    return Placed(
        agency=agency,
        is_open=is_open,
        cell=None if longitude is None else cell_at(longitude, latitude),
        longitude=longitude,
        latitude=latitude,
        accuracy_m=accuracy_m,
        first_day=first_day,
        last_day=last_day,
        outcomes=frozenset(found) or (frozenset({"not_indicated"}) if is_screened else frozenset()),
        **(counted_along if along else {}),
    )


def _as_kept(incident_ids: Sequence[int]) -> dict[int, Placed]:
    """Return the incidents as the rows say that are kept of them."""
    kept: dict[int, list[Leg]] = {}
    for leg in Leg.objects.filter(incident__in=incident_ids).order_by("pk"):
        kept.setdefault(leg.incident_id, []).append(leg)
    return {
        row.pk: Placed(
            agency=row.agency_id,
            is_open=row.is_open,
            cell=row.cell,
            longitude=row.longitude,
            latitude=row.latitude,
            accuracy_m=row.accuracy_m,
            first_day=row.first_day,
            last_day=row.last_day,
            outcomes=frozenset(name for name in OUTCOMES if getattr(row, f"is_{name}")),
            **_along(kept.get(row.pk, [])),
        )
        for row in Placement.objects.filter(pk__in=incident_ids)
    }


def _along(kept: Sequence[Leg]) -> dict[str, Any]:
    if not kept:
        return {}
    one = kept[0]
    return {
        "legs": tuple(legs.Leg(LegKind(row.kind), row.start, row.end) for row in kept),
        "basis": one.basis,
        "categories": tuple(one.categories),
        "arms": one.arms,
        "lacks_count": one.lacks_count,
    }


def _placement(key: int, placed: Placed) -> Mapping[str, Any]:
    copied = ("is_open", "cell", "longitude", "latitude", "accuracy_m", "first_day", "last_day")
    return {
        "incident_id": key,
        "agency_id": placed.agency,
        **{name: getattr(placed, name) for name in copied},
        **{f"is_{name}": name in placed.outcomes for name in OUTCOMES},
    }


def _legs(key: int, placed: Placed) -> Iterable[Mapping[str, Any]]:
    copied = ("is_open", "first_day", "last_day", "basis", "categories", "arms", "lacks_count")
    common = {"incident_id": key, "agency_id": placed.agency, **{name: getattr(placed, name) for name in copied}}
    return ({**common, **leg._asdict()} for leg in placed.legs)


def _insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        keys = new_keys(model=model, count=len(rows))
        insert_rows(model=model, rows=({"id": key, **row} for key, row in zip(keys, rows, strict=True)))
