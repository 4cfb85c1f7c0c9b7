"""Every citation that referrals use, in one table: what each says, and whether it was read in a source.

A correction is one line here. ITI is the International Tracing Instrument (A/60/88, annex).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LegalText:
    """A paragraph or article, what it says in a few words, and whether it was read in a source."""

    instrument: str
    paragraph: str
    says: str
    verified: bool = False

    @property
    def citation(self) -> str:
        """Return the citation as it stands in a letter: "ITI 17(a)"."""
        return f"{self.instrument} {self.paragraph}"


def _iti(paragraph: str, says: str, *, verified: bool = False) -> LegalText:
    return LegalText("ITI", paragraph, says, verified)


LEGAL_BASES: dict[str, LegalText] = {
    "iti.4": _iti("4", "small arms and light weapons, defined; ammunition is left out"),
    "iti.6": _iti("6", "when small arms and light weapons are illicit"),
    "iti.7": _iti("7", "marking is for each State to choose, within what the Instrument asks", verified=True),
    "iti.8a": _iti("8(a)", "marks at manufacture", verified=True),
    "iti.8b": _iti("8(b)", "marks at import", verified=True),
    "iti.9": _iti("9", "illicit arms found are marked and recorded, or destroyed"),
    "iti.12": _iti("12", "how long records are kept"),
    "iti.14": _iti("14", "States may ask one another to trace"),
    "iti.15": _iti("15", "confidentiality of what is exchanged"),
    "iti.15b": _iti("15(b)", "the use that the information may be put to"),
    "iti.15c": _iti("15(c)", "onward use needs consent"),
    "iti.16": _iti("16", "a request may be made for arms found in the State's jurisdiction and considered illicit"),
    "iti.17": _iti("17", "what a request holds"),
    "iti.17a": _iti("17(a)", "illicit nature with legal justification, and circumstances of finding"),
    "iti.17b": _iti("17(b)", "markings, type, calibre and other identifying features"),
    "iti.17c": _iti("17(c)", "intended use of the information"),
    "iti.18": _iti("18", "prompt and reliable answers"),
    "iti.19": _iti("19", "the requested State acknowledges"),
    "iti.20": _iti("20", "what the requested State is to look for"),
    "iti.21": _iti("21", "more may be asked of the requesting State"),
    "iti.22": _iti("22", "answers may be delayed, restricted or refused"),
    "iti.23": _iti("23", "the reasons of a delay or refusal are given"),
    "iti.25": _iti("25", "national points of contact"),
    "iti.31a": _iti("31(a)", "States name their points of contact", verified=True),
    "iti.36": _iti("36", "reports every two years", verified=True),
    "iti.37": _iti("37", "meetings every two years", verified=True),
    "firearms_protocol.12": LegalText("Firearms Protocol", "Art. 12", "exchange of information and tracing"),
    "att.11": LegalText("Arms Trade Treaty", "Art. 11", "diversion"),
    "att.13": LegalText("Arms Trade Treaty", "Art. 13", "reporting and exchange on diversion"),
    "att.15": LegalText("Arms Trade Treaty", "Art. 15", "international cooperation"),
    "ecowas": LegalText("ECOWAS Convention", "2006", "cooperation, ammunition and parts included"),
    "kinshasa": LegalText("Kinshasa Convention", "2010", "cooperation, ammunition and parts included"),
    "nairobi": LegalText("Nairobi Protocol", "2004", "cooperation in the Great Lakes and the Horn of Africa"),
    "sadc": LegalText("SADC Protocol", "2001", "cooperation; firearms, ammunition and related materials"),
    "evidence": LegalText("S/2006/997", "21–28", "standards of evidence of monitoring groups"),
}

# What stands in for the ITI where a line is not a small arm or a light weapon, and both States are parties.
BASES_BEYOND_THE_ITI: tuple[str, ...] = (
    "firearms_protocol.12", "att.11", "att.13", "att.15", "ecowas", "kinshasa", "nairobi", "sadc",
)  # fmt: skip


def citation(key: str) -> str:
    """Return the citation of that key; KeyError where the table has none."""
    return LEGAL_BASES[key].citation
