"""conftest.py: a database with 100,000 comments, for all tests here."""

import pytest

from filled import FILL
from postgres import cluster  # noqa: F401


@pytest.fixture(scope="session")
def full(cluster):  # noqa: F811
    """The database's name. Its feed begins at transaction 1."""
    name = cluster.fresh()
    with cluster.connect(name) as db:
        db.execute(FILL)
        db.execute("VACUUM ANALYZE")
    return name
