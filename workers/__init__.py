"""Celery: what runs behind the web, after commit."""
