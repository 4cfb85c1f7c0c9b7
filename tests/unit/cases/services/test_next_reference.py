from cases.services.next_reference import NUMBERS, shuffled


def test_every_number_has_a_place_of_its_own():
    places = {shuffled(number, b"key") for number in range(20_000)}

    assert len(places) == 20_000
    assert all(0 <= place < NUMBERS for place in places)


def test_another_key_gives_another_order():
    assert [shuffled(n, b"one") for n in range(5)] != [shuffled(n, b"other") for n in range(5)]
