"""conftest.py: a foyer and headless Chromium, as wide and as dark as asked."""

import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from foyer import Foyer
from postgres import cluster  # noqa: F401


@pytest.fixture(scope="module")
def foyer(cluster):  # noqa: F811
    with Foyer(cluster, policy="first") as made:
        yield made


@pytest.fixture(scope="module")
def moderator(foyer):
    return foyer.moderator()


def options(folder, javascript):
    made = webdriver.ChromeOptions()
    made.binary_location = shutil.which("chromium")
    for word in ["--headless=new", "--hide-scrollbars", "--disable-gpu",
                 "--disable-dev-shm-usage", f"--user-data-dir={folder}"]:
        made.add_argument(word)
    if os.geteuid() == 0:
        made.add_argument("--no-sandbox")       # it refuses root otherwise
    if not javascript:
        made.add_experimental_option("prefs", {
            "profile.managed_default_content_settings.javascript": 2})
    return made


def viewport(driver, width, height):
    """Exactly so, though a window can't be that narrow."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1,
        "mobile": False})


def colours(driver, dark):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme",
                      "value": "dark" if dark else "light"}]})


@pytest.fixture
def browser(tmp_path):
    """browser(width=1280, javascript=True, dark=False): a driver."""
    drivers = []

    def start(width=1280, height=900, javascript=True, dark=False):
        folder = tmp_path / f"profile{len(drivers)}"
        driver = webdriver.Chrome(
            options=options(folder, javascript),
            service=Service(shutil.which("chromedriver")))
        drivers.append(driver)
        driver.set_page_load_timeout(30)
        viewport(driver, width, height)
        colours(driver, dark)
        return driver

    yield start
    for driver in drivers:
        driver.quit()
