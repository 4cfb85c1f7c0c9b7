"""How fast letters are made: referrals with a map inset and photographs, on every core, against a compiler a letter."""

import hashlib
import io
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
from typing import Any

import numpy as np
from PIL import Image

from backend.bench.figures import BenchCannotRun, Figure, Notes, Plan
from backend.bench.measuring import progress
from cases.documents import render_referral
from cases.documents.errors import FontsMissing
from cases.generate.incidents import incidents
from cases.tracing.content import (
    Addressee,
    AddresseeReason,
    AgencyPresent,
    Contact,
    ConveyanceSeen,
    CustodyStep,
    IssuingBody,
    Mark,
    Observation,
    Occurrence,
    PhotoShown,
    Place,
    ReferralContent,
    ReferralItem,
    RouteStated,
)

Incident = dict[str, Any]

SIZE = 1_000
RIVAL_SIZE = 20
PHOTOS = 2
# Letters a core takes at a time: enough that handing them over costs nothing.
CHUNK = 10
DAY = date(2026, 1, 5)
# Whom incidents that name no agency are of.
_AGENCY: Incident = {}
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def referrals(plan: Plan) -> Iterator[Figure]:
    """Yield letters a second on all cores; the notes tell of the rival. Raises BenchCannotRun without fonts."""
    size, cores = plan.size or SIZE, os.cpu_count() or 1
    letters = contents(size, seed=plan.seed)
    try:
        taken, made = _timed(letters, cores=cores, chunk=CHUNK, letters_a_process=None)
        alone = letters[: min(size, RIVAL_SIZE)]
        rival, _ = _timed(alone, cores=cores, chunk=1, letters_a_process=1)
    except FontsMissing as error:
        raise BenchCannotRun(str(error)) from error
    notes: Notes = {
        "seconds": round(taken, 2),
        "size": size,
        "cores": cores,
        "photos_each": PHOTOS,
        "bytes_each": round(made / size),
        "rival": "a fresh process and compiler a letter",
        "rival_per_s": round(len(alone) / rival, 2),
    }
    yield Figure("referrals.per_s", round(size / taken, 2), "letters/s", notes)


def _timed(
    letters: Sequence[ReferralContent], *, cores: int, chunk: int, letters_a_process: int | None
) -> tuple[float, int]:
    """Return the seconds that the letters take, start of the processes included, and the bytes they came to."""
    chunks = [letters[at : at + chunk] for at in range(0, len(letters), chunk)]
    begun = time.perf_counter()
    # A fork would take over threads of the typesetter that it cannot run.
    spawn = get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=spawn, max_tasks_per_child=letters_a_process) as pool:
        made = sum(progress(pool.map(_made, chunks), "letters"))
    return time.perf_counter() - begun, made


def _made(letters: Sequence[ReferralContent]) -> int:
    documents = (render_referral(letter, format="pdf", draft=False, pictures=pictures()) for letter in letters)
    return sum(map(len, documents))


def contents(count: int, *, seed: int) -> list[ReferralContent]:
    """Return referrals on generated incidents, in the six languages by turns, each with its photographs."""
    made = enumerate(incidents(count, seed=seed))
    return [_content(number, incident) for number, incident in made]


def _content(number: int, incident: Incident) -> ReferralContent:
    occurred = date.fromisoformat("2024-01-01") + timedelta(days=number % 700)
    route, agency = incident.get("route") or {}, incident.get("agency") or _AGENCY
    items = tuple(_item(at, item) for at, item in enumerate(incident.get("items") or ()))
    return ReferralContent(
        reference=f"REF-2026-{number:06}",
        dated=DAY,
        status="issued",
        kind="bilateral",
        language=LANGUAGES[number % len(LANGUAGES)],
        issuing_body=IssuingBody(
            name=agency.get("name") or "Customs post",
            kind=agency.get("kind") or "customs",
            country=agency.get("country"),
            contact=Contact(office="Tracing desk"),
        ),
        addressee=Addressee(country="CHN", reasons=(AddresseeReason(code="origin"),)),
        observation=Observation(
            incident=incident.get("reference"),
            kind=incident.get("kind") or "seizure",
            basis=incident.get("basis"),
            occurred=Occurrence(first_day=occurred, last_day=occurred, precision="day"),
            place=_place(number, incident),
            agencies=(AgencyPresent(name=agency.get("name") or "Customs post", country=agency.get("country")),),
            conveyance=ConveyanceSeen(mode="road"),
            route=RouteStated(origin=route.get("origin"), destination=route.get("destination"), basis="statement"),
            circumstances=incident.get("circumstances"),
        ),
        items=items,
        reply_requested_by=DAY + timedelta(days=60),
        intended_use="The search for the point of diversion.",
        confidentiality="given",
        photos=tuple(_photo(number + at) for at in range(PHOTOS)),
        custody=tuple(CustodyStep(line=item.number, number=1, kind="collected") for item in items),
    )


def _place(number: int, incident: Incident) -> Place:
    # Those that state no position get one, so that every letter has its map.
    stated = incident.get("location") or {"coordinates": [(number * 37) % 340 - 170.0, (number * 13) % 100 - 40.0]}
    longitude, latitude = stated["coordinates"]
    return Place(name=incident.get("place"), longitude=longitude, latitude=latitude, accuracy_m=10_000)


def _item(at: int, item: Incident) -> ReferralItem:
    names = ("subtype", "description", "quantity", "unit", "make", "model", "calibre", "country_of_manufacture")
    return ReferralItem(
        number=at + 1,
        index=at,
        category=item.get("category") or "arms_unspecified",
        marking_state=item.get("marking_state"),
        marks=tuple(Mark(kind=mark["kind"], text=mark["text"]) for mark in item.get("marks") or () if mark.get("text")),
        **{name: item.get(name) for name in names},
    )


def _photo(number: int) -> PhotoShown:
    digests = sorted(pictures())
    digest = digests[number % len(digests)]
    return PhotoShown(kind="photo", sha256=digest, copy_sha256=digest, width_px=4000, height_px=3000)


@cache
def pictures() -> dict[str, bytes]:
    """Return a few photographs of grey noise, which no compression makes vanish, as the store keeps copies."""
    rng = np.random.default_rng(1)
    found = {}
    for _ in range(8):
        coarse = Image.fromarray(rng.integers(0, 255, (120, 160, 3), dtype=np.uint8), "RGB").resize((1280, 960))
        buffer = io.BytesIO()
        coarse.save(buffer, "JPEG", quality=82)
        found[hashlib.sha256(buffer.getvalue()).hexdigest()] = buffer.getvalue()
    return found
