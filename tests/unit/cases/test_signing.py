import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from cases.signing import is_signed, key_id_of, signer_of

SIGNER = signer_of("ab" * 32)


def test_a_signature_holds_for_its_text_and_its_key_alone() -> None:
    signature = SIGNER.signature_of("a head")
    other = signer_of("cd" * 32)

    assert is_signed(public_key=SIGNER.public_key, text="a head", signature=signature)
    assert not is_signed(public_key=SIGNER.public_key, text="another", signature=signature)
    assert not is_signed(public_key=other.public_key, text="a head", signature=signature)
    assert not is_signed(public_key="no key", text="a head", signature=signature)
    assert not is_signed(public_key=SIGNER.public_key, text="a head", signature="")


def test_the_public_key_is_one_that_other_programs_read() -> None:
    key = load_pem_public_key(SIGNER.public_pem.encode())
    key.verify(bytes.fromhex(SIGNER.signature_of("a head")), b"a head")  # type: ignore[union-attr,call-arg]  # Ed25519
    assert key_id_of(SIGNER.public_key) == SIGNER.key_id


@pytest.mark.parametrize("key", ["", "ab", "zz" * 32, "ab" * 33])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        signer_of(key)
