"""Positions on PostgreSQL's own `point`: no extension needed, a GiST index answers boxes."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    # Generic only in the type stubs.
    Field = models.Field[Any, Any]
    Lookup = models.Lookup[Any]
else:
    Field = models.Field
    Lookup = models.Lookup


class PointField(Field):
    """A `point` of (longitude, latitude) in degrees, WGS 84; only ever computed by the database."""

    description = "longitude and latitude"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - Django's signature
        """Return PostgreSQL's type."""
        return "point"


@PointField.register_lookup
class InBox(Lookup):
    """The point lies in the box (west, south, east, north), edges included; west is at most east."""

    lookup_name = "in_box"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the containment test, which the GiST index answers."""
        left, left_params = self.process_lhs(compiler, connection)
        west, south, east, north = self.rhs
        return f"{left} <@ box(point(%s, %s), point(%s, %s))", (*left_params, west, south, east, north)
