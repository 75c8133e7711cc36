"""conftest.py: a foyer, people in it, and headless Chromium for them."""

import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from foyer import Foyer
from person import Person
from postgres import cluster  # noqa: F401
from scene import FILTERS
from states import STATES, furnish


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    with Foyer(cluster, policy="first", filters=FILTERS) as made:
        yield made


@pytest.fixture(scope="module")
def moderator(foyer):
    """A client, not a browser."""
    return foyer.moderator()


def options(folder, javascript):
    made = webdriver.ChromeOptions()
    made.binary_location = shutil.which("chromium")
    made.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for word in ["--headless=new", "--hide-scrollbars", "--disable-gpu",
                 "--disable-dev-shm-usage", "--force-prefers-reduced-motion",
                 f"--user-data-dir={folder}"]:
        made.add_argument(word)
    if os.geteuid() == 0:
        made.add_argument("--no-sandbox")       # it refuses root otherwise
    if not javascript:
        made.add_experimental_option("prefs", {
            "profile.managed_default_content_settings.javascript": 2})
    return made


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    """driver(javascript, n): the n-th Chromium of its kind; they are kept."""
    drivers = {}

    def get(javascript, n):
        if (javascript, n) not in drivers:
            made = webdriver.Chrome(
                options=options(tmp_path_factory.mktemp("profile"),
                                javascript),
                service=Service(shutil.which("chromedriver")))
            made.set_page_load_timeout(30)
            drivers[javascript, n] = made
        return drivers[javascript, n]

    yield get
    for made in drivers.values():
        made.quit()


@pytest.fixture
def person(driver, foyer):
    """person(javascript=False, width=1280, dark=False): somebody new, with a
    browser. Whatever a browser complained of in its log fails the test."""
    people = []

    def come(javascript=False, width=1280, dark=False):
        made = Person(driver(javascript, len(people)), foyer.port)
        made.look(width, dark)
        people.append(made)
        return made

    yield come
    complaints = [line for each in people for line in each.complaints()]
    assert not complaints


@pytest.fixture(params=[False, True], ids=["plain", "javascript"])
def javascript(request):
    return request.param


@pytest.fixture(scope="module")
def place(foyer, moderator):
    return furnish(foyer, moderator)


@pytest.fixture(params=STATES)
def state(request):
    return STATES[request.param]
