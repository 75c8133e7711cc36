"""picture.py: makes docs/review.png, README's picture.

usage: PYTHONPATH=tests/lib /usr/bin/python3 tests/browser/picture.py FILE

A sample review and the beginning of its thread; of the review's text only the
first two paragraphs, or the thread would not fit. It shows the fonts that are
installed. `pngquant 64` makes it small.
"""

import base64
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from conftest import options
from foyer import Foyer
from person import Person
from postgres import Cluster
from scene import FILTERS, Scene

SHORTEN = """
document.querySelectorAll('.review .text > p:nth-of-type(n + 3), .updated')
    .forEach(e => e.remove());
"""
END = """
return document.querySelector('.thread > li:first-child')
    .getBoundingClientRect().bottom;
"""


def picture(driver, foyer):
    slug = "the-new-babylon-1929"
    Scene(foyer, foyer.moderator()).talk(slug)
    reader = Person(driver, foyer.port)
    reader.look(1280)
    reader.go(f"/reviews/{slug}").script(SHORTEN)
    taken = driver.execute_cdp_cmd("Page.captureScreenshot", {
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": 1280, "height": reader.script(END),
                 "scale": 1}})
    return base64.b64decode(taken["data"])


def main():
    driver = webdriver.Chrome(options=options(tempfile.mkdtemp(), True),
                              service=Service("/usr/bin/chromedriver"))
    try:
        with Cluster() as cluster, \
                Foyer(cluster, filters=FILTERS) as foyer, \
                open(sys.argv[1], "wb") as file:
            file.write(picture(driver, foyer))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
