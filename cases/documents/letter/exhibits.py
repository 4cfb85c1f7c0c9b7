"""The annexes on evidence: photographs with their scale and digests, and the chain of custody of each item."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import count, groupby

from PIL import Image

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.incidents import under_each
from cases.documents.printable import printable
from cases.documents.wording import Wording
from cases.tracing.content import CustodyStep, PhotoShown, ReferralContent

# Digest of a copy → its bytes, a JPEG that we have drawn ourselves.
Pictures = Mapping[str, bytes]


def add_photographs(content: ReferralContent, pictures: Pictures, wording: Wording, letter: Paragraphs) -> None:
    """Add each photograph with what it shows, its scale and its digests, numbered through."""
    letter.plain(
        wording.say(
            "Each photograph is a copy drawn anew from the pixels of the file received, without anything else that "
            "the file holds. Scale: that of the ruler in the picture, where there is one; sizes are in pixels."
        )
    )
    numbers = count(1)
    for part in under_each(content, wording, letter, photographs_in):
        _add_photographs(zip(numbers, photographs_in(part), strict=False), pictures, wording, letter)


def _add_photographs(
    photos: Iterable[tuple[int, PhotoShown]], pictures: Pictures, wording: Wording, letter: Paragraphs
) -> None:
    for number, photo in photos:
        caption = "\n".join((wording.strung(_caption(number, photo, wording)), *_digests(photo, wording)))
        content = pictures.get(photo.copy_sha256 or "")
        if content is None:
            letter.plain(f"{caption}\n{wording.say('not reproduced here')}")
        else:
            alternative = wording.say("Photograph {number}", number=number)
            letter.picture(content, size_of(content), alternative, caption)


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Return width and height in pixels."""
    # The head of a file that our own process drew; its pixels are not decoded here.
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        return picture.size


def _caption(number: int, photo: PhotoShown, wording: Wording) -> Iterator[str]:
    yield wording.say("Photograph {number}", number=number)
    if photo.lines:
        yield phrases.items_named(wording, photo.lines)
    if photo.width_px and photo.height_px:
        yield wording.say("{width} × {height} pixels", width=photo.width_px, height=photo.height_px)
    if photo.taken_at:
        yield wording.say("taken, by its own statement: {when}", when=printable(photo.taken_at))


def _digests(photo: PhotoShown, wording: Wording) -> Iterator[str]:
    yield wording.say("file received: {digest}", digest=printable(f"sha256:{photo.sha256}"))
    yield wording.say("copy: {digest}", digest=printable(f"sha256:{photo.copy_sha256}"))


def add_custody(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the chain of custody of each item, event by event."""
    letter.plain(wording.say("Who held each item, event by event; holders are named by agency."))
    for part in under_each(content, wording, letter, lambda part: part.custody):
        _add_chains(part.custody, wording, letter)


def _add_chains(steps: tuple[CustodyStep, ...], wording: Wording, letter: Paragraphs) -> None:
    for line, events in groupby(steps, key=lambda step: step.line):
        letter.subheading(phrases.sentence_case(phrases.items_named(wording, [line])))
        letter.table(
            [wording.say("No."), wording.say("Event"), wording.say("Date"), wording.say("Holder"), wording.say("Seal")],
            [0.08, 0.26, 0.26, 0.26, 0.14],
            [
                (
                    str(step.number),
                    label(wording, "custody_event", step.kind) or "",
                    phrases.day_as_written(wording, step.on) if step.on else phrases.not_known(wording),
                    phrases.known(wording, step.holder),
                    printable(step.seal) if step.seal else "–",
                )
                for step in events
            ],
        )


def photographs_in(content: ReferralContent) -> list[PhotoShown]:
    """Return the photographs that the document's level shows: the digests of others are withheld with them."""
    return [photo for photo in content.photos if photo.sha256 and photo.copy_sha256]
