"""The Celery application; DJANGO_SETTINGS_MODULE says which settings it runs under."""

from celery import Celery

app = Celery(
    "cordon",
    include=[
        "workers.tasks.notifications",
        "workers.tasks.preload",
        "workers.tasks.rescreening",
        "workers.tasks.screening",
        "workers.tasks.upkeep",
    ],
)
app.config_from_object("django.conf:settings", namespace="CELERY")
# Threads of the web server have no current application of their own; they send through this one.
app.set_default()
