"""Addresses of the pages."""

from django.urls import path, re_path

from console import account, notifications, obligations, reply_link, views

app_name = "console"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/<str:secret>/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", account.overview, name="account"),
    path("account/sessions/<int:session_id>/end/", account.end_session, name="end_session"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/tokens/", account.issue_token, name="issue_token"),
    path("account/tokens/<int:token_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/pin/", account.choose_pin, name="pin"),
    path("account/mail/", account.choose_mail, name="mail"),
    path("pin/lock/", account.lock, name="lock"),
    path("pin/unlock/", account.unlock, name="unlock"),
    path("notifications/", notifications.told, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_notifications"),
    path("reply/<str:secret>/", reply_link.reply, name="reply"),
    path("reply/<str:secret>/letter.pdf", reply_link.letter, name="reply_letter"),
    path("incidents/", views.incidents, name="incidents"),
    path("obligations/", obligations.board, name="obligations"),
    path("changes/", views.changes, name="changes"),
    re_path(r"^incidents/(?P<reference>INC-[0-9]{4}-[0-9]{6,12})/$", views.incident, name="incident"),
]
