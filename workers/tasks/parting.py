"""What is done once more before a worker ends."""

import logging

from celery.signals import worker_shutdown
from django.db import DatabaseError, connections
from django.utils import timezone

from cases.services.link_audit_entries import link_audit_entries

logger = logging.getLogger(__name__)


@worker_shutdown.connect
def link_what_is_left(**_signal: object) -> None:
    """Link the last audit entries and sign the head: whoever stops an installation leaves nothing open behind it."""
    try:
        link_audit_entries(now=timezone.now())
    except (DatabaseError, OSError) as error:
        logger.warning("audit entries stay unlinked", extra={"fields": {"error": type(error).__name__}})
    finally:
        connections.close_all()
