"""Areas that no package carries as we need them: disputed land with every view, seas that inspection authorities name.

Outlines are drawn by hand along published lines and are approximate, unless the area is a piece of the boundary set
itself.
"""

from dataclasses import dataclass
from datetime import date

Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class View:
    """One reading of whose land an area is; `country` None means a self-declared authority without a code."""

    country: str | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedArea:
    """Land on which views differ: what the boundary set calls it, or the outline that cuts it out, and every view."""

    id: str
    name: str
    views: tuple[View, ...]
    since_on: date
    # The piece of the boundary set that is the area as a whole, by its name there.
    piece: str | None = None
    # Else the outline, and the units whose land inside it belongs to the area.
    outline: Outline | None = None
    within: tuple[str, ...] = ()
    # Else first-level regions of the regions set, as (unit, name).
    regions: tuple[tuple[str, str], ...] = ()
    # The unit under which the area is counted, when the boundary set counts it under another.
    unit: str | None = None
    undetermined: bool = False

    @property
    def note(self) -> str | None:
        """Say when the outline is drawn by hand."""
        return "approximate, drawn by hand" if self.outline else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaArea:
    """A sea or part of one, drawn by hand over land too: only positions at sea are inside."""

    id: str
    name: str
    outlines: tuple[Outline, ...]
    note: str


DISPUTED_AREAS: tuple[DisputedArea, ...] = (
    DisputedArea(
        id="abyei",
        name="Abyei Area",
        # Final Award of the Abyei Arbitration, 22 July 2009: 10°10' N, 27°50' E, 29°00' E; in the south the line of 1
        # January 1956.
        outline=((27.8333, 8.6), (29.0, 8.6), (29.0, 10.1667), (27.8333, 10.1667)),
        within=("SDN",),
        views=(
            View(
                "SDN",
                "final status undetermined: held by the Sudan under the 1956 line, interim administration since 2011",
            ),
            View(
                "SSD", "final status undetermined: claimed by South Sudan, protocol of 2004 and arbitral award of 2009"
            ),
        ),
        since_on=date(2011, 7, 9),
        undetermined=True,
    ),
    DisputedArea(
        id="aksai-chin",
        name="Aksai Chin",
        outline=((77.8, 35.5), (79.2, 36.1), (80.4, 35.5), (80.2, 34.6), (79.4, 34.0), (78.9, 33.9), (78.2, 34.7)),
        within=("CHN",),
        views=(View("CHN", "administered by China"), View("IND", "claimed by India")),
        since_on=date(1962, 11, 21),
    ),
    DisputedArea(
        id="crimea",
        name="Crimea and Sevastopol",
        outline=(
            (32.3, 45.0),
            (33.2, 44.2),
            (36.55, 44.6),
            (36.55, 45.25),
            (36.66, 45.37),
            (36.66, 45.5),
            (35.3, 46.05),
            (33.62, 46.23),
            (32.3, 45.7),
        ),
        within=("RUS",),
        unit="UKR",
        views=(
            View("UKR", "territorial integrity of Ukraine: General Assembly resolution 68/262 (2014)"),
            View("RUS", "administered by the Russian Federation since 18 March 2014"),
        ),
        since_on=date(2014, 3, 18),
    ),
    DisputedArea(
        id="golan",
        name="Golan Heights",
        outline=(
            (35.63, 33.255),
            (35.645, 33.235),
            (35.655, 33.14),
            (35.625, 33.02),
            (35.64, 32.93),
            (35.645, 32.82),
            (35.66, 32.72),
            (35.74, 32.70),
            (35.95, 32.70),
            (36.05, 33.10),
            (36.0, 33.45),
            (35.83, 33.44),
            (35.70, 33.34),
        ),
        within=("ISR",),
        unit="SYR",
        views=(
            View("SYR", "occupied Syrian territory: Security Council resolution 497 (1981)"),
            View("ISR", "administered by Israel since 1967"),
        ),
        since_on=date(1967, 6, 10),
    ),
    DisputedArea(
        id="halaib",
        name="Hala'ib Triangle",
        outline=((34.0, 22.0), (34.3, 22.3), (34.9, 22.6), (35.3, 22.85), (35.7, 23.15), (36.3, 23.1), (37.3, 22.0)),
        within=("EGY",),
        views=(View("EGY", "administered by Egypt, north of 22° N"), View("SDN", "claimed by the Sudan")),
        since_on=date(1958, 2, 1),
    ),
    DisputedArea(
        id="ilemi",
        name="Ilemi Triangle",
        outline=((34.38, 4.84), (35.93, 4.62), (35.80, 5.32), (35.29, 5.50)),
        within=("SSD", "KEN"),
        views=(View("KEN", "administered by Kenya"), View("SSD", "claimed by South Sudan")),
        since_on=date(1956, 1, 1),
    ),
    DisputedArea(
        id="kashmir-indian",
        name="Jammu and Kashmir, and Ladakh",
        regions=(("IND", "Jammu and Kashmir"),),
        views=(View("IND", "administered by India, line of control of 1972"), View("PAK", "disputed by Pakistan")),
        since_on=date(1949, 1, 1),
    ),
    DisputedArea(
        id="kashmir-pakistani",
        name="Azad Kashmir and Gilgit-Baltistan",
        regions=(("PAK", "Azad Kashmir"), ("PAK", "Gilgit-Baltistan")),
        views=(View("PAK", "administered by Pakistan, line of control of 1972"), View("IND", "claimed by India")),
        since_on=date(1949, 1, 1),
    ),
    DisputedArea(
        id="kosovo",
        name="Kosovo",
        piece="Kosovo",
        views=(
            View("XKX", "declared independence on 17 February 2008; read in the context of resolution 1244 (1999)"),
            View("SRB", "part of Serbia: territorial integrity affirmed in resolution 1244 (1999)"),
        ),
        since_on=date(2008, 2, 17),
    ),
    DisputedArea(
        id="northern-cyprus",
        name="Northern Cyprus",
        piece="N. Cyprus",
        views=(
            View("CYP", "Republic of Cyprus: Security Council resolutions 541 (1983) and 550 (1984)"),
            View(None, "self-declared authority of 15 November 1983, called legally invalid by resolution 541 (1983)"),
        ),
        since_on=date(1974, 7, 20),
    ),
    DisputedArea(
        id="palestinian-territory",
        name="Palestinian territory (West Bank, East Jerusalem and Gaza)",
        piece="Palestine",
        views=(
            View("PSE", "occupied Palestinian territory: Security Council resolutions 242 (1967) and 2334 (2016)"),
            View("ISR", "administered in part by Israel since 1967"),
        ),
        since_on=date(1967, 6, 5),
    ),
    DisputedArea(
        id="scarborough",
        name="Scarborough Reef",
        piece="Scarborough Reef",
        views=(
            View("CHN", "claimed by China"),
            View("PHL", "claimed by the Philippines"),
            View("TWN", "claimed by Taiwan"),
        ),
        since_on=date(1945, 1, 1),
        undetermined=True,
    ),
    DisputedArea(
        id="siachen",
        name="Siachen Glacier",
        piece="Siachen Glacier",
        views=(View("IND", "held by India since 1984"), View("PAK", "claimed by Pakistan")),
        since_on=date(1984, 4, 13),
        undetermined=True,
    ),
    DisputedArea(
        id="somaliland",
        name="Somaliland",
        piece="Somaliland",
        views=(
            View("SOM", "part of Somalia: its territorial integrity is affirmed in each resolution on Somalia"),
            View(None, "self-declared Republic of Somaliland of 18 May 1991"),
        ),
        since_on=date(1991, 5, 18),
    ),
    DisputedArea(
        id="spratly",
        name="Spratly Islands",
        piece="Spratly Is.",
        views=tuple(View(code, "claimed in whole or in part") for code in ("BRN", "CHN", "MYS", "PHL", "TWN", "VNM")),
        since_on=date(1945, 1, 1),
        undetermined=True,
    ),
    DisputedArea(
        id="western-sahara-east",
        name="Western Sahara, east of the berm",
        piece="W. Sahara",
        views=(
            View("ESH", "Non-Self-Governing Territory on the list of the United Nations"),
            View("MAR", "claimed by Morocco; held by the Frente Polisario"),
        ),
        since_on=date(1976, 2, 26),
    ),
    DisputedArea(
        id="western-sahara-west",
        name="Western Sahara, west of the berm",
        # The boundary with Morocco is the parallel of 27°40' N; the boundary set draws the berm instead.
        outline=((-17.5, 20.5), (-8.6, 20.5), (-8.6, 27.666667), (-13.5, 27.666667), (-17.5, 27.666667)),
        within=("MAR",),
        unit="ESH",
        views=(
            View("ESH", "Non-Self-Governing Territory on the list of the United Nations"),
            View("MAR", "administered by Morocco"),
        ),
        since_on=date(1976, 2, 26),
    ),
)

# Quantising shrank the Vatican to nothing in the boundary set: its walls, by hand, inside Italy.
VATICAN: Outline = (
    (12.4457, 41.9037), (12.4481, 41.9017), (12.4503, 41.9003), (12.4556, 41.9011), (12.4585, 41.9022),
    (12.4578, 41.9042),
    (12.4571, 41.9066), (12.4527, 41.9074), (12.4486, 41.9061),
)  # fmt: skip

_RED_SEA: Outline = (
    (32.0, 30.1), (35.3, 29.8), (36.0, 28.0), (39.9, 22.0), (43.2, 17.0), (44.0, 13.6), (43.45, 12.68), (43.25, 12.4),
    (42.5, 12.3), (40.5, 14.0), (37.0, 18.0), (35.0, 22.5), (33.0, 26.5),
)  # fmt: skip
_GULF_OF_ADEN: Outline = (
    (43.25, 12.4), (43.45, 12.68), (44.0, 13.6), (51.27, 16.0), (51.27, 11.0), (47.0, 10.5), (44.0, 10.0), (42.2, 11.4),
)  # fmt: skip
_ARABIAN_SEA: Outline = (
    (51.27, 16.0), (55.0, 18.5), (58.0, 21.5), (59.83, 22.53), (61.75, 25.07), (66.5, 26.0), (69.5, 23.5), (73.5, 20.0),
    (77.6, 8.1), (73.2, 4.0), (73.2, -0.7), (51.4, 10.4), (51.27, 11.0),
)  # fmt: skip
_GULF_OF_OMAN: Outline = (
    (59.83, 22.53),
    (61.75, 25.07),
    (61.5, 26.0),
    (57.3, 27.5),
    (56.37, 26.36),
    (56.0, 24.8),
    (57.0, 23.0),
)
_PERSIAN_GULF: Outline = (
    (47.4, 30.6), (50.0, 31.2), (54.0, 27.8), (57.3, 27.5), (56.37, 26.36), (55.4, 24.0), (51.0, 23.6), (47.5, 28.3),
)  # fmt: skip
_SOMALI_BASIN: Outline = (
    (51.4, 10.4),
    (73.2, -0.7),
    (60.0, -5.0),
    (41.0, -5.0),
    (41.0, -1.7),
    (44.5, 2.6),
    (48.0, 6.0),
    (50.0, 9.0),
)
_OFF_LIBYA: Outline = (
    (11.15, 33.1), (11.3, 34.4), (12.6, 35.1), (15.0, 35.4), (18.0, 35.9), (21.0, 35.6), (23.5, 34.6), (25.3, 34.0),
    (25.6, 31.5), (20.0, 29.8), (15.0, 30.8),
)  # fmt: skip

SEA_AREAS: tuple[SeaArea, ...] = (
    SeaArea(id="arabian-sea", name="Arabian Sea", outlines=(_ARABIAN_SEA,), note="approximate, drawn by hand"),
    SeaArea(id="gulf-of-aden", name="Gulf of Aden", outlines=(_GULF_OF_ADEN,), note="approximate, drawn by hand"),
    SeaArea(
        id="high-seas-off-libya",
        name="Central Mediterranean off Libya",
        outlines=(_OFF_LIBYA,),
        note="approximate, drawn by hand; high seas off the coast of Libya, resolution 2292 (2016), paragraph 3",
    ),
    SeaArea(
        id="off-somalia",
        name="Off Somalia, to and including the Arabian Sea and Persian Gulf",
        outlines=(_SOMALI_BASIN, _GULF_OF_ADEN, _ARABIAN_SEA, _GULF_OF_OMAN, _PERSIAN_GULF),
        note="approximate, drawn by hand; resolution 2182 (2014), paragraph 15",
    ),
    SeaArea(id="persian-gulf", name="Persian Gulf", outlines=(_PERSIAN_GULF,), note="approximate, drawn by hand"),
    SeaArea(id="red-sea", name="Red Sea", outlines=(_RED_SEA,), note="approximate, drawn by hand"),
)
