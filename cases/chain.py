"""Hash links: what is digested covers its own text and the digest before it, so that nothing changes unseen."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

# What the first link of every chain follows.
BEGINNING: Final = "sha256:" + "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as kept, with the canonical text that it should cover; no text where what it covered is gone."""

    position: int
    previous: str
    digest: str
    text: str | None
    # What a person would look for: "entry 17".
    covers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """What does not hold at one place of a chain."""

    position: int
    covers: str
    problem: str
    detail: str


def linked(previous: str, text: str) -> str:
    """Return the digest of a canonical text that follows another digest."""
    return "sha256:" + hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def broken_links(links: Iterable[Link]) -> Iterator[BrokenLink]:
    """Walk one chain from its beginning, in the order of positions, and name each place where it does not hold.

    Each link is judged by what is kept beside it, so that one break does not make the rest of the chain look broken.
    """
    walk = ChainWalk()
    for link in links:
        yield from walk.step(link)


class ChainWalk:
    """A walk along a chain, a link at a time: whoever walks has each link at hand, and memory stays the same."""

    def __init__(self) -> None:
        self.position = 0
        self.digest = BEGINNING

    def step(self, link: Link) -> Iterator[BrokenLink]:
        """Name what does not hold between the last link and this one, and in this one."""
        if link.position > self.position + 1:
            missing = f"{self.position + 1} to {link.position - 1}"
            yield _broken(link, "gap", f"The links {missing} are gone.", position=self.position + 1)
        elif link.position <= self.position:
            yield _broken(link, "order", f"The position follows {self.position}.")
        elif link.previous != self.digest:
            yield _broken(link, "order", "It does not follow the link before it.")
        if link.text is None:
            yield _broken(link, "removed", "What it covers is gone.")
        elif linked(link.previous, link.text) != link.digest:
            yield _broken(link, "altered", "Its digest is not that of what it covers.")
        self.position, self.digest = link.position, link.digest


def _broken(link: Link, problem: str, detail: str, *, position: int | None = None) -> BrokenLink:
    return BrokenLink(
        position=link.position if position is None else position, covers=link.covers, problem=problem, detail=detail
    )
