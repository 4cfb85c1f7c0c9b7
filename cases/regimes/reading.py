"""YAML into plain values: safe, without surprises, the same text always the same values."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cases.regimes.errors import RegimeProblem

# A regime is some tens of kilobytes; beyond this it is another kind of file.
MAX_BYTES = 1_000_000
# A regime nests some six levels.
MAX_DEPTH = 30


class _PlainLoader(yaml.CSafeLoader):
    """Safe YAML in which only true, false, null, whole numbers and dates are more than text.

    YAML 1.1 would read the word ``on`` and the country code ``NO`` as truth values and ``1:30`` as a number.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[0-9]+$"), list("0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:timestamp", re.compile(r"^\d{4}-\d\d-\d\d$"), list("0123456789"))


def _plain_int(loader: _PlainLoader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


def _plain_day(loader: _PlainLoader, node: yaml.ScalarNode) -> date:
    written = loader.construct_scalar(node)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, f"there is no day {written}", node.start_mark) from None


_PlainLoader.add_constructor("tag:yaml.org,2002:int", _plain_int)  # no octal: 010 is ten
_PlainLoader.add_constructor("tag:yaml.org,2002:timestamp", _plain_day)


class Unreadable(Exception):
    """A file that gives no values; carries the problem."""

    def __init__(self, problem: RegimeProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_yaml(path: Path, raw: bytes | None = None) -> Any:
    """Return the plain values of the file, or of its bytes kept elsewhere. Raises Unreadable naming line and remedy."""
    try:
        raw = path.read_bytes() if raw is None else raw
        if len(raw) > MAX_BYTES:
            raise _unreadable(path, "", f"the file is larger than {MAX_BYTES} bytes", "Keep one regime to a file.")
        return _values(path, raw.decode("utf-8"))
    except OSError as error:
        raise _unreadable(path, "", f"it cannot be read ({error.strerror})", "Check name and rights.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "", "it is not UTF-8", "Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise _unreadable(
            path, _line(error), f"it cannot be read as YAML ({_said(error)})", "Correct the line."
        ) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(
            path, "", f"a value does not exist ({error})", "Check days of the month and nesting."
        ) from error


def _values(path: Path, text: str) -> Any:
    _refuse_depth_and_aliases(path, text)
    loader = _PlainLoader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise _unreadable(path, "", "it is empty", "Write the regime, or take the file away.")
        _refuse_repeated_keys(path, root)
        return loader.construct_document(root)
    finally:
        loader.dispose()


def _refuse_depth_and_aliases(path: Path, text: str) -> None:
    """Walk the events first: the library composes by recursion and ends the process on very deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _unreadable(path, _at(event), "a YAML alias is used", "Write the value out where it is meant.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _unreadable(path, _at(event), f"it is nested deeper than {MAX_DEPTH}", "Close the brackets before.")


def _refuse_repeated_keys(path: Path, node: yaml.Node) -> None:
    """Refuse a key given twice: the later would win in silence."""
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _unreadable(path, _at(key), "a key is a list or a mapping", "Write a plain word.")
            if key.value in keys:
                raise _unreadable(path, _at(key), f"the key {key.value!r} stands twice", "Keep one of them.")
            keys.add(key.value)
            _refuse_repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_repeated_keys(path, value)


def _unreadable(path: Path, where: str, detail: str, remedy: str) -> Unreadable:
    return Unreadable(RegimeProblem(path.name, where, detail, remedy))


def _at(part: yaml.Node | yaml.Event) -> str:
    mark = part.start_mark
    return f"line {mark.line + 1}" if mark is not None else ""


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark is not None else ""


def _said(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0]


def canonical(value: Any) -> Any:
    """Return the value as JSON knows it: dates as ISO text, everything else as it is."""
    if isinstance(value, dict):
        return {str(key): canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [canonical(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
