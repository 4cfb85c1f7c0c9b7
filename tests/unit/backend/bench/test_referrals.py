from backend.bench.referrals import LANGUAGES, PHOTOS, contents, pictures
from cases.documents import render_referral


def test_the_letters_measured_have_a_map_and_photographs_and_speak_every_language() -> None:
    letters = contents(6, seed=3)

    assert {letter.language for letter in letters} == set(LANGUAGES)
    for letter in letters:
        assert letter.observation.place.longitude is not None
        assert len(letter.photos) == PHOTOS
        assert all(photo.copy_sha256 in pictures() for photo in letter.photos)
    assert render_referral(letters[0], format="pdf", draft=False, pictures=pictures()).startswith(b"%PDF-")
    assert contents(6, seed=3) == letters
