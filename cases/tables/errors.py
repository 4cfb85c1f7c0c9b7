"""Why a file is not read as a table: a sentence with the place and the remedy."""

from cases.errors import DomainError


class TableRefused(DomainError):
    """A file that cannot be read as a table; nothing of it is taken."""

    code = "table_refused"
    sentence = "The file was refused: {why}"
