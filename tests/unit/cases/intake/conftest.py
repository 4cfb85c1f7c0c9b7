import pytest

from tests.sent_documents import full_document


@pytest.fixture
def minimal() -> dict:
    return {"kind": "seizure", "occurred_on": "2013-01-23", "items": [{"category": "small_arm"}]}


@pytest.fixture
def full() -> dict:
    """Every field of the contract, each with a value."""
    return full_document()
