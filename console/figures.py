"""Figures as pictures: each with its table and its cases, all counted in what the officer may see."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases import access
from cases.intake.partial_date import FIRST_YEAR, LAST_YEAR
from cases.queries import figures as counted
from cases.queries.officers import get_officer
from cases.queries.reply_ledger import ledger_of
from cases.queries.statistics import SDG, Asked, sdg_16_4_2
from cases.statistics.cells import CellAddress
from console.templatetags.console import words

# Columns that are still told apart on a phone.
MOST_YEARS: Final = 12
USUAL_YEARS: Final = 10
# Height of a drawing, and a column with the gap beside it.
HEIGHT: Final = 100.0
STEP: Final = 10.0
COLUMN: Final = 7.0


class Bar(NamedTuple):
    """One number in a picture: how long it is drawn, of a hundred, and the cases behind it."""

    label: str
    value: float | None
    said: str
    length: float
    address: str = ""
    cases: tuple[str, ...] = ()
    # Where its column begins.
    x: float = 0.0
    y: float = 0.0
    # What stands beside it in the table.
    more: tuple[str, ...] = ()


class Chart(NamedTuple):
    """A picture and its table."""

    key: str
    title: Promise | str
    about: Promise | str
    # Of columns over years, or of bars one below the other.
    is_columns: bool
    head: tuple[Promise | str, ...]
    bars: Sequence[Bar]

    @property
    def width(self) -> float:
        """Return the width of the drawing."""
        return max(len(self.bars), 1) * STEP


class Span(NamedTuple):
    """The years that are looked at."""

    first: int
    last: int

    def query(self, **more: str) -> str:
        """Return the list of the final records that may lie in them, and for which all else asked holds."""
        years = {"occurred_after": f"{self.first:04}", "occurred_before": f"{self.last:04}"}
        return f"{reverse('console:incidents')}?{urlencode({'state': 'final', **years, **more})}"


@login_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of the years that are asked for, else of the last ten that there are records of."""
    officer = get_officer(request.user)
    known = access.incidents_for(officer)
    span = _span(request, known)
    incidents = counted.in_years(known, *span)
    referrals = access.referrals_for(officer)
    context = {
        "span": span,
        "charts": [
            _over_time(known, span),
            _outcomes(incidents, span),
            _indicator(officer, known, span),
            _time_to_referral(incidents, referrals),
            _replies(referrals.filter(incident__in=incidents.values("pk"))),
            _makes(incidents, span),
            _routes(incidents),
            _rescreenings(access.changes_for(officer)),
        ],
        "total": incidents.count(),
        "listed": span.query(),
        "now": timezone.now(),  # noqa: TID251 - an edge
    }
    return render(request, "console/figures/figures.html", context)


def _span(request: HttpRequest, known: QuerySet[Any]) -> Span:
    """Return the years asked for, as far as they make sense."""
    first_known, last_known = counted.years_recorded(known) or (timezone.now().year,) * 2  # noqa: TID251 - an edge
    last = _year(request.GET.get("to", ""), last_known)
    first = _year(request.GET.get("from", ""), max(first_known, last - USUAL_YEARS + 1))
    return Span(max(min(first, last), last - MOST_YEARS + 1), last)


def _year(text: str, otherwise: int) -> int:
    is_year = text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR
    return int(text[:6]) if is_year else otherwise


def _over_time(known: QuerySet[Any], span: Span) -> Chart:
    rows = counted.by_year(known, *span)
    bars = (_bar(each.key, each.number, _most(rows), Span(int(each.key), int(each.key)).query()) for each in rows)
    return Chart(
        "over-time",
        _("Incidents over time"),
        _("By the year of the incident. One whose date may lie in several years stands in each."),
        is_columns=True,
        head=(_("Year"), _("Incidents")),
        bars=_columns(bars),
    )


def _outcomes(incidents: QuerySet[Any], span: Span) -> Chart:
    rows = counted.by_outcome(incidents)
    bars = [_bar(words(each.key), each.number, _most(rows), span.query(outcome=each.key)) for each in rows]
    about = _("Incidents by the outcome of a finding in force. One with several outcomes stands in each.")
    return Chart("outcomes", _("Outcomes"), about, is_columns=False, head=(_("Outcome"), _("Incidents")), bars=bars)


def _indicator(officer: Any, known: QuerySet[Any], span: Span) -> Chart:
    asked = Asked(known=known, agency=officer.agency, years=(span.first, span.last), cut_off=timezone.now())  # noqa: TID251 - an edge
    bars = []
    for each in sdg_16_4_2(asked)["years"]:
        year, value = each["year"], each["value"]
        cell = CellAddress(SDG, year, "tracing", "total", "total")
        address = f"{reverse('console:incidents')}?{urlencode({'counted_in': str(cell)})}"
        said = "–" if value is None else gettext("%(value)s %%") % {"value": f"{value:g}"}
        shares = (str(each["numerator"]), str(each["denominator"]))
        bars.append(Bar(str(year), value, said, value or 0.0, address if each["denominator"] else "", more=shares))
    return Chart(
        "sdg",
        _("SDG 16.4.2"),
        _("Of the arms seized, found and surrendered, the share whose origin or illicit context was established."),
        is_columns=True,
        head=(_("Year"), _("Share"), _("Established"), _("Arms")),
        bars=_columns(bars),
    )


def _time_to_referral(incidents: QuerySet[Any], referrals: QuerySet[Any]) -> Chart:
    rows = counted.by_days_to_referral(incidents, referrals)
    bars = [_bar(_bucket(int(each.key)), each.number, _most(rows), cases=each.cases) for each in rows]
    return Chart(
        "time-to-referral",
        _("Time to the first letter"),
        _("Days from the record to the first letter that was issued on it."),
        is_columns=False,
        head=(_("Days"), _("Incidents")),
        bars=bars,
    )


def _bucket(bound: int) -> str:
    if bound:
        return gettext("within %(days)s days") % {"days": bound}
    return gettext("more than %(days)s days") % {"days": counted.BUCKETS[-1]}


def _replies(referrals: QuerySet[Any]) -> Chart:
    lines, cases = ledger_of(referrals), counted.asked_by_state(referrals)
    most = sorted(lines, key=lambda line: (-line["sent"], line["country"]))[: counted.MOST_BARS]
    bars = []
    for line in most:
        share = 100 * line["answered"] / line["sent"]
        median = line["median_days_to_answer"]
        more = (str(line["sent"]), str(line["answered"]), "–" if median is None else f"{median:g}")
        said = gettext("%(value)s %%") % {"value": f"{share:.0f}"}
        bars.append(Bar(line["country"], share, said, share, cases=cases.get(line["country"], ()), more=more))
    return Chart(
        "replies",
        _("Replies by State"),
        _("Of the letters sent to a State, how many it answered for good. Pending is no silence."),
        is_columns=False,
        head=(_("State"), _("Answered"), _("Letters"), _("Answers"), _("Days to the answer, median")),
        bars=bars,
    )


def _makes(incidents: QuerySet[Any], span: Span) -> Chart:
    rows = counted.by_make(incidents)
    bars = [_bar(each.key, each.number, _most(rows), span.query(make=each.key)) for each in rows]
    about = _("As recorded on the items.")
    return Chart(
        "makes", _("Most frequent makes"), about, is_columns=False, head=(_("Make"), _("Incidents")), bars=bars
    )


def _routes(incidents: QuerySet[Any]) -> Chart:
    rows = counted.by_route(incidents)
    bars = [_bar(each.key, each.number, _most(rows), cases=each.cases) for each in rows]
    about = _("From where the goods are said to come, and for where to be bound.")
    return Chart(
        "routes", _("Most frequent routes"), about, is_columns=False, head=(_("Route"), _("Incidents")), bars=bars
    )


def _rescreenings(changes: QuerySet[Any]) -> Chart:
    rows = counted.by_rescreening(changes)
    most = max((sum(each.counts.values()) for each in rows), default=0)
    bars = []
    for each in rows:
        parts = tuple(str(each.counts[kind]) for kind in ("new", "lost", "changed"))
        address = f"{reverse('console:rulebooks')}?{urlencode({'after': each.rulebook})}"
        label = f"{each.requested_on:%Y-%m-%d}"
        bars.append(_bar(label, sum(each.counts.values()), most, address)._replace(more=parts))
    return Chart(
        "rescreenings",
        _("What re-screening changed"),
        _("Findings on your agency’s incidents, by re-screening, the latest first."),
        is_columns=False,
        head=(_("Re-screening"), _("Changes"), _("New"), _("Lost"), _("Changed")),
        bars=bars,
    )


def _bar(label: str, count: int, most: int, address: str = "", cases: tuple[str, ...] = ()) -> Bar:
    length = round(100 * count / most, 1) if most else 0.0
    return Bar(label, count, str(count), length, address if count else "", cases)


def _most(rows: Iterable[counted.Counted]) -> int:
    return max((each.number for each in rows), default=0)


def _columns(bars: Iterable[Bar]) -> list[Bar]:
    """Return the bars as columns side by side."""
    gap = (STEP - COLUMN) / 2
    return [bar._replace(x=number * STEP + gap, y=round(HEIGHT - bar.length, 1)) for number, bar in enumerate(bars)]
