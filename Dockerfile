# One image for web, worker and scheduler; what it does is the command it is given.
FROM python:3.12-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make npm && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/cordon
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
COPY pyproject.toml uv.lock package.json package-lock.json README.md ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir uv==0.13.9 \
    && .venv/bin/uv sync --frozen --no-default-groups --no-install-project
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY backend backend
COPY cases cases
COPY console console
COPY geo geo
COPY workers workers
COPY manage.py ./
RUN .venv/bin/uv sync --frozen --no-default-groups \
    && .venv/bin/python -m geo.build && .venv/bin/python -m cases.documents.build \
    && .venv/bin/python -m console.build \
    && .venv/bin/pybabel --quiet compile --directory backend/locale --domain django \
    && .venv/bin/pybabel --quiet compile --directory console/locale --domain 'django djangojs' \
    && rm -rf node_modules

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/cordon cordon \
    && install --directory --owner cordon --mode 700 /var/lib/cordon/audit \
    && install --directory --owner cordon --mode 700 /srv/cordon-keys
WORKDIR /srv/cordon
COPY --from=build --chown=root:root /srv/cordon /srv/cordon
ENV PATH=/srv/cordon/.venv/bin:$PATH DJANGO_SETTINGS_MODULE=backend.settings.production PYTHONUNBUFFERED=1
# Files attached to incidents: a volume, the application's alone.
RUN install --directory --owner=cordon --mode=0700 /evidence
USER cordon
EXPOSE 8000
CMD ["gunicorn", "backend.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
