"""Import how States mark from a file."""

from cases.management.registry_import import RegistryImport
from cases.registers.practice_rows import COLUMNS, SHIPPED
from cases.services.import_marking_practices import import_marking_practices


class Command(RegistryImport):
    """Each practice by its key: new, a new version, or as it was; the same file again changes nothing."""

    help = "Import marking practices from CSV or XLSX; one JSON object for each row that changes something or is wrong."
    columns = COLUMNS
    shipped = SHIPPED
    keep = staticmethod(import_marking_practices)
