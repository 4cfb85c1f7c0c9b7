"""A template pack as it is sent: texts and choices, strictly read. Nothing in it runs, is a path, or is markup."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from cases.canonical import canonical_json
from cases.documents.printable import can_print
from cases.errors import InvalidSubmission
from cases.evidence.drawing import NotDrawn, draw_previews
from cases.evidence.sniffing import JPEG, PNG, sniff
from cases.intake.problems import Problem, quote, refusal
from cases.intake.pydantic_errors import validated
from cases.regimes.reading import read_yaml
from cases.tracing.template_packs import BRACES, KINDS_OF_LETTER, PLACEHOLDERS, may_be_left_out

# A page of text in each of six languages, and an emblem.
LARGEST_PACK_BYTES: Final = 700_000
_LARGEST_LOGO_BYTES: Final = 400_000
_LOGO_WIDTH: Final = 320
_LONGEST_LINE, _LONGEST_PARAGRAPH = 160, 2_000
_MOST_LINES, _MOST_PARAGRAPHS = 8, 6
# A line as it is printed: a typesetter makes one space of several, and none at an end.
_SPACES: Final = re.compile(r"  |^\s|\s$")

Language: TypeAlias = Literal["ar", "zh", "en", "fr", "ru", "es"]
Annex: TypeAlias = Literal["photographs", "custody", "rationale", "considered"]


def _read(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise refusal("not_text")
    if not value:
        raise refusal("missing")
    if len(value) > longest:
        raise refusal("text_too_long", length=len(value), limit=longest)
    if _SPACES.search(value):
        raise refusal("not_one_line")
    for at, sign in enumerate(value, start=1):
        if not can_print(sign):
            raise refusal("not_printable", sign=f"U+{ord(sign):04X}", at=at)
    allowed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    rest = BRACES.sub("", value)
    unknown = [f"{{{name}}}" for name in BRACES.findall(value) if name not in PLACEHOLDERS]
    for braces in (*unknown, *(sign for sign in rest if sign in "{}")):
        raise refusal("no_placeholder", value=braces, allowed=allowed)
    return value


def _read_picture(value: object) -> str:
    """Return the base64 of a picture, which is opened elsewhere."""
    if not isinstance(value, str):
        raise refusal("not_text")
    try:
        content = b64decode("".join(value.split()), validate=True)
    except ValueError:
        raise refusal("not_a_logo", limit=_LARGEST_LOGO_BYTES) from None
    if len(content) > _LARGEST_LOGO_BYTES or sniff(content[:1024], b"").media_type not in {PNG, JPEG}:
        raise refusal("not_a_logo", limit=_LARGEST_LOGO_BYTES)
    return b64encode(content).decode()


Line: TypeAlias = Annotated[
    str,
    PlainValidator(lambda value: _read(value, _LONGEST_LINE)),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_LINE}),
]
Paragraph: TypeAlias = Annotated[
    str,
    PlainValidator(lambda value: _read(value, _LONGEST_PARAGRAPH)),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_PARAGRAPH}),
]
Picture: TypeAlias = Annotated[
    str,
    PlainValidator(_read_picture),
    WithJsonSchema({"type": "string", "contentEncoding": "base64", "maxLength": LARGEST_PACK_BYTES}),
]
Lines: TypeAlias = Annotated[tuple[Line, ...], Field(max_length=_MOST_LINES)]
Paragraphs: TypeAlias = Annotated[tuple[Paragraph, ...], Field(max_length=_MOST_PARAGRAPHS)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PackTexts(_Part):
    """What the agency says in one language; of a kind, what it says there instead of what it says in all."""

    letterhead: Lines | None = None
    classification: Line | None = None
    opening: Paragraphs | None = None
    closing: Paragraphs | None = None
    signature: Lines | None = None
    footer: Line | None = None


class PackKind(_Part):
    """What is otherwise in one kind of letter or report."""

    texts: dict[Language, PackTexts] = Field(default_factory=dict)
    leave_out: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    # Which come first, in that order.
    annexes: Annotated[tuple[Annex, ...], Field(max_length=4)] = ()


class TemplatePack(_Part):
    """A whole pack: its name, an emblem (PNG or JPEG in base64), texts by language, and what is otherwise by kind."""

    name: Line
    logo: Picture | None = None
    texts: dict[Language, PackTexts] = Field(default_factory=dict)
    kinds: dict[str, PackKind] = Field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """Yield what does not go together in it."""
        size = len(canonical_json(self.document()))
        if size > LARGEST_PACK_BYTES:
            yield Problem("", "too_large", {"size": size, "limit": LARGEST_PACK_BYTES})
        for name, kind in self.kinds.items():
            if name not in KINDS_OF_LETTER:
                allowed = ", ".join(KINDS_OF_LETTER)
                yield Problem(f"/kinds/{quote(name)}", "not_a_choice", {"value": quote(name), "allowed": allowed})
                continue
            optional = may_be_left_out(name)
            for at, section in enumerate(kind.leave_out):
                if section not in optional:
                    told = {"value": quote(section), "allowed": ", ".join(optional)}
                    yield Problem(f"/kinds/{name}/leave_out/{at}", "not_optional", told)
            for language in kind.texts:
                if language not in self.texts:
                    yield Problem(f"/kinds/{name}/texts/{language}", "no_texts", {"language": language})

    def document(self) -> dict[str, Any]:
        """Return the pack as plain values; what it does not say is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


def read_pack(document: Mapping[str, Any]) -> TemplatePack:
    """Return the pack that plain values state; InvalidSubmission names every place where it does not hold."""
    pack = validated(TemplatePack, document)
    if problems := list(pack.problems()):
        raise InvalidSubmission(problems)
    return pack


def read_pack_file(path: Path) -> TemplatePack:
    """Return the pack in a YAML or JSON file. Raises Unreadable naming the line, and InvalidSubmission."""
    document = read_yaml(path)
    if not isinstance(document, dict):
        raise InvalidSubmission([Problem("", "not_an_object")])
    return read_pack(document)


def with_logo_redrawn(pack: TemplatePack, *, scratch: Path) -> TemplatePack:
    """Return the pack with its emblem drawn anew from the pixels, by the process apart; raises InvalidSubmission."""
    if pack.logo is None:
        return pack
    content = b64decode(pack.logo)
    try:
        with TemporaryFile(dir=scratch) as source:
            source.write(content)
            drawn = draw_previews(source, sniff(content[:1024], b"").media_type, scratch=scratch)
    except NotDrawn as not_drawn:
        raise InvalidSubmission([Problem("/logo", "logo_not_drawn", {"why": str(not_drawn)[:300]})]) from not_drawn
    return pack.model_copy(update={"logo": b64encode(drawn.previews[_LOGO_WIDTH]).decode()})
