import ast
import io
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.bundle.packing import VERIFIER, BundleFile, stream_bundle
from cases.bundle.signing import public_key_hex
from cases.bundle.verify_bundle import L, Refused, Report, is_signed, main, read_files, read_key, verify
from tests.bundle_samples import ANOTHER_KEY, FACTS, FOLDER, KEY, SUBJECT, audit_lines, bundle, chain, files

WHOLE = bundle()
# RFC 8032, 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.fixture
def checked(tmp_path):
    """Return a function that tells what is wrong with those bytes."""

    def check(content, key=None):
        path = tmp_path / "bundle.zip"
        path.write_bytes(content)
        return verify(str(path), key)[0].wrong

    return check


def pinned(key=KEY):
    return bytes.fromhex(public_key_hex(key))


def repacked(change):
    """Return the whole bundle written anew, as somebody without the key would, after a change of its files."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    return zipped(list(content.items()))


def zipped(entries):
    class Sink(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

        def tell(self):
            raise io.UnsupportedOperation

    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            with archive.open(entry, "w") as target:
                target.write(data)
    return sink.getvalue()


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_signatures_of_the_standard_hold_and_others_do_not(secret, public, message, signature):
    key, text, signed = (bytes.fromhex(each) for each in (public, message, signature))

    assert Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(text) == signed
    assert is_signed(key, text, signed)
    assert not is_signed(key, text + b"x", signed)
    other = next(each for _, each, _, _ in VECTORS if each != public)
    assert not is_signed(bytes.fromhex(other), text, signed)
    # The same scalar plus the order of the group: RFC 8032 has it refused.
    scalar = int.from_bytes(signed[32:], "little") + L
    assert not is_signed(key, text, signed[:32] + scalar.to_bytes(32, "little"))


@settings(max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 95), st.integers(1, 255))
def test_the_verifier_agrees_with_the_library(secret, message, position, flip):
    key = Ed25519PrivateKey.from_private_bytes(secret)
    signature, public = key.sign(message), key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    both = bytearray(signature + public)
    assert is_signed(public, message, signature)

    both[position] ^= flip
    altered, other = bytes(both[:64]), bytes(both[64:])
    try:
        Ed25519PublicKey.from_public_bytes(other).verify(altered, message)
        says = True
    except (InvalidSignature, ValueError):
        says = False
    assert is_signed(other, message, altered) is says


def test_a_whole_bundle_is_found_whole_and_its_bytes_follow_from_its_files(checked):
    assert checked(WHOLE) == []
    assert checked(WHOLE, pinned()) == []
    assert bundle(reversed(files())) == WHOLE
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.testzip() is None
        assert archive.read("verify_bundle.py") == VERIFIER.read_bytes()


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_altered_byte_anywhere_is_told(tmp_path_factory, position, flip):
    altered = bytearray(WHOLE)
    altered[position] ^= flip
    path = tmp_path_factory.getbasetemp() / "altered.zip"
    path.write_bytes(altered)

    assert verify(str(path))[0].wrong


def test_one_altered_byte_in_any_header_is_told_by_the_structure_alone():
    """Each byte that is no file's content: headers, descriptors, directory and end record."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        begins = [(info.header_offset + 30 + len(info.filename), info.file_size) for info in archive.infolist()]
    content = {at for begin, size in begins for at in range(begin, begin + size)}
    structure = [at for at in range(len(WHOLE)) if at not in content]
    assert len(structure) > 1000

    for at in structure:
        altered = bytearray(WHOLE)
        altered[at] ^= 1
        report = Report()
        with suppress(Refused):
            read_files(io.BytesIO(altered), len(altered), report)
            assert report.wrong, at


def test_an_altered_file_is_named(checked):
    at = WHOLE.index(bytes(range(256)))

    wrong = checked(WHOLE[: at + 7] + b"!" + WHOLE[at + 8 :])

    assert any(line.startswith("evidence/files/0001: its content was altered") for line in wrong)


@pytest.mark.parametrize("cut", [1, 22, 100, len(WHOLE) // 2, len(WHOLE)])
def test_a_bundle_that_is_cut_off_is_told(checked, cut):
    assert checked(WHOLE[:-cut])


@pytest.mark.parametrize("more", [b"\0", b"PK\5\6" + b"\0" * 18])
def test_what_is_added_before_or_behind_is_told(checked, more):
    assert checked(WHOLE + more)
    assert checked(more + WHOLE)


def test_a_file_added_removed_renamed_or_altered_in_a_zip_written_anew_is_named(checked):
    name = f"{FOLDER}/screening/run-1.json"

    assert "extra.json: it is not listed in the manifest: added, or renamed" in checked(
        repacked(lambda content: content.update({"extra.json": b"{}"}))
    )
    assert f"{name}: it is listed in the manifest, and missing" in checked(repacked(lambda content: content.pop(name)))
    renamed = checked(repacked(lambda content: content.update({"other.json": content.pop(name)})))
    assert [line.split(":")[0] for line in renamed] == [name, "other.json"]
    altered = checked(repacked(lambda content: content.update({name: b"{}"})))
    assert [line.startswith(f"{name}: its content was altered") for line in altered] == [True]
    assert checked(repacked(lambda content: content.pop("manifest.sig"))) == ["bundle: manifest.sig is missing"]


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a\\b", "C:evil", ".hidden", "a//b", "a/../b"])
def test_a_name_that_leads_elsewhere_is_refused(checked, name):
    (refusal,) = checked(repacked(lambda content: content.update({name: b""})))

    assert "a name that no bundle has" in refusal
    with pytest.raises(ValueError, match="no name for a file of a bundle"):
        bundle([BundleFile.of_text(name, "")])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["case.json", "CASE.json"])
def test_two_entries_of_one_name_are_refused(checked, twin):
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]

    (refusal,) = checked(zipped([*entries, (twin, b"{}")]))
    assert refusal == f"bundle: two entries are called {twin}"


def test_a_bundle_signed_anew_with_another_key_is_told_by_the_key(checked):
    forged = bundle(key=ANOTHER_KEY)

    assert checked(forged) == []
    wrong = checked(forged, pinned())
    assert [line.split(":")[0] for line in wrong] == ["manifest.json", "manifest.sig"]


def broken(change):
    events = chain()
    change(events)
    return events


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (lambda events: events[1].update(text=events[1]["text"].replace("examined", "sealed")), 2, "its digest is not"),
        (lambda events: events.pop(1), 2, "it is not the event that belongs here"),
        (lambda events: events.insert(1, events[2]), 2, "it is not the event that belongs here"),
        (lambda events: events[2].update(previous="sha256:" + "1" * 64), 3, "it does not follow"),
        (lambda events: events[0].update(names={"salt": "ab" * 32, "text": "{}"}), 1, "its names or its note"),
    ],
)
def test_a_broken_chain_of_custody_is_told_though_the_bundle_is_signed(checked, change, place, what):
    wrong = checked(bundle(files(custody=broken(change))))

    assert any(f"event {place}: {what}" in line for line in wrong)


def test_a_chain_that_was_cut_off_is_told_by_the_audit_trail(checked):
    wrong = checked(bundle(files(custody=chain(2), audit=audit_lines(chain(3)))))

    told = f"custody event 3 of {SUBJECT}, of which it tells, is missing or another"
    assert wrong == [f"{FOLDER}/audit.ndjson, line 3: {told}"]


def test_names_may_be_withheld(checked):
    assert checked(bundle(files(custody=broken(lambda events: events[0].update(names=None))))) == []


def test_altered_audit_entries_and_facts_are_told_though_the_bundle_is_signed(checked):
    altered = audit_lines(chain()).replace("custody.examined", "custody.examinee", 1)

    assert any("its digest is not that of what it says" in line for line in checked(bundle(files(audit=altered))))
    assert checked(bundle(files(facts='{"items":[1]}'))) == [
        f"{FOLDER}/screening/run-1.json: the facts enclosed are not those that the result rests on"
    ]


def test_a_file_shorter_than_it_said_leaves_no_whole_bundle(checked):
    stream = stream_bundle([BundleFile("a.bin", "x/y", 5, lambda: (b"four",))], facts=FACTS, key=KEY)
    sent = []

    with pytest.raises(ValueError, match="has 4 bytes, not 5"):
        sent.extend(stream)
    assert checked(b"".join(sent))


def test_the_verifier_needs_nothing_but_a_bare_python(tmp_path):
    (tmp_path / "bundle.zip").write_bytes(WHOLE)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extract("verify_bundle.py", tmp_path)

    def run(*arguments):
        command = [sys.executable, "-I", "-S", "verify_bundle.py", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    whole = run("bundle.zip", "--key", public_key_hex(KEY))
    assert whole.returncode == 0
    assert "Nothing is wrong" in whole.stdout
    assert "only what the bundle claims" not in whole.stdout
    assert "only what the bundle claims" in run("bundle.zip").stdout
    assert run("bundle.zip", "--key", public_key_hex(ANOTHER_KEY)).returncode == 1
    assert run("nothing.zip").returncode == 2
    assert run("bundle.zip", "--key", "verify_bundle.py").returncode == 2


def test_the_verifier_is_written_for_python_3_9_and_imports_the_standard_library_alone():
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 9))

    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names
    assert len(VERIFIER.read_text(encoding="utf-8").splitlines()) < 600


def test_a_key_is_given_as_digits_or_as_a_file(tmp_path):
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (pem, public_key_hex(KEY).encode() + b"\n"):
        (tmp_path / "key").write_bytes(content)
        assert read_key(str(tmp_path / "key")) == pinned()
    assert read_key(public_key_hex(KEY)) == pinned()
    (tmp_path / "key").write_text("nonsense")
    with pytest.raises(ValueError, match="no Ed25519 public key"):
        read_key(str(tmp_path / "key"))


def test_what_is_no_bundle_at_all_is_refused(tmp_path, capsys):
    Path(tmp_path / "any.zip").write_bytes(zipped([("a.txt", b"hello")]))

    assert main([str(tmp_path / "any.zip")]) == 1
    assert "manifest.json is missing" in capsys.readouterr().out
