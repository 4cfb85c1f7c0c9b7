"""What the incidents of a case have in common, as a drawing: who on one side, the incidents between, what on the other.

Places follow from the data alone, so that the same case is drawn the same way each time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Final

# Of each sort; the tables beside the drawing hold all of them.
MOST_IN_A_COLUMN: Final = 30
WIDTH: Final = 960
NODE_WIDTH: Final = 230
NODE_HEIGHT: Final = 34
_ROW: Final = 50
_COLUMNS: Final = (0, (WIDTH - NODE_WIDTH) // 2, WIDTH - NODE_WIDTH)
_LONGEST_LABEL: Final = 25
# What the right side holds, by what links two incidents; parties stand on the left, as the records state them.
_SORTS: Final[Mapping[str, str]] = {
    "mark": "mark",
    "neighbouring_serial": "mark",
    "paper": "paper",
    "licence": "paper",
    "imo_number": "conveyance",
    "registration": "conveyance",
    "conveyance_name": "conveyance",
    "route": "route",
}


@dataclass(slots=True)
class Node:
    """One box of the drawing; `anchor` is where the page tells more of it."""

    key: str
    sort: str
    label: str
    anchor: str
    near: set[str] = field(default_factory=set)
    x: int = 0
    y: int = 0

    @property
    def short(self) -> str:
        """Return as much of the label as fits."""
        return self.label if len(self.label) <= _LONGEST_LABEL else f"{self.label[: _LONGEST_LABEL - 1]}…"

    @property
    def text_x(self) -> int:
        """Return where the label begins."""
        return self.x + 12

    @property
    def text_y(self) -> int:
        """Return on which line the label stands."""
        return self.y + NODE_HEIGHT // 2 + 5


@dataclass(frozen=True, slots=True)
class Edge:
    """One line between two boxes; two parties of the same name are joined by a broken one, for that proves nothing."""

    one: str
    other: str
    path: str
    is_by_name: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes with their places, the lines between them, and how many boxes were left out."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    left_out: int
    height: int
    start: int = 0
    width: int = WIDTH
    node_width: int = NODE_WIDTH
    node_height: int = NODE_HEIGHT


def drawn(
    incidents: Iterable[Mapping[str, Any]], parties: Iterable[Mapping[str, Any]], links: Iterable[Mapping[str, Any]]
) -> Drawing:
    """Return the drawing of a case: rows of its incidents, its parties and its links, each as they are shown."""
    rows = list(incidents)
    all_incidents = [
        Node(f"i:{row['reference']}", "incident", row["reference"], f"i-{row['reference']}") for row in rows
    ]
    middle, known = all_incidents[:MOST_IN_A_COLUMN], {node.key for node in all_incidents[:MOST_IN_A_COLUMN]}
    left = _parties(parties, known)
    right = _things(rows, links, known)
    shown = {"left": _chosen(left), "right": _chosen(right)}
    height = max(len(middle), *map(len, shown.values()), 1) * _ROW
    _place(middle, _COLUMNS[1], height)
    rank = {node.key: at for at, node in enumerate(middle)}
    for column, x in ((shown["left"], _COLUMNS[0]), (shown["right"], _COLUMNS[2])):
        column.sort(key=lambda node: (fmean(rank[key] for key in node.near), node.sort, node.label, node.key))
        _place(column, x, height)
    nodes = [*shown["left"], *middle, *shown["right"]]
    left_out = len(all_incidents) + len(left) + len(right) - len(nodes)
    # A side on which nothing stands takes no room.
    start = 0 if shown["left"] else _COLUMNS[1]
    end = WIDTH if shown["right"] else _COLUMNS[1] + NODE_WIDTH
    edges = [*_edges(nodes), *_same_names(shown["left"])]
    return Drawing(nodes, edges, left_out, height, start=start, width=end - start)


def _parties(parties: Iterable[Mapping[str, Any]], known: set[str]) -> list[Node]:
    """Return a box for each party; one whose name is withheld is known by its role."""
    nodes = []
    for at, party in enumerate(parties):
        stated = party["stated"]
        first = stated[0]
        label = first["name"] or first["name_original"] or (first["role"] or first["kind"] or "?").replace("_", " ")
        node = Node(f"p:{at}", "party", label, f"p-{at}")
        node.near = {f"i:{each['incident']}" for each in stated} & known
        nodes.append(node)
    return [node for node in nodes if node.near]


def _things(rows: Iterable[Mapping[str, Any]], links: Iterable[Mapping[str, Any]], known: set[str]) -> list[Node]:
    """Return a box for each conveyance of an incident, and for whatever else two incidents share."""
    nodes: dict[tuple[str, str], Node] = {}

    def bear(sort: str, label: str, references: Iterable[str], anchor: str) -> None:
        key = (sort, label.casefold())
        node = nodes.setdefault(key, Node(f"t:{len(nodes)}", sort, label, anchor))
        node.near |= {f"i:{reference}" for reference in references} & known

    for row in rows:
        if row["conveyance"]:
            bear("conveyance", row["conveyance"], [row["reference"]], f"i-{row['reference']}")
    for at, link in enumerate(links):
        if sort := _SORTS.get(link["by"]):
            one, other = link["values"]
            label = one if one.casefold() == other.casefold() else f"{one} ~ {other}"
            bear(sort, label, link["incidents"], f"l-{at}")
    return [node for node in nodes.values() if node.near]


def _chosen(nodes: Sequence[Node]) -> list[Node]:
    """Return what is drawn: what joins most incidents before what stands by itself."""
    return sorted(nodes, key=lambda node: (-len(node.near), node.sort, node.label, node.key))[:MOST_IN_A_COLUMN]


def _place(nodes: Sequence[Node], x: int, height: int) -> None:
    for at, node in enumerate(nodes):
        node.x = x
        node.y = round((at + 0.5) * height / len(nodes) - NODE_HEIGHT / 2)


def _edges(nodes: Sequence[Node]) -> list[Edge]:
    by_key = {node.key: node for node in nodes}
    return [
        Edge(node.key, key, _curve(node, by_key[key])) for node in nodes for key in sorted(node.near) if key in by_key
    ]


def _curve(node: Node, incident: Node) -> str:
    middle = NODE_HEIGHT // 2
    start, end = (node.x + NODE_WIDTH, incident.x) if node.x < incident.x else (node.x, incident.x + NODE_WIDTH)
    half = (start + end) // 2
    one, other = node.y + middle, incident.y + middle
    return f"M{start} {one}C{half} {one} {half} {other} {end} {other}"


def _same_names(parties: Sequence[Node]) -> list[Edge]:
    """Return what joins parties of one name, each to the next below it."""
    last: dict[str, Node] = {}
    edges = []
    for node in parties:
        name = node.label.casefold()
        if (above := last.get(name)) is not None:
            x, one, other = NODE_WIDTH, above.y + NODE_HEIGHT // 2, node.y + NODE_HEIGHT // 2
            edges.append(
                Edge(above.key, node.key, f"M{x} {one}C{x + 60} {one} {x + 60} {other} {x} {other}", is_by_name=True)
            )
        last[name] = node
    return edges
