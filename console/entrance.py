"""The first page, and coming in by a one-time link."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.errors import SignInLinkInvalid
from cases.queries.sign_in_links import find_sign_in_link
from cases.services.redeem_sign_in_link import redeem_sign_in_link

# Officers come in by a link, so Django needs to be told how it knows them.
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what Cordon is and where to begin."""
    return render(request, "console/home.html")


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button, and sign in on its press: a mail scanner that follows the link does not use it up.

    A link stands in for the password, never for the second factor. Who was invited goes on to choose a password.
    """
    now = timezone.now()  # noqa: TID251 - an edge
    if request.method == "POST":
        officer = redeem_sign_in_link(secret=secret, redeemed_at=now)
        logout(request)
        record_authentication(request, officer, method="link")
        chooses = not officer.is_demo and not officer.has_usable_password()
        onward = reverse("account_set_password" if chooses else "console:incidents")
        answer: HttpResponse = perform_login(request, Login(user=officer, redirect_url=onward))
        return answer
    link = find_sign_in_link(secret, now)
    if link is None:
        raise SignInLinkInvalid
    return render(request, "console/sign_in.html", {"officer": link.officer})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("console:home")
