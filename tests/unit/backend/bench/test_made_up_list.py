from datetime import date

from backend.bench.made_up_list import made_up_file
from cases.generate.listed import made_up_list
from cases.lists.reading import read_list


def test_the_made_up_list_is_read_as_the_council_s_is():
    edition = read_list(made_up_file(date(2024, 9, 26)), file_name="list.xml")

    people = {name.key for name in made_up_list() if name.kind != "vessel"}
    assert len(edition.parties) == len(people)
    assert edition.generated_on == date(2024, 9, 26)
    spelled = {name.text for party in edition.parties for name in party.names}
    written = {name.text for name in made_up_list() if name.kind != "vessel" and name.quality == "primary"}
    assert written <= spelled
