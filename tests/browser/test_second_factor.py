"""test_second_factor.py: a second factor set up and used in a browser, and the
pages of accounts looked at."""

import npm
import pytest
from looks import AXE, CONTRAST, OVERFLOW
from totp import code


def fits(person, width, dark):
    """Nothing scrolls sideways, nothing is pale, axe-core finds nothing."""
    person.look(width, dark)
    wide = [each for each in person.script(OVERFLOW)
            if 'class="wide"' not in each]
    assert not wide and not person.script(CONTRAST)
    person.script(npm.text("axe-core/axe.min.js"))
    assert person.driver.execute_async_script(AXE) == []


def test_a_second_factor_is_set_up_and_asked_for(foyer, person, javascript):
    name = f"browser {javascript}"
    password = foyer.add_account(name, "owner")
    who = person(javascript=javascript)
    who.expected.add(401)
    who.sign_in(name, password)
    who.go("/foyer/account").click("Set it up")
    square = who.find("svg.qr").rect
    assert square["width"] == square["height"] > 150
    secret = who.words(".secret").replace(" ", "")
    who.fill(code="000000").click("Turn it on")
    assert "not right" in who.words("[role=alert]")
    assert who.words(".secret").replace(" ", "") == secret
    who.fill(code=code(secret)).click("Turn it on")
    codes = [item.text for item in who.all(".codes li code")]
    assert len(set(codes)) == 10
    who.go("/foyer/account").click("Sign out everywhere")
    who.sign_in(name, password)
    assert "password is right" in who.words("[role=status]")
    who.fill(code=code(secret, 1)).click("Sign in")
    assert who.path == "/foyer/admin/"
    who.go("/foyer/account").click("Sign out everywhere")
    who.sign_in(name, password)
    who.fill(code=codes[0].lower()).click("Sign in")
    assert who.path == "/foyer/admin/"
    who.go("/foyer/account/totp")
    assert "9 codes for recovery are left" in who.words()


@pytest.fixture(scope="module")
def owner_password(foyer):
    for role in ["reviewer", "moderator"]:
        foyer.add_account(f"a {role} with a rather long name", role)
    return foyer.add_account("the owner", "owner")


@pytest.mark.parametrize("path", [
    "/foyer/account", "/foyer/account/totp", "/foyer/admin/accounts",
    "/foyer/admin/log"])
def test_accounts_pages_are_for_everybody(foyer, person, owner_password, path):
    who = person(javascript=True)
    who.sign_in("the owner", owner_password)
    who.go("/foyer/admin/accounts").click("Make a link")
    link = who.find("#made").get_attribute("value")
    who.go(path)
    for width, dark in [(360, False), (1280, True)]:
        fits(who, width, dark)
    who.driver.get(link)
    fits(who, 360, False)
