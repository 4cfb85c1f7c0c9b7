"""Recording at a post, with a line and without: each record arrives once, and nothing of it is lost or shown to others.

What is typed on the device is sealed there; the tests open it as its officer does, by the PIN.
"""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Evidence, Incident, Officer
from cases.services.amend_incident import amend_incident
from tests.e2e.conftest import PHONE, NewPage, enter
from tests.e2e.test_accessibility import broken_rules
from tests.evidence_samples import photograph, sha256
from tests.factories import PASSWORD, OfficerFactory

# A key is derived slowly on purpose, and more so where all tests run at once.
expect.set_options(timeout=20_000)

PIN = "271828"
OFF_YEMEN = {"latitude": 15.2, "longitude": 52.3, "accuracy": 12}


@pytest.fixture
def colleague(person: Officer) -> Officer:
    """Another officer of the agency, at the same tablet."""
    colleague = OfficerFactory.create(agency=person.agency)
    colleague.set_password(PASSWORD)
    colleague.save()
    return colleague


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph on the device."""
    path = tmp_path / "crate.jpg"
    path.write_bytes(photograph())
    return path


def open_room(page: Page, officer: Officer) -> None:
    """Sign in, go to the room and choose a PIN."""
    enter(page, officer)
    page.wait_for_url("**/incidents/")
    page.goto("/record/")
    choose_pin(page)


def choose_pin(page: Page) -> None:
    """Choose the PIN of a device that has none for the officer."""
    page.locator("#gate-secret").fill(PIN)
    page.locator("#gate-again").fill(PIN)
    page.locator("#gate-new button").click()
    expect(page.locator("#desk")).to_be_visible()


def unlock(page: Page, pin: str = PIN) -> None:
    """Open what the device keeps."""
    page.locator("#gate-key").fill(pin)
    page.locator("#gate-open button").click()


def turn(page: Page) -> None:
    """Turn to the next leaf."""
    page.locator("#next").click()


def write_record(page: Page, picture: Path | None = None, category: str = "small_arm") -> None:
    """Write a record up to its last leaf, as a thumb does."""
    page.locator("#new").click()
    page.locator("#place").fill("Test Pier 4")
    turn(page)
    page.locator(f".tile input[value={category}]").check()
    if picture is not None:
        page.locator("#gallery").set_input_files(picture)
        expect(page.locator("#photos img")).to_be_visible()
    turn(page)
    page.locator("#quantities [data-field=quantity]").fill("12")
    turn(page)
    page.locator("[name=held][value=person]").check()
    page.locator("#holder").fill("Somebody Made Up")
    page.locator("#origin").select_option("IRN")
    page.locator("#destination").select_option("YEM")
    turn(page)
    expect(page.locator("#summary")).to_contain_text("Test Pier 4")


def send(page: Page) -> None:
    """Send the record that is open and wait for its receipt."""
    page.locator("#finish").click()
    expect(page.locator("#records .badge.sent")).to_be_visible()


def test_a_seizure_with_its_photograph_is_recorded(new_page: NewPage, person: Officer, picture: Path) -> None:
    page = new_page(viewport=PHONE, geolocation=OFF_YEMEN, permissions=["geolocation"])
    open_room(page, person)
    page.locator("#new").click()
    page.locator("#locate").click()
    expect(page.locator("#fix")).to_contain_text("15.20000, 52.30000")
    page.locator("#back").click()

    write_record(page, picture)
    send(page)

    incident = Incident.objects.get(place="Test Pier 4")
    assert (incident.state, incident.kind, incident.recorded_by) == ("final", "seizure", person)
    assert incident.route.origin == "IRN"
    assert incident.route.basis == "statement"
    assert incident.parties.get().role == "possessor"
    assert (incident.items.get().category, incident.items.get().quantity) == ("small_arm", 12)
    evidence = Evidence.objects.get(incident=incident)
    assert (evidence.state, evidence.sha256) == ("complete", sha256(picture.read_bytes()))
    receipt = page.locator("#records .receipt").inner_text()
    assert incident.reference in receipt
    assert "sha256:" in receipt


def test_what_is_recorded_with_no_line_survives_and_arrives_once(
    new_page: NewPage, person: Officer, picture: Path
) -> None:
    page = new_page(viewport=PHONE)
    open_room(page, person)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    write_record(page, picture)
    page.locator("#finish").click()
    expect(page.locator("#records .badge.ready")).to_be_visible()
    expect(page.locator("#line")).to_contain_text("No line")

    page.goto("/record/")
    page.locator("#gate-officer").fill(person.username)
    page.locator("#gate-name button").click()
    unlock(page)
    expect(page.locator("#records .badge.ready")).to_be_visible()
    assert not Incident.objects.exists()
    page.context.set_offline(False)
    page.locator("#send").click()
    expect(page.locator("#records .badge.sent")).to_be_visible()

    page.reload()
    unlock(page)
    expect(page.locator("#records .badge.sent")).to_be_visible()
    incident = Incident.objects.get()
    assert Evidence.objects.get(incident=incident).sha256 == sha256(picture.read_bytes())


def test_another_officer_at_the_same_tablet_sees_and_sends_nothing_of_the_first(
    new_page: NewPage, person: Officer, colleague: Officer
) -> None:
    page = new_page()
    open_room(page, person)
    write_record(page)
    first = page
    # The first officer's room stays open in a tab while the session goes over to the colleague.
    second = page.context.new_page()
    second.context.clear_cookies()
    enter(second, colleague)
    second.wait_for_url("**/incidents/")
    second.goto("/record/")
    choose_pin(second)

    expect(second.locator("#nothing")).to_be_visible()
    assert "Test Pier 4" not in second.content()
    first.locator("#finish").click()
    # A request that stalls is given up after a minute and made again.
    expect(first.locator("#line a")).to_contain_text(f"Sign in as {person.username}", timeout=90_000)
    assert not Incident.objects.exists()

    second.context.clear_cookies()
    enter(second, person)
    second.wait_for_url("**/incidents/")
    # It leaves by itself now.
    expect(first.locator("#records .badge.sent")).to_be_visible(timeout=60_000)
    assert Incident.objects.get().recorded_by == person


def test_ten_wrong_pins_take_the_key_and_what_it_sealed(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    open_room(page, person)
    page.locator("#new").click()
    page.locator("#place").fill("Test Pier 4")
    expect(page.locator("#saved")).to_contain_text("Kept")
    page.goto("/record/")

    for left in range(9, 0, -1):
        unlock(page, "000001")
        expect(page.locator("#gate-trouble")).to_contain_text(f"{left} entr")
    unlock(page, "000001")
    expect(page.locator("#gate-trouble")).to_contain_text("the key is gone")

    choose_pin(page)
    expect(page.locator("#nothing")).to_be_visible()


def test_nothing_on_the_device_can_be_read_without_the_key(new_page: NewPage, person: Officer, picture: Path) -> None:
    page = new_page()
    open_room(page, person)
    write_record(page, picture)
    # What a copy of the disk holds: every row of every table, as text.
    kept = page.evaluate(
        """async () => {
            const { database } = await import("/static/console/record/database.mjs");
            const rows = (await Promise.all(database.tables.map((table) => table.toArray()))).flat();
            const letters = (bytes) => new TextDecoder("latin1").decode(bytes);
            return rows.map((row) => Object.values(row).map((value) =>
                value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? letters(value) : String(value)).join(" "));
        }"""
    )

    assert len(kept) >= 3
    for secret in ("Test Pier 4", "Somebody Made Up", person.username, "JFIF", PIN):
        assert secret not in "\n".join(kept)


def test_a_refused_record_is_kept_named_and_mended(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    open_room(page, person)
    page.locator("#new").click()
    page.locator("[name=when][value=earlier]").check()
    page.locator("#year").fill("2026")
    page.locator("#month").fill("13")
    turn(page)
    page.locator(".tile input[value=ammunition]").check()
    page.locator("#progress a").last.click()
    page.locator("#finish").click()

    expect(page.locator("#records .badge.refused")).to_be_visible()
    expect(page.locator("#records .doubts")).to_contain_text("/occurred_on")
    assert not Incident.objects.exists()
    page.locator("#records a", has_text="Mend").click()
    page.locator("#progress a").first.click()
    page.locator("#month").fill("3")
    page.locator("#progress a").last.click()
    send(page)

    assert Incident.objects.get().occurred_on == "2026-03"


def test_what_was_changed_in_two_places_is_shown_side_by_side(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    open_room(page, person)
    write_record(page)
    send(page)
    incident = Incident.objects.get()
    changes = {"place": "Somewhere Else", "concealment": "below rice"}
    amend_incident(officer=person, incident=incident, changes=changes, expected_version=1, amended_at=timezone.now())

    page.locator("#records a", has_text="Add more").click()
    page.locator("#circumstances").fill("Stopped by night.")
    page.locator("#progress a").first.click()
    page.locator("#place").fill("Test Pier 5")
    page.locator("#progress a").last.click()
    page.locator("#finish").click()
    page.locator("#records a", has_text="Compare").click()
    expect(page.locator("#differences")).to_contain_text("Somewhere Else")
    expect(page.locator("#differences")).to_contain_text("Test Pier 5")
    page.locator("input[name=choice-place][value=mine]").check()
    page.locator("#settle button").click()
    expect(page.locator("#records .badge.sent")).to_be_visible()

    incident.refresh_from_db()
    assert (incident.place, incident.concealment) == ("Test Pier 5", "below rice")
    assert incident.circumstances == "Stopped by night."


def test_a_doubtful_position_is_said_and_kept_with_the_record(new_page: NewPage, person: Officer) -> None:
    page = new_page(geolocation=OFF_YEMEN, permissions=["geolocation"])
    open_room(page, person)
    page.locator("#new").click()
    page.locator("#locate").click()
    expect(page.locator("#fix")).to_contain_text("within 12 m")
    expect(page.locator("#fix-doubts li")).to_have_count(0)
    # A made-up position never trembles.
    page.context.set_geolocation(OFF_YEMEN)
    page.locator("#locate").click()
    expect(page.locator("#fix-doubts")).to_contain_text("same to the last digit")
    page.context.set_geolocation({"latitude": -15.2, "longitude": 52.3, "accuracy": 5_000})
    page.locator("#locate").click()
    expect(page.locator("#fix-doubts")).to_contain_text("Nobody travels this fast")
    expect(page.locator("#fix-doubts")).to_contain_text("very inexact")
    turn(page)
    page.locator(".tile input[value=small_arm]").check()
    page.locator("#progress a").last.click()
    send(page)

    incident = Incident.objects.get()
    assert (incident.latitude, incident.location_accuracy_m) == (-15.2, 5_000)
    assert "jump" in incident.location_text


@pytest.mark.parametrize(
    ("typed", "form", "latitude", "longitude"),
    [
        ("15.2, 52.3", "decimal", 15.2, 52.3),
        ("15,2 52,3", "decimal", 15.2, 52.3),
        ("N15°12'00\" E052°18'00\"", "DMS", 15.2, 52.3),
        ("15 12.5 S 52 18.3 W", "DMS", -15.208333, -52.305),
        ("39P 209000 1681000", "UTM", 15.188699, 48.291697),
        ("38P NV 12345 67890", "MGRS", 13.278078, 45.113973),
        ("٢٫٥ ١٠", "decimal", 2.5, 10.0),
    ],
)
def test_coordinates_are_read_as_they_are_written(
    reader: Page, typed: str, form: str, latitude: float, longitude: float
) -> None:
    read = reader.evaluate(
        "async (typed) => (await import('/static/console/record/coordinates.mjs')).readCoordinates(typed)", typed
    )

    assert read["form"] == form
    assert (read["latitude"], read["longitude"]) == pytest.approx((latitude, longitude), abs=2e-6)


@pytest.mark.parametrize("typed", ["", "by the pier", "95, 10", "15.2", "38P NV 123 4567"])
def test_what_is_no_position_is_not_made_into_one(reader: Page, typed: str) -> None:
    read = "async (typed) => (await import('/static/console/record/coordinates.mjs')).readCoordinates(typed)"

    assert reader.evaluate(read, typed) is None


@pytest.mark.parametrize(
    ("check", "typed", "fits"),
    [
        ("imoFits", "IMO 9074729", True),
        ("imoFits", "9074728", False),
        ("imoFits", "90747", None),
        ("containerFits", "CSQU 305438-3", True),
        ("containerFits", "CSQU3054384", False),
        ("containerFits", "CSQU", None),
    ],
)
def test_check_digits_say_at_once_what_was_mistyped(reader: Page, check: str, typed: str, fits: bool | None) -> None:
    ask = "async ([check, typed]) => (await import('/static/console/record/check_digits.mjs'))[check](typed)"

    assert reader.evaluate(ask, [check, typed]) is fits


@pytest.fixture
def reader(new_page: NewPage) -> Page:
    """A page that can load the room's modules."""
    page = new_page()
    page.goto("/record/shell/")
    return page


def test_explosives_bring_the_hazard_card_and_no_goods_make_a_draft(new_page: NewPage, person: Officer) -> None:
    page = new_page(viewport=PHONE)
    open_room(page, person)
    page.locator("#new").click()
    turn(page)
    expect(page.locator("#hazard")).to_be_hidden()
    page.locator(".tile input[value=mine]").check()
    expect(page.locator("#hazard")).to_contain_text("Do not move it.")
    page.locator(".tile input[value=mine]").uncheck()
    expect(page.locator("#hazard")).to_be_hidden()
    page.locator("#progress a").last.click()
    expect(page.locator("#finish")).to_have_text("Send as a draft")
    send(page)

    assert Incident.objects.get().state == "draft"


def test_several_that_are_the_same_are_made_at_once_with_their_marks(new_page: NewPage, person: Officer) -> None:
    page = new_page(viewport=PHONE)
    open_room(page, person)
    write_record(page)
    page.locator(".leaf[data-leaf='5'] a").click()
    page.locator("#imo").fill("9074728")
    expect(page.locator("#imo-says")).to_contain_text("does not fit")
    item = page.locator("#items .item").first
    item.locator("summary").click()
    item.locator("[data-field=make]").fill("Test Works")
    item.locator("[data-field=serial_number]").fill("AB0")
    expect(item.locator(".look-alikes")).to_contain_text("0 or O")
    item.locator(".serials").fill("A-1\nA-2\nA-3")
    item.locator(".spread").click()
    expect(page.locator("#items .item")).to_have_count(3)
    page.locator("#next").click()
    send(page)

    made = Incident.objects.get().items.order_by("position")
    assert [(each.make, each.serial_number, each.quantity) for each in made] == [
        ("Test Works", f"A-{n}", 1) for n in (1, 2, 3)
    ]


def test_records_are_carried_by_hand_to_a_device_with_a_line(
    new_page: NewPage, person: Officer, picture: Path, tmp_path: Path
) -> None:
    far, near = new_page(), new_page()
    open_room(far, person)
    far.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    far.context.set_offline(True)
    write_record(far, picture)
    far.locator("#finish").click()
    far.locator("#desk summary").click()
    far.locator("#carry-secret").fill("sixteen letters, or more")
    with far.expect_download() as download:
        far.locator("#carry-out button").click()
    carried = tmp_path / "carried.cordon"
    download.value.save_as(carried)
    assert b"Test Pier 4" not in carried.read_bytes()

    open_room(near, person)
    near.locator("#desk summary").click()
    near.locator("#carry-file").set_input_files(carried)
    near.locator("#carry-key").fill("another passphrase")
    near.locator("#carry-in button").click()
    expect(near.locator("#carry-told")).to_contain_text("does not open")
    near.locator("#carry-key").fill("sixteen letters, or more")
    near.locator("#carry-in button").click()
    expect(near.locator("#records .badge.sent")).to_be_visible()
    # The first device finds a line after all: it is still one record with one photograph.
    far.context.set_offline(False)
    expect(far.locator("#records .badge.sent")).to_be_visible(timeout=60_000)

    assert Evidence.objects.filter(incident=Incident.objects.get()).count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_leaf_fits_a_phone_and_breaks_no_rule(
    new_page: NewPage, person: Officer, picture: Path, theme: str, language: str
) -> None:
    page = new_page(viewport=PHONE, locale=language, color_scheme=theme, bypass_csp=True)
    open_room(page, person)
    write_record(page, picture, "explosive")
    address = page.url.rpartition("/")[0]

    for leaf in ("1", "2", "3", "4", "5", "later"):
        page.goto(f"{address}/{leaf}")
        expect(page.locator(f".leaf[data-leaf='{leaf}']")).to_be_visible()
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"leaf {leaf} is {beyond} pixels too wide"
        assert broken_rules(page) == [], leaf
    page.goto("/record/#")
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main a.button, main .tile, main .choices label")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
            .map((each) => each.outerHTML)"""
    )
    assert small == []
    assert broken_rules(page) == []


def test_an_agency_may_demand_a_passphrase_in_place_of_a_pin(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    open_room(page, person)
    page.locator("#new").click()
    page.locator("#place").fill("Test Pier 4")
    expect(page.locator("#saved")).to_contain_text("Kept")
    person.agency.device_passphrase_required = True
    person.agency.save()

    page.goto("/record/")
    unlock(page)
    page.locator("#gate-secret").fill("short")
    page.locator("#gate-again").fill("short")
    page.locator("#gate-new button").click()
    expect(page.locator("#gate-trouble")).to_contain_text("16")
    for field in ("#gate-secret", "#gate-again"):
        page.locator(field).fill("a dhow, a crate, a pier")
    page.locator("#gate-new button").click()
    expect(page.locator("#records")).to_contain_text("Test Pier 4")
    page.goto("/record/?again")
    unlock(page, "a dhow, a crate, a pier")
    expect(page.locator("#records")).to_contain_text("Test Pier 4")


def test_weapons_photographed_one_after_another_are_items_with_their_photographs(
    new_page: NewPage, person: Officer, tmp_path: Path
) -> None:
    page = new_page(viewport=PHONE)
    open_room(page, person)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.locator("#new").click()
    turn(page)
    page.locator(".tile input[value=light_weapon]").check()
    page.locator("#series summary").click()
    says = page.locator("#series-says")

    def taken(number: int, following: str) -> None:
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(photograph(size=(640 + number, 480)))
        page.locator("#series-camera").set_input_files(path)
        expect(says).to_contain_text(following)

    expect(says).to_contain_text("1: the whole")
    taken(1, "1: its left")
    taken(2, "1: its right")
    page.locator("#series-next").click()
    expect(says).to_contain_text("2: the whole")
    taken(3, "2: its left")
    page.locator("#series-views [data-view=serial_number]").click()
    expect(says).to_contain_text("2: the serial")
    taken(4, "2: its left")
    page.locator("#series-before").click()
    expect(says).to_contain_text("1: its right")
    taken(5, "1: the maker")
    page.locator("#progress a").last.click()
    page.locator("#finish").click()
    expect(page.locator("#records .badge.ready")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#send").click()
    expect(page.locator("#records .badge.sent")).to_be_visible()

    items = Incident.objects.get().items.order_by("position")
    assert [(item.category, item.quantity) for item in items] == [("light_weapon", 1), ("light_weapon", 1)]
    assert [list(item.evidence.order_by("pk").values_list("view", flat=True)) for item in items] == [
        ["overview", "left_side", "right_side"],
        ["overview", "serial_number"],
    ]
