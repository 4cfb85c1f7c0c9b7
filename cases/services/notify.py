"""Telling officers that something waits for them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import models

from cases.models import Notification, NotificationKind, Officer


def notify(
    *,
    officers: Iterable[Officer],
    kind: NotificationKind,
    subject: models.Model,
    params: Mapping[str, str | int],
    at: datetime,
) -> None:
    """Tell each officer, in the caller's transaction; `params` hold numbers and references, no name of a person."""
    Notification.objects.bulk_create(notices(officers=officers, kind=kind, subject=subject, params=params, at=at))


def notices(
    *,
    officers: Iterable[Officer],
    kind: NotificationKind,
    subject: models.Model,
    params: Mapping[str, str | int],
    at: datetime,
) -> Iterator[Notification]:
    """Yield what tells each officer of it, for whoever writes many at once."""
    for officer in officers:
        yield Notification(
            officer=officer,
            kind=kind.value,
            subject_type=type(subject).__name__.lower(),
            subject_reference=str(getattr(subject, "reference", subject.pk)),
            params=dict(params),
            created_at=at,
        )
