"""person.py: somebody in front of a browser, who reads, clicks and types."""

import re

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

STATUS = re.compile(r"responded with a status of (\d+)")
HEIGHT = 800
SCRIPTED = ".foyer[data-slug] > .unseen[role=status]"
# The number of the comment that was sent, 0 if it was refused.
ANSWERED = """
if (document.querySelector('.foyer [role=alert]'))
    return 0;
const e = document.querySelector('.here[id^=here-]') ??
    document.activeElement.closest('.comment[id]');
return e && +e.id.match(/[0-9]+/)[0];
"""


class Person:
    def __init__(self, driver, port):
        self.driver, self.origin = driver, f"http://127.0.0.1:{port}"
        self.expected = set()           # statuses of pages that are no faults
        driver.get("about:blank")
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        driver.get_log("browser")

    def look(self, width, dark=False, media="", **features):
        """Exactly so wide, though a window can't be that narrow. features: of
        the person's settings, forced_colors="active"."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": HEIGHT, "deviceScaleFactor": 1,
            "mobile": False})
        features |= {"prefers_color_scheme": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "media": media, "features": [
                {"name": name.replace("_", "-"), "value": value}
                for name, value in features.items()]})

    def complaints(self):
        """What the console says: errors, refused by policy, failed loads. The
        icon is the journal's, at its own place."""
        for entry in self.driver.get_log("browser"):
            status = STATUS.search(entry["message"])
            if status and ("/favicon.ico" in entry["message"]
                           or int(status[1]) in self.expected):
                continue
            yield entry["message"]

    # ---- where ----

    def go(self, path):
        self.driver.get(self.origin + path)
        return self

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.origin)

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    # ---- reading ----

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def words(self, selector="body"):
        """What is seen of it, in one line."""
        return " ".join(self.find(selector).text.split())

    # ---- doing ----

    def named(self, text, within="body"):
        """The link or button that says so."""
        return self.find(within).find_element(
            By.XPATH, f".//*[self::a or self::button or self::summary]"
            f"[normalize-space() = '{text}']")

    def click(self, text, within="body"):
        """One that leads to another page; waits until it is there."""
        return self.leave(self.named(text, within).click)

    def leave(self, go):
        self.script("window.left = true")
        go()
        WebDriverWait(self.driver, 20, 0.02, [WebDriverException]).until(
            lambda _: self.script("return !window.left && "
                                  "document.readyState == 'complete'"))
        return self

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()
        return self

    @property
    def focused(self):
        return self.driver.switch_to.active_element

    def tab_to(self, selector):
        """By the keyboard alone; what has the focus then."""
        for _ in range(200):
            self.press(Keys.TAB)
            if self.script("return document.activeElement.matches("
                           "arguments[0])", selector):
                return self.focused
        raise AssertionError(f"Tab does not come to {selector}")

    def enter(self):
        """On what leads to another page."""
        return self.leave(lambda: self.press(Keys.ENTER))

    def fill(self, within="body", **fields):
        for name, text in fields.items():
            field = self.find(f"{within} [name={name}]")
            field.clear()
            if len(text) < 1000 and text.isprintable():
                field.send_keys(text)
            else:
                self.script("arguments[0].value = arguments[1]", field, text)
        return self

    def comment(self, slug, author, body):
        """Sends the form below a review. With scripts the answer comes into
        the page; then on to the comment's own, where one is without them."""
        self.go(f"/reviews/{slug}").fill(".write", author=author, body=body)
        number = self.post("Send comment")
        return self.go(f"/foyer/threads/{slug}/comments/{number}") \
            if number else self

    def post(self, text):
        """Presses a form's button; the number of the comment, if the answer
        came into this page, or 0."""
        if not self.all(SCRIPTED):
            self.click(text)
            return 0
        self.named(text).click()
        return self.wait(ANSWERED)

    def send(self, text, shows):
        """Presses a form's button; with scripts the answer comes here."""
        if not self.all(SCRIPTED):
            return self.click(text)
        self.named(text).click()
        self.wait("return document.querySelector(arguments[0]) && 1", shows)
        return self

    def wait(self, script, *arguments):
        """What the script returns, once that is something; 0 is."""
        def answer(_):
            given = self.script(script, *arguments)
            return None if given in (None, "", []) else [given]
        return WebDriverWait(self.driver, 20, 0.02).until(answer)[0]

    def rule(self, act, number):
        """On what waits. With scripts the page stays."""
        if not self.by_script:
            return self.click(act, f"#held-{number}")
        self.named(act, f"#held-{number}").click()
        self.wait("return document.getElementById(arguments[0]).hidden ||"
                  " null", f"held-{number}")
        return self

    @property
    def by_script(self):
        """Whether the queue is acted on in place."""
        return bool(self.all("[data-part=keys]"))

    def select_all(self):
        link = self.find("#many .all a")
        if self.by_script:
            link.click()
            return self
        return self.leave(link.click)

    def rule_all(self, act):
        """On all that is selected."""
        if not self.by_script:
            return self.click(act, "#many")
        self.named(act, "#many").click()
        self.wait("return document.querySelector('.held:not([hidden])') ?"
                  " null : 1")
        return self

    def undo(self):
        """What was done last."""
        if not self.by_script:
            return self.click("Undo", ".done")
        self.press("u")
        self.wait("return document.querySelector('.ruled') ? null : 1")
        return self

    def sign_in(self, name, password):
        self.go("/foyer/admin/").fill(name=name, password=password)
        return self.click("Sign in")
