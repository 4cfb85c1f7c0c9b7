"""Light or dark, as the device says or as its user chose."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from console.context import THEME_COOKIE, THEMES

_A_YEAR_S = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in the browser and go back to the page; any other word means the device's own."""
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    answer = redirect(onward if is_ours else "console:home")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(THEME_COOKIE, theme, max_age=_A_YEAR_S, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    else:
        answer.delete_cookie(THEME_COOKIE)
    return answer
