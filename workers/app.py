"""The Celery application; DJANGO_SETTINGS_MODULE says which settings it runs under."""

from celery import Celery

app = Celery(
    "cordon",
    include=[
        *("workers.tasks.preload", "workers.tasks.screening", "workers.tasks.rescreening", "workers.tasks.upkeep"),
        "workers.tasks.evidence",
        "workers.tasks.letters",
        "workers.tasks.marks",
        "workers.tasks.parting",
        "workers.tasks.notifications",
    ],
)
app.config_from_object("django.conf:settings", namespace="CELERY")
# Threads of the web server have no current application of their own; they send through this one.
app.set_default()
