"""Every endpoint for every role: in one's own agency, by a grant or one that is over, as a stranger, and as nobody.

The addresses are drawn from the URL configuration, pages included; the table below says what each call takes. From it,
from the rights of the role and from the relation follows the answer, for each cell of the matrix. No answer may hold a
word, reference or number of records that the officer may not know of.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import unified_diff
from typing import Any, Final, NamedTuple
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from rest_framework.test import APIClient

from backend.urls import urlpatterns
from cases import access
from cases.api.statistics import XLSX
from cases.models import OfficerRole, Right
from tests.access_world import (
    ANNOUNCEMENT,
    FILE,
    RELATIONS,
    SERIAL,
    Compartment,
    Ids,
    Relation,
    Viewer,
    World,
    send_chunk,
    world_around,
)
from tests.api_clients import client_with_token
from tests.factories import OfficerFactory

# Thousands of calls, on a machine that is busy with other tests.
pytestmark = pytest.mark.timeout(900)

API: Final = "/api/v1/"
REVIEW: Final = {"decision": "more_needed", "reason": "ask the carrier"}
INCIDENT: Final = {"state": "draft"}
SHARE: Final = {"agency": "{panel}", "level": "read", "reason": "asked for"}
RELEASE: Final = {"panel": "{panel}", "reason": "asked"}
SAME: Final = {"incident": "{incident}", "reason": "seen"}
OPEN: Final[dict[str, Any]] = {"caveats": [], "reason": "open to all"}
HANDOVER: Final = {"to": {"person": "nobody of the system"}}
LEAVE: Final = {"to": "{officer}", "reason": "on leave"}
NOT_KNOWN: Final = {"kind": "not_established", "reason": "nobody knows"}
CLOCK: Final = {"remind_before_days": 7, "remind_again_days": 30, "escalate_after_days": 45}
DESK: Final = {"kind": "permanent_mission", "country": "KEN", "office": "A mission", "source": "a note"}
ASSIGNED: Final = {"to": "{officer}", "reason": "on leave"}
SENT: Final = {"what": "a report", "sent_to": "the Committee", "sent_on": "2026-11-22", "reason": "sent"}
ROOM: Final = ("tasks", "notes", "timeline", "links", "links?beyond=true", "parties", "referrals")
PUBLISHED: Final = {"statistic": "un-register", "year": 2013, "reason": "the yearly report"}
COUNTED: Final = "incidents?counted_in=illicit-arms-flows/2013/other_goods/ammunition/seized"
INVITATION: Final = {"username": "invited", "email": "invited@agency.example", "role": "officer"}

# What the names in the addresses stand for. Of these a grant of incident, case and referral tells;
SHOWN_BY_GRANT: Final = frozenset(
    {"incident", "case", "referral", "finding", "evidence", "coming", "exhibit", "holding"}
)
# these are known in the agency alone, to which they belong;
OF_AGENCY: Final = frozenset(
    {
        *("operation", "grant", "release", "handover", "officer", "leaver", "link", "obligation", "pack", "task"),
        "publication",
    }
)
# these are the officer's own: to a colleague as to a stranger they do not exist;
PERSONAL: Final = frozenset({"token", "session", "notification", "filter", "key", "secret", "provider"})
# and these are the installation's, shown to every officer alike.
EVERYBODYS: Final = frozenset({"rescreening", "zone", "panel", "contact"})
# What a caveat on an incident covers.
COVERED: Final = frozenset(
    {"incident", "referral", "finding", "evidence", "coming", "grant", "release", "panel", "link", "obligation", "task"}
)
NOBODYS: Final[Ids] = {
    "incident": "INC-2026-00000001",
    "referral": "REF-2026-00000001",
    "finding": uuid4(),
    "obligation": "OBL-2026-00000001",
    "case": "CASE-2026-00000001",
    "task": "TASK-2026-00000001",
    "publication": "STAT-2026-00000001",
    "operation": "OPS-2026-00000001",
    "grant": 999_999,
    "release": 999_999,
    "link": 999_999,
    "evidence": uuid4(),
    "coming": uuid4(),
    "exhibit": "EX-0000-0000-0000",
    "holding": uuid4(),
    "handover": uuid4(),
    "token": 999_999_999,
    "session": 999_999_999,
    "notification": 999_999_999,
    "officer": "nobody-at-all",
    "leaver": "nobody-at-all",
    "key": 999_999_999,
    "secret": "no-such-link",
    "provider": "nobody",
    "pack": 999_999,
}


class Endpoint(NamedTuple):
    """One call: `path` below the API, or that of a page; `act` is what the role must include, None for reading."""

    method: str
    path: str
    act: Right | None = None
    body: Any = None
    # The bytes of a chunk, where the body is no JSON.
    chunk: bytes | None = None
    # Done by the agency whose record it is, however it is shared.
    of_owner: bool = False
    # Done by a person who is signed in, never by a token.
    needs_session: bool = False
    # For those who are not signed in as well.
    is_open: bool = False
    # For whoever has a link to one referral, which no officer's token is.
    by_link: bool = False
    # A right that does as well as `act`.
    or_act: Right | None = None

    def is_in(self, rights: frozenset[Right]) -> bool:
        """Whether rights of an officer include what the call takes."""
        return self.act is None or not rights.isdisjoint({self.act, self.or_act})

    @property
    def is_page(self) -> bool:
        """Whether a person asks for it in a browser."""
        return self.path.startswith("/")

    @property
    def names(self) -> frozenset[str]:
        """What the address names."""
        return frozenset(re.findall(r"\{(\w+)\}", self.path))

    @property
    def names_in_address(self) -> frozenset[str]:
        """What the address names before its question mark: without it there is no such address."""
        return frozenset(re.findall(r"\{(\w+)\}", self.path.partition("?")[0]))

    @property
    def shape(self) -> tuple[str, str]:
        """The method, and the address with {} for each variable."""
        path = self.path.partition("?")[0] if self.is_page else API + self.path.partition("?")[0]
        parts = ("{}" if part in FIXED else part for part in re.sub(r"\{\w+\}", "{}", path).split("/"))
        return self.method, "/".join(parts)


def both(path: str, act: Right | None = None) -> tuple[Endpoint, Endpoint]:
    """Return a page that is looked at and sent back."""
    return Endpoint("get", path, act), Endpoint("post", path, act)


ENDPOINTS: Final = (
    Endpoint("get", "incidents"),
    Endpoint("get", "incidents/{incident}"),
    Endpoint("get", "incidents/{incident}/history"),
    Endpoint("get", "incidents/{incident}/screening"),
    Endpoint("get", "incidents/{incident}/screening/changes"),
    Endpoint("get", "incidents/{incident}/referrals"),
    Endpoint("get", "findings"),
    Endpoint("get", "incidents/{incident}/grants"),
    Endpoint("get", "incidents/{incident}/same-event"),
    Endpoint("get", "agencies"),
    Endpoint("get", "operations"),
    Endpoint("get", "operations/{operation}"),
    Endpoint("get", "incidents/{incident}/papers-check"),
    Endpoint("get", "incidents/{incident}/evidence"),
    Endpoint("get", "evidence/{evidence}"),
    Endpoint("get", "evidence/{evidence}/content", access.SEE_NOMINAL),
    Endpoint("get", "evidence/{evidence}/preview", access.SEE_NOMINAL),
    Endpoint("get", "cases"),
    Endpoint("get", "cases/{case}"),
    Endpoint("get", "cases/{case}/grants"),
    Endpoint("get", "referrals/{referral}/grants"),
    Endpoint("get", "cases/{case}/history"),
    Endpoint("get", "cases/{case}/history?views=true&format=json"),
    Endpoint("get", "cases/{case}/history?format=ndjson", access.EXPORT),
    Endpoint("get", "incidents/{incident}/items/0/custody"),
    Endpoint("get", "incidents/{incident}/items/0/label?format=svg"),
    Endpoint("get", "incidents/{incident}/items/0/intelligence"),
    Endpoint("get", f"marks?text={SERIAL}"),
    Endpoint("get", "marks?text=*zq7"),
    *(Endpoint("get", path) for path in ("map/cells", "map/cells?zoom=9&occurred_after=2013", "flows")),
    *(Endpoint("get", f"map/cells?format={name}", access.EXPORT) for name in ("csv", "geojson", "gpkg")),
    *(Endpoint("get", f"flows?{query}", access.EXPORT) for query in ("release=true", "format=csv", "format=geojson")),
    *(Endpoint("get", f"map/{name}") for name in ("layers", "labels.geojson", "ports.geojson", "airports.geojson")),
    Endpoint("get", "map/tiles/land/0/0/0.mvt"),
    Endpoint("get", "exhibits"),
    Endpoint("get", "exhibits/{exhibit}"),
    Endpoint("get", "exhibits/{exhibit}/custody"),
    Endpoint("get", "exhibits/{exhibit}/label?format=svg"),
    Endpoint("get", "custody/inventory"),
    Endpoint("get", "custody/inventory?label={exhibit}"),
    Endpoint("get", "custody/stores"),
    Endpoint("get", "custody/{holding}"),
    Endpoint("get", "handovers"),
    # Names stand in it, so it takes more than the right to export; whoever may see names here may export.
    Endpoint("get", "cases/{case}/bundle", access.SEE_NOMINAL, of_owner=True),
    Endpoint("get", "contacts"),
    Endpoint("get", "contacts/{contact}"),
    Endpoint("get", "contacts/{contact}/history"),
    Endpoint("get", "marking-practices"),
    Endpoint("get", "incidents/{incident}/items/0/whom-to-ask"),
    Endpoint("get", "incidents/{incident}/items/0/register-hits"),
    Endpoint("get", "rescreenings"),
    Endpoint("get", "rescreenings/{rescreening}"),
    Endpoint("get", "rescreenings/{rescreening}/changes"),
    Endpoint("get", "referrals"),
    Endpoint("get", "referrals/{referral}"),
    Endpoint("get", "referrals/{referral}/document?format=json"),
    Endpoint("get", "referrals/{referral}/missing"),
    Endpoint("get", "referrals/{referral}/iarms"),
    Endpoint("get", "referrals/{referral}/history"),
    Endpoint("get", "referrals/{referral}/reply-links"),
    Endpoint("get", "incidents/{incident}/items/0/chain"),
    Endpoint("get", "addressed-referral", by_link=True),
    Endpoint("get", "addressed-referral/letter", by_link=True),
    Endpoint("get", "template-packs", access.ADMINISTER),
    Endpoint("get", "template-packs/{pack}", access.ADMINISTER),
    Endpoint("get", "template-packs/{pack}/sample?kind=iti_request&format=json", access.ADMINISTER),
    Endpoint("post", "template-packs", access.ADMINISTER, {"name": "House style"}),
    Endpoint("get", "ledger"),
    Endpoint("get", "reply-clock"),
    Endpoint("get", "referrals/{referral}/dispatches"),
    Endpoint("get", "incidents/{incident}/reports/case_summary?format=json", access.REFER),
    Endpoint("get", "incidents/{incident}/reports/case_summary/missing", access.REFER),
    # --- marks read by two ---------------------------------------------------------------------------------------
    Endpoint("get", "incidents/{incident}/items/0/readings"),
    Endpoint("post", "incidents/{incident}/items/0/readings", access.RECORD, {"marks": [{"text": "AB-1"}]}),
    Endpoint("post", "incidents/{incident}/items/0/readings/settle", access.EDIT, {}, of_owner=True),
    # --- obligations -----------------------------------------------------------------------------------------------
    Endpoint("get", "obligations"),
    Endpoint("get", "obligations/waiting"),
    Endpoint("get", "obligations/calendar.ics"),
    Endpoint("get", "obligations/{obligation}"),
    Endpoint("post", "obligations/{obligation}/assign", access.OVERRIDE, ASSIGNED, or_act=access.ADMINISTER),
    Endpoint("post", "obligations/{obligation}/discharge", access.ISSUE, SENT),
    Endpoint("post", "obligations/{obligation}/not-owed", access.OVERRIDE, {"reason": "reported by others"}),
    Endpoint("get", "/obligations/"),
    # --- the room of a case ----------------------------------------------------------------------------------------
    *(Endpoint("get", f"cases/{{case}}/{part}") for part in ROOM),
    Endpoint("get", "tasks"),
    Endpoint("get", "tasks/{task}"),
    Endpoint("patch", "tasks/{task}", access.RECORD, {"due_on": "2027-01-01"}),
    Endpoint("post", "tasks/{task}/end", access.RECORD, {"state": "done"}),
    Endpoint("post", "cases/{case}/tasks", access.RECORD, {"what": "ask the yard"}, of_owner=True),
    Endpoint("post", "cases/{case}/tasks/from-template", access.RECORD, {"regime": "iran-2006"}, of_owner=True),
    Endpoint("post", "cases/{case}/notes", access.RECORD, {"text": "a note of test"}),
    Endpoint("post", "cases/{case}/close", access.EDIT, {"reason": "all is known"}, of_owner=True),
    Endpoint("post", "cases/{case}/reopen", access.EDIT, {"reason": "more came"}, of_owner=True),
    Endpoint("post", "cases/{case}/merge", access.EDIT, {"into": "{case}", "reason": "one yard"}, of_owner=True),
    Endpoint("get", "lists"),
    Endpoint("get", "regimes"),
    Endpoint("get", "regimes/iran-2006"),
    Endpoint("get", "statistics/sdg-16-4-2?explain=true"),
    Endpoint("get", "statistics/sdg-16-4-2?release=true", access.EXPORT),
    Endpoint("get", "statistics/illicit-arms-flows?year=2013&explain=true"),
    Endpoint("get", "statistics/illicit-arms-flows?year=2013&format=xlsx", access.EXPORT),
    Endpoint("get", "statistics/publications"),
    Endpoint("get", "statistics/publications/{publication}"),
    Endpoint("get", "statistics/publications/{publication}/file"),
    Endpoint("get", "statistics/publications/{publication}/file?format=xlsx"),
    Endpoint("post", "statistics/publications", access.EXPORT, PUBLISHED),
    Endpoint("get", COUNTED),
    *(Endpoint("get", f"statistics/seizures?year=2013&format={name}", access.EXPORT) for name in ("csv", "xlsx")),
    Endpoint("get", "zones"),
    Endpoint("get", "zones/{zone}"),
    Endpoint("get", "tokens"),
    Endpoint("get", "sessions"),
    Endpoint("get", "notifications"),
    Endpoint("get", "officers", access.ADMINISTER),
    Endpoint("get", "officers/{officer}/hand-over", access.ADMINISTER, or_act=access.OVERRIDE),
    Endpoint("post", "tokens", body={"name": "a token of a token"}, needs_session=True),
    Endpoint("post", "tokens/{token}/revoke"),
    Endpoint("post", "sessions/{session}/end"),
    Endpoint("post", "notifications/{notification}/read"),
    Endpoint("post", "officers", access.ADMINISTER, INVITATION),
    Endpoint("post", "officers/{officer}/rights", access.ADMINISTER, {"role": "officer"}),
    Endpoint("post", "officers/{officer}/sessions/end", access.ADMINISTER, {}),
    Endpoint("post", "incidents", access.RECORD, INCIDENT),
    Endpoint("post", "incidents/bulk", access.RECORD, INCIDENT),
    Endpoint("patch", "incidents/{incident}", access.RECORD, {"circumstances": "boarded at night"}),
    Endpoint("post", "findings/{finding}/review", access.REVIEW, REVIEW),
    Endpoint(
        "post", "incidents/{incident}/referrals", access.REFER, {"addressee": {"country": "CHN"}, "language": "fr"}
    ),
    Endpoint("post", "incidents/{incident}/referrals/by-state", access.REFER, {"language": "fr"}),
    Endpoint("post", "cases/{case}/referrals/by-state", access.REFER, {"language": "fr"}),
    Endpoint(
        "post", "incidents/{incident}/papers-check/licence-enquiry", access.REFER, {"document": 0, "language": "fr"}
    ),
    Endpoint("post", "incidents/{incident}/evidence", access.RECORD, ANNOUNCEMENT),
    Endpoint("patch", "evidence/{coming}", access.RECORD, chunk=FILE),
    Endpoint("post", "evidence/{evidence}/withdraw", access.EDIT, {"reason": "of another incident"}, of_owner=True),
    Endpoint("post", "contacts", access.MAINTAIN, DESK),
    Endpoint("patch", "contacts/{contact}", access.MAINTAIN, {"telephone": "+000", "reason": "they have moved"}),
    Endpoint("post", "contacts/{contact}/confirm", access.MAINTAIN, {"how": "called"}),
    Endpoint("post", "cases", access.RECORD, {"title": "a case of test", "incidents": []}),
    Endpoint("post", "cases/{case}/incidents", access.RECORD, {"incident": "{incident}"}, of_owner=True),
    Endpoint("patch", "referrals/{referral}", access.REFER, {"intended_use": "tracing"}, of_owner=True),
    Endpoint("post", "referrals/{referral}/check", access.REFER, of_owner=True),
    Endpoint("post", "referrals/{referral}/approve", access.ISSUE, of_owner=True),
    Endpoint("post", "referrals/{referral}/issue", access.ISSUE, of_owner=True),
    Endpoint("post", "referrals/{referral}/send", access.ISSUE, {"channel": "by_hand"}, of_owner=True),
    Endpoint("post", "referrals/{referral}/supersede", access.REFER, of_owner=True),
    Endpoint("post", "referrals/{referral}/replies", access.REFER, {"state": "acknowledged"}, of_owner=True),
    Endpoint("post", "referrals/{referral}/clarifications", access.REFER, {"text": "which serial"}, of_owner=True),
    Endpoint("post", "referrals/{referral}/reply-links", access.REFER, {"recipient": "a desk"}, of_owner=True),
    Endpoint("post", "reply-links/{link}/revoke", access.REFER),
    Endpoint("post", "addressed-referral/replies", body={"state": "acknowledged"}, by_link=True),
    Endpoint("post", "incidents/{incident}/items/0/point-of-diversion", access.REFER, NOT_KNOWN),
    Endpoint("post", "incidents/{incident}/items/0/next-request", access.REFER, {"country": "CHE"}),
    Endpoint("post", "reply-clock", access.ADMINISTER, CLOCK, or_act=access.OVERRIDE),
    Endpoint("post", "incidents/{incident}/grants", access.ISSUE, SHARE, of_owner=True),
    Endpoint("post", "cases/{case}/grants", access.ISSUE, SHARE, of_owner=True),
    Endpoint("post", "referrals/{referral}/grants", access.ISSUE, SHARE, of_owner=True),
    Endpoint("post", "referrals/{referral}/withdraw", access.REFER, {"reason": "for the test"}, of_owner=True),
    Endpoint("post", "incidents/{incident}/releases", access.ISSUE, RELEASE, of_owner=True),
    Endpoint("post", "incidents/{incident}/same-event", access.RECORD, SAME, of_owner=True),
    Endpoint("post", "incidents/{incident}/caveats", access.EDIT, OPEN, of_owner=True),
    Endpoint("post", "grants/{grant}/end", access.ISSUE, {"reason": "over"}),
    Endpoint("post", "releases/{release}/end", access.ISSUE, {"reason": "over"}),
    Endpoint("post", "operations", access.ISSUE, {"name": "an operation of test"}),
    Endpoint(
        "post", "operations/{operation}/incidents", access.ISSUE, {"incident": "{incident}", "reason": "for the others"}
    ),
    Endpoint("post", "operations/{operation}/leave", access.ISSUE),
    Endpoint("post", "incidents/{incident}/exhibits", access.RECORD, {"kind": "sample", "items": [str(uuid4())]}),
    Endpoint("post", "incidents/{incident}/items/0/custody", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "incidents/{incident}/items/0/handover", access.RECORD, HANDOVER),
    Endpoint("post", "exhibits/{exhibit}/custody", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "exhibits/{exhibit}/handover", access.RECORD, HANDOVER),
    Endpoint("post", "handovers/{handover}/accept", access.RECORD, {"seal": "A1"}),
    Endpoint("post", "handovers/{handover}/decline", access.RECORD, {"note": "too late"}),
    Endpoint("post", "custody/stores", access.RECORD, {"name": "armoury"}),
    Endpoint("post", "custody/{holding}", access.RECORD, {"kind": "examined"}),
    Endpoint("post", "custody/{holding}/handover", access.RECORD, HANDOVER),
    Endpoint("post", "incidents/{incident}/void", access.RECORD, {"reason": "recorded in error"}, of_owner=True),
    Endpoint("post", "officers/{leaver}/hand-over", access.ADMINISTER, LEAVE, or_act=access.OVERRIDE),
    Endpoint("post", "officers/{leaver}/deactivate", access.ADMINISTER, {"reason": "has left"}),
    # --- pages: what an address is not listed with, it does not take -----------------------------------------------
    Endpoint("get", "/", is_open=True),
    Endpoint("get", "/incidents/"),
    Endpoint("get", "/incidents/{incident}/"),
    Endpoint("get", "/incidents/{incident}/screening/"),
    Endpoint("get", "/incidents/{incident}/map/"),
    Endpoint("post", "/incidents/{incident}/questions/recipient.kind/", access.RECORD),
    Endpoint("post", "/incidents/{incident}/findings/{finding}/review/", access.REVIEW),
    Endpoint("post", "/incidents/{incident}/share/", access.ISSUE, of_owner=True),
    Endpoint("get", "/incidents/filters/"),
    Endpoint("post", "/incidents/filters/save/"),
    Endpoint("post", "/incidents/filters/{filter}/rename/"),
    Endpoint("post", "/incidents/filters/{filter}/delete/"),
    Endpoint("post", "/incidents/export/", access.EXPORT),
    Endpoint("get", "/search/?q=zq"),
    *(Endpoint("get", f"/work/{queue}") for queue in ("", "review/", "referrals/", "overdue/", "marks/", "readings/")),
    Endpoint("post", "/work/review/decide/", access.REVIEW),
    Endpoint("post", "/work/overdue/assign/", access.OVERRIDE, or_act=access.ADMINISTER),
    Endpoint("post", "/work/hand-over/", access.OVERRIDE, or_act=access.ADMINISTER),
    Endpoint("get", "/figures/"),
    Endpoint("get", "/map/"),
    Endpoint("get", "/map/flows/"),
    Endpoint("get", "/record/"),
    Endpoint("get", "/referrals/"),
    *both("/referrals/new", access.REFER),
    Endpoint("get", "/referrals/{referral}/"),
    Endpoint("post", "/referrals/{referral}/preview/", access.REFER, of_owner=True),
    Endpoint("post", "/referrals/{referral}/link/", access.REFER, of_owner=True),
    Endpoint("post", "/referrals/{referral}/complete/", access.REFER, of_owner=True),
    *both("/cases/"),
    *(Endpoint("get", f"/cases/{{case}}/{part}") for part in ("", "timeline/", "connections/")),
    Endpoint("post", "/cases/{case}/propose/", access.RECORD, of_owner=True),
    Endpoint("get", "/regimes/"),
    Endpoint("get", "/regimes/versions/"),
    Endpoint("get", "/regimes/iran-2006/"),
    Endpoint("get", "/zones/"),
    Endpoint("get", "/zones/{zone}/"),
    *both("/zones/import/", access.MAINTAIN),
    Endpoint("get", "/incidents/{incident}/items/0/readings/"),
    Endpoint("post", "/incidents/{incident}/items/0/readings/give/", access.RECORD),
    Endpoint("post", "/incidents/{incident}/items/0/readings/settle/", access.EDIT, of_owner=True),
    Endpoint("get", "/changes/"),
    Endpoint("get", "/pocket/"),
    Endpoint("get", "/pocket/rulebook.json"),
    Endpoint("get", "/notifications/"),
    Endpoint("post", "/notifications/read/"),
    Endpoint("get", "/account/"),
    Endpoint("post", "/account/sessions/{session}/end/"),
    Endpoint("post", "/account/sessions/end-others/"),
    Endpoint("post", "/account/tokens/"),
    Endpoint("post", "/account/tokens/{token}/revoke/"),
    Endpoint("post", "/account/pin/"),
    Endpoint("post", "/account/mail/"),
    Endpoint("post", "/pin/lock/"),
    Endpoint("get", "/pin/unlock/"),
    Endpoint("post", "/pin/unlock/"),
    Endpoint("get", "/sign-in/{secret}/", is_open=True),
    Endpoint("post", "/sign-in/{secret}/", is_open=True),
    Endpoint("get", "/reply/{secret}/", is_open=True),
    Endpoint("post", "/reply/{secret}/", is_open=True),
    Endpoint("get", "/reply/{secret}/letter.pdf", is_open=True),
    Endpoint("post", "/sign-out/", is_open=True),
)
# Pages of the library that signs in, and what the installation shows to anybody: none of them knows of any record.
OF_NO_RECORD: Final = (
    *both("/sign-in/"),
    *both("/account/sign-out/"),
    Endpoint("get", "/account/inactive/"),
    *both("/account/reauthenticate/"),
    *both("/account/password/change/"),
    *both("/account/password/set/"),
    Endpoint("get", "/account/2fa/"),
    *both("/account/2fa/authenticate/"),
    *both("/account/2fa/reauthenticate/"),
    *both("/account/2fa/totp/activate/"),
    *both("/account/2fa/totp/deactivate/"),
    Endpoint("get", "/account/2fa/recovery-codes/"),
    *both("/account/2fa/recovery-codes/generate/"),
    Endpoint("get", "/account/2fa/recovery-codes/download/"),
    Endpoint("get", "/account/2fa/webauthn/"),
    *both("/account/2fa/webauthn/add/"),
    *both("/account/2fa/webauthn/reauthenticate/"),
    *both("/account/2fa/webauthn/keys/{key}/remove/"),
    *both("/account/2fa/webauthn/keys/{key}/edit/"),
    Endpoint("get", "/account/sign-in/cancelled/"),
    Endpoint("get", "/account/sign-in/error/"),
    *both("/account/connections/"),
    *both("/sso/{provider}/login/"),
    *both("/sso/{provider}/login/callback/"),
    Endpoint("post", "/theme/"),
    Endpoint("post", "/language/"),
    Endpoint("get", "/words.js"),
    Endpoint("get", "/record/shell/"),
    Endpoint("get", "/record/officer.json"),
    Endpoint("get", "/record/manifest.webmanifest"),
    Endpoint("get", "/sw.js"),
    Endpoint("get", "/pocket/shell/"),
    Endpoint("get", "/health/live"),
    Endpoint("get", "/health/ready"),
    Endpoint("get", "/api/v1/schema/"),
    Endpoint("get", "/api/v1/docs/"),
)
# Parts of addresses that stand for a variable.
FIXED: Final = frozenset(
    {"iran-2006", "0", "illicit-arms-flows", "case_summary", "land", "complete", "propose", "0.mvt", "recipient.kind"}
)
# Done, or refused for what was sent: the door was open. Pages also lead elsewhere, and ask who one is once more.
REACHED: Final = frozenset({200, 201, 409, 422})
PAGE_REACHED: Final = frozenset({200, 201, 302, 422})
# Saved, never shown.
SAVED: Final = frozenset(
    {"application/zip", "application/octet-stream", "application/geopackage+sqlite3", "text/csv", XLSX}
)
HARMLESS: Final = frozenset(
    {
        *("application/json", "application/problem+json", "application/x-ndjson", "application/geo+json"),
        *("image/jpeg", "image/svg+xml", "text/calendar", "application/vnd.mapbox-vector-tile"),
        *SAVED,
    }
)
OPEN_REACHED: Final = frozenset({200, 302, 401, 404, 410})
# Lists of records, each with the references that stand in it; the last two are the agency's whatever the caveats.
LISTS: Final = {
    "incidents": ("incident", r"INC-\d{4}-\d+"),
    "referrals": ("referral", r"REF-\d{4}-\d+"),
    "cases": ("case", r"CASE-\d{4}-\d+"),
    "exhibits": ("exhibit", r"EX(?:-[0-9A-Z]{4}){3}"),
}
# What whoever knows of no record is answered as if there were none.
COLLECTIONS: Final = (
    *("incidents", "incidents?page_size=1", "incidents?q=zq", "findings", "referrals", "cases", "operations"),
    *("exhibits", "handovers", "custody/inventory", "custody/stores", "notifications", "ledger", "tasks"),
    *("statistics/sdg-16-4-2?cut_off=2026-11-25", "statistics/illicit-arms-flows?year=2013&cut_off=2026-11-25"),
    *(COUNTED, "statistics/publications", f"marks?text={SERIAL}", "marks?text=*zq7"),
    *("map/cells", "map/cells?zoom=9&occurred_after=2013", "flows"),
    *("/incidents/", "/changes/", "/notifications/"),
)
Answers = dict[tuple[str, OfficerRole, str], Any]
Nothing = Callable[[Viewer, Endpoint], tuple[int, str]]


@pytest.fixture(scope="module")
def before(people: tuple[Viewer, ...]) -> Answers:
    """What those who know of nothing were answered when there was nothing yet."""
    return {
        (viewer.relation.name, viewer.role, path): shown(ask(viewer, Endpoint("get", path), {}))
        for viewer in people
        if not viewer.relation.knows
        for path in COLLECTIONS
    }


@pytest.fixture(scope="module")
def world(before: Answers, people: tuple[Viewer, ...]) -> World:
    """The world; nobody changes it, for each call is taken back."""
    return world_around(people)


@pytest.fixture(scope="module")
def nothing(world: World) -> Nothing:
    """How a viewer is answered about what does not exist; the API says the same to everybody of a role."""
    strangers = {each.role: each for each in viewers_of(world, RELATIONS[-1])}
    answers: dict[tuple[str, str, str], tuple[int, str]] = {}

    def answered(viewer: Viewer, endpoint: Endpoint) -> tuple[int, str]:
        # A page names whoever looks at it.
        asker = viewer if endpoint.is_page else strangers[viewer.role]
        key = (asker.officer.username, endpoint.method, endpoint.path)
        if key not in answers:
            answers[key] = shown(ask(asker, endpoint, {**world.shared.ids, **NOBODYS}))
        return answers[key]

    return answered


def ask(viewer: Viewer | None, endpoint: Endpoint, ids: Ids) -> HttpResponse:
    """Make one call, and take back what it did."""
    with transaction.atomic():
        answer = _page(viewer, endpoint, ids) if endpoint.is_page else _api(viewer, endpoint, ids)
        answer.read = answer.getvalue()
        transaction.set_rollback(True)
    return answer


def _page(viewer: Viewer | None, endpoint: Endpoint, ids: Ids) -> HttpResponse:
    browser = Client(raise_request_exception=False) if viewer is None else viewer.browser
    return getattr(browser, endpoint.method)(endpoint.path.format(**(NOBODYS | ids)))


def _api(viewer: Viewer | None, endpoint: Endpoint, ids: Ids) -> HttpResponse:
    client = APIClient() if viewer is None else viewer.api
    client.default_format = "json"
    path, body = API + endpoint.path.format(**ids), endpoint.body
    if endpoint.chunk is not None:
        return send_chunk(client, path, endpoint.chunk)
    if isinstance(body, dict):
        body = {name: _filled(value, ids) for name, value in body.items()}
    if endpoint.method == "patch":
        return client.patch(path, body, HTTP_IF_MATCH=client.get(path).get("ETag", '"1"'))
    # What settles something names the version that was looked at; nothing else posted reads it.
    seen = client.get(path.removesuffix("/settle")) if path.endswith("/settle") else {}
    return getattr(client, endpoint.method)(path, body, HTTP_IF_MATCH=seen.get("ETag", '"1"'))


def _filled(value: Any, ids: Ids) -> Any:
    """Return an id where the value names one alone, text with the ids in it else."""
    if not isinstance(value, str):
        return value
    return ids[value[1:-1]] if value[1:-1] in ids else value.format(**ids)


def shown(answer: HttpResponse) -> tuple[int, str]:
    """Return status, headers and body, without the address that was asked, which they may repeat, and what is drawn."""
    text = f"{answer.headers}\n{answer.read.decode(errors='replace')}".lower()
    for repeated in (answer.request["PATH_INFO"], answer.request["QUERY_STRING"]):
        text = text.replace(repeated.lower(), "") if len(repeated) > 1 else text
    drawn_anew = r"(content-length|request-id|request_id|csrfmiddlewaretoken)\W+(value=\W)?[\w-]+"
    return answer.status_code, re.sub(drawn_anew, "", text)


def expected(endpoint: Endpoint, viewer: Viewer, *, is_known: bool) -> frozenset[int]:
    """Return what the call may be answered, by the relation of the viewer's agency and the rights of the role."""
    relation, rights = viewer.relation, viewer.officer.rights
    if endpoint.needs_session or (endpoint.act is Right.ADMINISTER and not endpoint.is_in(rights)):
        return frozenset({403})
    if endpoint.is_open:
        return OPEN_REACHED
    if endpoint.by_link:
        return frozenset({401})
    if not all(_is_known(name, relation, is_known=is_known) for name in endpoint.names_in_address):
        return frozenset({404})
    is_of_record = bool(endpoint.names_in_address & SHOWN_BY_GRANT)
    if not _may(endpoint, relation, rights, is_of_record=is_of_record):
        return frozenset({403})
    return PAGE_REACHED if endpoint.is_page else REACHED


def refusal_of(endpoint: Endpoint) -> str:
    """Return the code by which the call is refused to whoever may not make it."""
    return "session_needed" if endpoint.needs_session else "not_allowed"


def _is_known(name: str, relation: Relation, *, is_known: bool) -> bool:
    if name in EVERYBODYS:
        return True
    return is_known and (name in SHOWN_BY_GRANT or (name in OF_AGENCY and relation.is_own))


def _may(endpoint: Endpoint, relation: Relation, rights: frozenset[Right], *, is_of_record: bool) -> bool:
    if endpoint.act is None or not endpoint.is_in(rights):
        return endpoint.act is None
    if relation.is_own or not is_of_record:
        return True
    if endpoint.of_owner:
        return False
    return relation.with_nominal if endpoint.act is Right.SEE_NOMINAL else endpoint.act in relation.reach


def asked(world: World, viewer: Viewer) -> Iterator[tuple[Endpoint, Compartment, bool]]:
    """Yield what the viewer asks, about what is shared and about what the same agency keeps back, and if it is known.

    A caveat covers the record; the agency's cases and operations, and what it holds, stay known to its officers.
    """
    yield from ((endpoint, world.shared, viewer.relation.knows) for endpoint in ENDPOINTS)
    if viewer.relation.is_own:
        yield from ((each, world.caveated, False) for each in ENDPOINTS if each.names and each.names <= COVERED)
    elif viewer.relation.knows:
        yield from ((each, world.kept, False) for each in ENDPOINTS if each.names - EVERYBODYS)


def viewers_of(world: World, relation: Relation) -> list[Viewer]:
    return [viewer for viewer in world.viewers if viewer.relation == relation]


def drawn(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, Any]]:
    """Yield the shape of each address, in which every variable is {}, with what answers it."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from drawn(each.url_patterns, before + shape(each))
        else:
            yield before + shape(each), getattr(each.callback, "view_class", None)


def shape(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RoutePattern):
        return "/".join("{}" if "<" in part else part for part in text.split("/"))
    parts, depth = "", 0
    for letter in text.removeprefix("^").removesuffix("$"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        parts += "{}" if letter == ")" and depth == 0 else letter if depth == 0 and letter != ")" else ""
    return parts


DRAWN: Final = dict(drawn(urlpatterns))
ADMINISTRATION: Final = "/admin/"


def test_matrix_leaves_no_endpoint_out() -> None:
    listed = (*ENDPOINTS, *OF_NO_RECORD)
    told = {endpoint.shape for endpoint in listed}
    methods = ("get", "post", "put", "patch", "delete")
    of_api = {
        (method, path)
        for path, view in DRAWN.items()
        if path.startswith(API)
        for method in methods
        if hasattr(view, method)
    }

    assert {(method, path) for method, path in told if path.startswith(API)} == of_api
    assert {path for _, path in told} == {path for path in DRAWN if not path.startswith(ADMINISTRATION)}
    unknown = {name for endpoint in listed for name in endpoint.names}
    assert unknown <= SHOWN_BY_GRANT | OF_AGENCY | PERSONAL | EVERYBODYS


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_matrix_of_endpoints_and_roles(world: World, nothing: Nothing, relation: Relation) -> None:
    wrong = [each for viewer in viewers_of(world, relation) for each in wrong_answers(world, nothing, viewer)]

    # The first few tell enough; a difference of hundreds takes minutes to be written.
    assert wrong[:5] == [], len(wrong)


def wrong_answers(world: World, nothing: Nothing, viewer: Viewer) -> Iterator[tuple[Any, ...]]:
    """Yield every cell of the matrix in which a viewer is answered otherwise than must be, or told too much."""
    hidden = world.marks_hidden_from(viewer)
    for endpoint, compartment, is_known in asked(world, viewer):
        answer = ask(viewer, endpoint, compartment.ids)
        told = shown(answer)
        cell = (viewer.role.value, endpoint.method, endpoint.path, compartment.marks[0])
        if answer.status_code not in expected(endpoint, viewer, is_known=is_known):
            yield *cell, answer.status_code, answer.read[:300]
        if answer.status_code == 403 and not endpoint.is_page and answer.json()["code"] != refusal_of(endpoint):
            yield *cell, answer.read[:300]
        if leaked := [mark for mark in hidden if mark in told[1]]:
            yield *cell, leaked, told[1][max(told[1].find(leaked[0]) - 200, 0) :][:400]
        if endpoint.names - EVERYBODYS and not is_known and told != (other := nothing(viewer, endpoint)):
            yield *cell, "\n".join(unified_diff(other[1].splitlines(), told[1].splitlines(), n=0))[:600]


def test_matrix_has_marks_that_are_seen_by_those_who_may(world: World) -> None:
    read = ("incidents/{incident}", "incidents/{incident}/items/0/custody", "/incidents/{incident}/")
    for viewer in world.viewers:
        if viewer.relation.knows:
            told = [shown(ask(viewer, Endpoint("get", path), world.shared.ids))[1] for path in read]
            assert all("sharedzq" in each or "sharedhousezq" in each for each in told), viewer.role
            sees_names = viewer.relation.with_nominal and Right.SEE_NOMINAL in viewer.officer.rights
            assert [world.shared.nominal_mark in each for each in told] == [sees_names] * 3, viewer.role


def test_matrix_for_nobody(world: World) -> None:
    marks = [mark for each in (world.shared, world.kept, world.foreign) for mark in (*each.marks, each.recorder)]
    for endpoint in ENDPOINTS:
        answer = ask(None, endpoint, world.shared.ids)
        if endpoint.is_open:
            assert answer.status_code in OPEN_REACHED, endpoint
        elif endpoint.is_page:
            assert (answer.status_code, answer["Location"][:9]) == (302, "/sign-in/"), endpoint
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated"), endpoint
        told = shown(answer)[1]
        assert [mark for mark in marks if mark in told] == [], endpoint


def test_matrix_of_pages_takes_no_other_method(world: World) -> None:
    listed = {endpoint.shape for endpoint in ENDPOINTS}
    viewer = viewers_of(world, RELATIONS[0])[0]
    for endpoint in ENDPOINTS:
        for method in ("get", "post", "put", "patch", "delete"):
            if endpoint.is_page and (method, endpoint.shape[1]) not in listed:
                answer = ask(viewer, Endpoint(method, endpoint.path), {**world.shared.ids, **NOBODYS})
                assert answer.status_code == 405, (method, endpoint, answer.status_code)


def test_matrix_of_what_knows_of_no_record(world: World) -> None:
    """Asked by every role of the agency whose records they are, and by nobody."""
    for viewer in [*viewers_of(world, RELATIONS[0]), None]:
        for endpoint in OF_NO_RECORD:
            answer = ask(viewer, endpoint, NOBODYS)
            assert answer.status_code in OPEN_REACHED, (endpoint, answer.status_code)
            assert "zq" not in shown(answer)[1], endpoint


def test_matrix_of_the_administration_is_closed_to_every_role(world: World) -> None:
    addresses = [path.replace("{}", "1") for path in DRAWN if path.startswith(ADMINISTRATION)]
    assert len(addresses) > 50
    # It asks who one is before anything else, so the relation does not matter.
    for viewer in [*viewers_of(world, RELATIONS[0]), None]:
        for path in addresses:
            answer = ask(viewer, Endpoint("get", path), {})
            assert answer.status_code in {302, 403, 404, 405}, (path, answer.status_code)
            assert "zq" not in shown(answer)[1], path


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_matrix_of_lists_and_counts(world: World, relation: Relation) -> None:
    compartments = (world.shared, world.kept, world.caveated, world.foreign)
    for viewer in viewers_of(world, relation):
        seen = [each for each in compartments if each not in world.hidden_from(viewer)]
        for path, (name, reference) in LISTS.items():
            page = ask(viewer, Endpoint("get", path), {})
            listed = set(re.findall(reference, page.read.decode()))
            is_covered = name in COVERED or not relation.is_own
            whole = seen if is_covered else [*seen, world.caveated]
            assert listed == {each.ids[name] for each in whole}, (path, viewer.role)
        inventory = ask(viewer, Endpoint("get", "custody/inventory"), {}).json()
        assert sum(inventory["counts"].values()) == len(inventory["results"])
        counts = ask(viewer, Endpoint("get", "rescreenings/{rescreening}"), world.shared.ids).json()["counts"]
        assert any(counts.values()) == relation.is_own, counts


def test_matrix_of_collections_is_as_before_for_those_who_know_nothing(world: World, before: Answers) -> None:
    for viewer in world.viewers:
        for path in COLLECTIONS if not viewer.relation.knows else ():
            now = shown(ask(viewer, Endpoint("get", path), {}))
            assert now == before[viewer.relation.name, viewer.role, path], (viewer.relation.name, viewer.role, path)


def test_matrix_gives_no_page_by_the_api_and_takes_no_field_that_it_does_not_know(world: World) -> None:
    """Asked as by a browser, by an officer who may do everything."""
    colleague = viewers_of(world, RELATIONS[0])[0]
    with transaction.atomic():
        officer = OfficerFactory.create(agency=colleague.officer.agency, rights_added=[right.value for right in Right])
        browser = client_with_token(officer)
        browser.credentials(**browser._credentials, HTTP_ACCEPT="text/html,*/*;q=0.1", HTTP_ACCEPT_LANGUAGE="<script>")
        everything = replace(colleague, officer=officer, api=browser)
        for endpoint in (each for each in ENDPOINTS if not each.is_page):
            if endpoint.method == "get":
                answer = ask(everything, endpoint, world.shared.ids)
            elif endpoint.body and endpoint.body is not INCIDENT:
                mass = endpoint._replace(body={**endpoint.body, "agency_id": 1, "is_superuser": True})
                answer = ask(everything, mass, world.shared.ids)
                # To some it is no call to make at all.
                assert answer.status_code in ({401} if endpoint.by_link else {403, 404, 422}), (endpoint, answer.read)
            else:
                continue
            media = answer["Content-Type"].split(";")[0]
            assert media in HARMLESS, (endpoint, media)
            assert answer["X-Content-Type-Options"] == "nosniff", endpoint
            # A drawing may hold script: opened by itself, it may run none.
            assert "script-src 'unsafe" not in answer["Content-Security-Policy"], endpoint
            assert "default-src 'none'" in answer["Content-Security-Policy"], endpoint
            if media in SAVED:
                assert answer["Content-Disposition"].startswith("attachment"), endpoint
        transaction.set_rollback(True)
