"""The Django project: settings, routes, errors, health, the `cordon` command, the embedded servers."""
