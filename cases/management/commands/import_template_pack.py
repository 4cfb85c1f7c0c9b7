"""Import an agency's template pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.canonical import canonical_json
from cases.documents.template_packs import read_pack_file
from cases.errors import AgencyNotNamed, DomainError, InvalidSubmission, NoSuchAgency
from cases.queries.officers import get_officer_named
from cases.queries.register_hits import owner_of_register
from cases.regimes.reading import Unreadable
from cases.services.keep_template_pack import keep_template_pack

BAD_INPUT = 2


class Command(BaseCommand):
    """What is wrong in the file is named place by place, and then nothing is kept."""

    help = "Import a template pack from YAML or JSON as the agency's next version."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whose pack it is, and who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--agency", default=None, help="Whose pack it is; needed where there are several.")
        parser.add_argument("--officer", default=None, help="Who answers for it; an administrator of that agency.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file; the same pack again makes no version."""
        try:
            agency = owner_of_register(options["agency"])
            officer = None if options["officer"] is None else get_officer_named(options["officer"])
            pack = read_pack_file(options["file"])
            kept = keep_template_pack(officer=officer, agency=agency, pack=pack, kept_at=timezone.now())
        except Unreadable as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except InvalidSubmission as error:
            for problem in error.problems:
                self.stdout.write(canonical_json({"pointer": problem.pointer, "detail": problem.detail}))
            raise CommandError("The pack is not kept; each problem is named.", returncode=BAD_INPUT) from error
        except (AgencyNotNamed, NoSuchAgency) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        told = {"agency": agency.name, "version": kept.row.version, "sha256": kept.row.sha256, "is_new": kept.is_new}
        self.stdout.write(canonical_json(told))
