"""Where the checkout lies."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout's root."""
    return Path(__file__).resolve().parents[2]
