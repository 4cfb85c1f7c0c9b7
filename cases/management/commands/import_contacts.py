"""Import points of contact from a file."""

from cases.management.registry_import import RegistryImport
from cases.registers.contact_rows import COLUMNS
from cases.services.import_contacts import import_contacts


class Command(RegistryImport):
    """Each desk by its key: new, a new version, or as it was; the same file again changes nothing."""

    help = "Import points of contact from CSV or XLSX; one JSON object for each row that changes something or is wrong."
    columns = COLUMNS
    keep = staticmethod(import_contacts)
