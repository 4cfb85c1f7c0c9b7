"""What can go wrong when a document is made; every error carries a stable code."""

from cases.errors import DomainError


class FontsMissing(DomainError):
    """The fonts of the documents have not been copied, or a package lacks a face."""

    code = "documents_fonts_missing"
    sentence = "The fonts of the documents are missing ({what}); run `make setup`."


class LanguageNotOffered(DomainError):
    """Letters are not written in that language."""

    code = "documents_language_not_offered"
    sentence = "Letters are not written in {language}, only in {offered}."


class FormatNotOffered(DomainError):
    """Documents are not made in that format."""

    code = "documents_format_not_offered"
    sentence = "Documents are not made as {format}, only as {offered}."


class WordingMissing(DomainError):
    """A sentence of the letters has no translation."""

    code = "documents_wording_missing"
    sentence = "No {language} wording for: {wording}"


class TemplateRefused(DomainError):
    """A template asks for a package from the network, or is a link out of its folder."""

    code = "documents_template_refused"
    sentence = "The template {template} is refused: {why}."


class DocumentNotMade(DomainError):
    """The typesetter refused the document."""

    code = "documents_not_made"
    sentence = "The document could not be typeset: {why}"
