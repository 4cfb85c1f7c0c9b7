from cases.lists.consolidated import read_consolidated_list
from cases.lists.reading import read_list
from cases.lists.stored import party_from_text, party_text
from tests.list_samples import SAMPLE, VESSELS, vessel_csv


def test_an_entry_comes_back_as_it_was() -> None:
    parties = (*read_consolidated_list(SAMPLE).parties, *read_list(vessel_csv(*VESSELS)).parties)

    assert [party_from_text(party_text(party)) for party in parties] == list(parties)
