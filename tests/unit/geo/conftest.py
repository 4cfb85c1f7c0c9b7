import pytest

from geo.locate import Geography, geography


@pytest.fixture(scope="session")
def places() -> Geography:
    """The reference geography that `make setup` built."""
    return geography()
