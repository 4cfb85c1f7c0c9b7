"""The web application."""

import os

from django.core.wsgi import get_wsgi_application

# Before the settings are read: what a request may see, it is given once it is known who asks.
os.environ["CORDON_ROW_SCOPE"] = "nobody"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.production")

application = get_wsgi_application()
