"""Addresses of signing in: allauth's pages under our own names, and only those that are used here."""

from allauth.account import views as account
from allauth.socialaccount import views as providers
from allauth.socialaccount.providers.openid_connect.urls import urlpatterns as openid_connect
from django.urls import include, path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sign-in/cancelled/", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/sign-in/error/", providers.login_error, name="socialaccount_login_error"),
    path("account/connections/", providers.connections, name="socialaccount_connections"),
    path("", include(openid_connect)),
]
