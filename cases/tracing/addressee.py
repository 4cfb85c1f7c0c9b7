"""Why a State is asked: what the record itself says of it. An officer may add words; nothing is guessed."""

from collections.abc import Iterable, Iterator

from cases.tracing.content import AddresseeReason, Observation, PaperShown, ReferralItem


def reasons_for_asking(
    country: str, items: Iterable[ReferralItem], observation: Observation, papers: Iterable[PaperShown] = ()
) -> tuple[AddresseeReason, ...]:
    """Return what ties the State to the lines, the route, the conveyance or the papers, strongest first."""
    lines = tuple(items)
    return (
        *_of_lines("manufacture", (item.number for item in lines if item.country_of_manufacture == country)),
        *_of_lines("import_mark", (item.number for item in lines if item.import_country == country)),
        *_of_record(country, observation, papers),
    )


def _of_lines(code: str, numbers: Iterable[int]) -> Iterator[AddresseeReason]:
    if found := tuple(numbers):
        yield AddresseeReason(code=code, lines=found)


def _of_record(country: str, observation: Observation, papers: Iterable[PaperShown]) -> Iterator[AddresseeReason]:
    route = observation.route
    if route.origin == country:
        yield AddresseeReason(code="origin")
    if country in route.transit:
        yield AddresseeReason(code="transit")
    if route.destination == country:
        yield AddresseeReason(code="destination")
    if observation.conveyance is not None and observation.conveyance.flag == country:
        yield AddresseeReason(code="flag")
    if any(paper.country == country for paper in papers):
        yield AddresseeReason(code="paper")
