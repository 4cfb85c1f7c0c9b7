"""Files of registers and registries, all made up, for tests."""

from pathlib import Path

from cases.choices import RegisterKind
from cases.models import Agency
from cases.registers.entry_rows import COLUMNS
from cases.services.import_register import ImportedRegister, RegisterFile, Row, import_register
from cases.tables.reading import open_table
from tests.conftest import NOW

REGISTER = """Serial number;Record number;Make;Model;Calibre;Owner;Owner address;Country;Status
ZQ-48213-K;R 7;Test Works;T9;7.62x39;Zebedee Holder;12 Holder Row;KEN;exported
A17;R 8;Test Works;T9;7.62x39;;;;in store
"""
CONTACTS = """kind,key,country,office,email,channel,languages,confirmed on,source
national_point_of_contact,npc-irn,IRN,Arms desk,desk@agency.example,secure mail,en fr,2026-10-01,a made-up note
permanent_mission,pm-irn,IRN,Permanent Mission,,diplomatic note,,,a made-up note
"""


def written(folder: Path, text: str, name: str = "register.csv") -> Path:
    """Return a file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(agency: Agency, path: Path, *, is_whole: bool = False) -> tuple[ImportedRegister, list[Row]]:
    """Import the file as the agency's national register; return what came of it, and the rows refused."""
    refused: list[Row] = []
    file = RegisterFile(
        agency=agency,
        kind=RegisterKind.NATIONAL,
        table=open_table(path, COLUMNS),
        file_name=path.name,
        is_whole=is_whole,
    )
    done = import_register(file=file, officer=None, imported_at=NOW, refuse=refused.append)
    return done, refused
