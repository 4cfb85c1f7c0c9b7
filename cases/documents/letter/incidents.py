"""The incidents of a letter: how each is named, and what stands under its name where there are several."""

from collections.abc import Callable, Iterator

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.tracing.content import Observation, ReferralContent

Told = Callable[[ReferralContent], object]


def event_named(observation: Observation, wording: Wording) -> str:
    """Return the incident in a row of words: what, when, where and by what conveyance."""
    named = [label(wording, "incident", observation.kind) or "", phrases.occurred(wording, observation.occurred)]
    named += [printable(observation.place.name)] if observation.place.name else []
    if observation.conveyance is not None and observation.conveyance.name:
        named.append(wording.say("conveyance {name}", name=printable(observation.conveyance.name)))
    return wording.in_a_row(named)


def under_each(
    content: ReferralContent, wording: Wording, letter: Paragraphs, told: Told = bool
) -> Iterator[ReferralContent]:
    """Yield what a letter tells of each incident of which there is something to tell, each under a heading of its own.

    Of one incident it is the letter itself, without a heading.
    """
    parts = content.by_incident()
    for at, part in enumerate(parts):
        if not told(part):
            continue
        if len(parts) > 1:
            letter.subheading(incident_named(content, at, wording))
        yield part


def incident_named(content: ReferralContent, at: int, wording: Wording) -> str:
    """Return one of the incidents by its number in the letter and, where it is not withheld, its reference."""
    reference = content.by_incident()[at].observation.incident
    if not reference:
        return wording.say("Incident {number}", number=at + 1)
    return wording.say("Incident {number} ({reference})", number=at + 1, reference=printable(reference))


def incident_titled(content: ReferralContent, at: int, wording: Wording) -> str:
    """Return one of several incidents by name, and what it was."""
    event = event_named(content.by_incident()[at].observation, wording)
    return wording.say("{what}: {value}", what=incident_named(content, at, wording), value=event)


def of_incident(content: ReferralContent, at: int | None, text: str, wording: Wording) -> str:
    """Return a sentence about one of several incidents with its name before it; about all, as it is."""
    if at is None:
        return text
    return wording.say("{what}: {value}", what=incident_named(content, at, wording), value=text)


def events_named(content: ReferralContent, wording: Wording) -> str:
    """Return what the letter is about: the incident in a row of words, several by their references."""
    parts = content.by_incident()
    if len(parts) == 1:
        return event_named(content.observation, wording)
    observations = [part.observation for part in parts]
    named = (printable(each.incident) if each.incident else event_named(each, wording) for each in observations)
    return wording.say("several incidents: {list}", list=wording.strung(named))
