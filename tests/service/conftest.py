"""conftest.py: a foyer for a module of tests, and the people in it."""

import uuid

import pytest

from foyer import Foyer
from postbox import Postbox
from postgres import cluster  # noqa: F401


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """What foyerd said last stands with a test that failed."""
    report = (yield).get_result()
    made = getattr(item, "funcargs", {}).get("foyer")
    if report.failed and isinstance(made, Foyer):
        said = made.daemon.output().splitlines()[-30:]
        report.sections.append(("the end of foyerd's log", "\n".join(said)))


@pytest.fixture(scope="module")
def foyer(request, cluster):  # noqa: F811
    """What the module's SETTINGS ask for; thread policy open unless it says."""
    settings = {"policy": "open"} | getattr(request.module, "SETTINGS", {})
    with Foyer(cluster, **settings) as made:
        yield made


@pytest.fixture
def reader(foyer):
    return foyer.reader()


@pytest.fixture(scope="module")
def moderator(foyer):
    return foyer.moderator()


@pytest.fixture(scope="module")
def slug(foyer):
    return foyer.slugs[0]


# ---- mail ----

@pytest.fixture(scope="module")
def box():
    with Postbox() as made:
        yield made


@pytest.fixture
def address():
    """One of this test alone."""
    return f"{uuid.uuid4().hex[:12]}@reader.example"
