"""What a channel is given, and what it says of it."""

from dataclasses import dataclass
from typing import Protocol

from cases.choices import DispatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One document for one receiver. Sent twice under one key, it is one sending."""

    key: str
    address: str
    # The letter's own number, with which a covering line names it.
    number: str
    reply_to: str
    covering_text: str
    file_name: str
    media_type: str
    document: bytes
    sha256: str


class DeliveryFailed(Exception):
    """The parcel did not leave; whether another attempt may help, and why it did not, without any part of it."""

    def __init__(self, why: str, *, is_final: bool) -> None:
        self.is_final = is_final
        super().__init__(why)


class Channel(Protocol):
    """A way by which parcels leave."""

    def deliver(self, parcel: Parcel) -> DispatchState:
        """Let the parcel leave and return whether it was sent or delivered; raises DeliveryFailed."""
