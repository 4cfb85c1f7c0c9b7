"""The rooms of the console, in the order in which its menu names them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Room(NamedTuple):
    """A room: the page it opens with, its name, and the beginning of the address of every page in it."""

    page: str
    name: Promise


class Door(NamedTuple):
    """A room as the menu of one page shows it."""

    address: str
    name: Promise
    is_here: bool


ROOMS: Final = (
    Room("console:record", _("Record")),
    Room("console:work", _("Work")),
    Room("console:incidents", _("Incidents")),
    Room("console:map", _("Map")),
    Room("console:referrals", _("Referrals")),
    Room("console:cases", _("Cases")),
    Room("console:obligations", _("Obligations")),
    Room("console:changes", _("Changes")),
    Room("console:regimes", _("Regimes")),
    Room("console:zones", _("Zones")),
    Room("console:figures", _("Figures")),
)


def doors(path: str) -> Iterator[Door]:
    """Yield the rooms, the one that a path lies in marked."""
    for room in ROOMS:
        address = reverse(room.page)
        yield Door(address, room.name, is_here=path.startswith(address))
