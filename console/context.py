"""What every page shows of its reader."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases import access
from cases.queries.officers import get_officer
from console.navigation import doors

# Kept by the browser alone: a post's shared tablet may be dark at night whoever signs in.
THEME_COOKIE: Final = "cordon_theme"
THEMES: Final = ("light", "dark")


def unread(request: HttpRequest) -> Mapping[str, object]:
    """Return how many notifications are unread, counted only where a page says so."""

    def count() -> int:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return access.notifications_for(get_officer(user)).filter(read_at__isnull=True).count()

    return {"unread": SimpleLazyObject(count)}


def frame(request: HttpRequest) -> Mapping[str, object]:
    """Return the menu and the theme that was chosen; empty, the device's own."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"doors": list(doors(request.path)), "theme": theme if theme in THEMES else ""}
