"""test_keys.py: keys are rotated and retired under a running foyerd: nobody is
logged out before their time, and what was sealed dies with its key."""

import signal

import pytest

from foyer import settings_text
from process import wait_until
from test_rights import invited
from test_signing_in import enrol, fresh, sign_in
from totp import code

SETTINGS = {"filters": {}, "policy": "open"}


def reload(foyer):
    before = foyer.others()
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: not set(before) & set(foyer.others()), "a reload", 30)


def files(foyer, kind):
    return sorted(path.name for path
                  in (foyer.folder / "keys").glob(f"*.{kind}.key"))


class Story:
    """What was sealed with the first keys; then they are rotated."""

    def __init__(self, foyer):
        self.foyer = foyer
        self.guest, self.owner = foyer.reader(), foyer.moderator("own",
                                                                 "owner")
        self.posted = self.guest.comment(foyer.slugs[0], "By a guest.").json
        self.link = invited(self.owner)
        self.password = foyer.add_account("two", "moderator")
        two = foyer.reader()
        sign_in(foyer, "two", self.password, two)
        self.secret, _ = enrol(two)
        self.signed, self.sealed = files(foyer, "sign"), files(foyer, "box")
        foyer.ctl("key", "rotate")
        reload(foyer)

    def signs_in(self):
        """With both factors."""
        fresh(self.foyer, "two")
        said = sign_in(self.foyer, "two", self.password,
                       code=code(self.secret))
        return said.status == 200

    def guest_is_known(self):
        there = (f"/foyer/threads/{self.foyer.slugs[0]}/comments/"
                 f"{self.posted['id']}/edit")
        return self.guest.post_json(there, {"body": "Again."}).status == 200

    def link_is_good(self):
        return self.foyer.reader().get(self.link).status == 200


@pytest.fixture(scope="module")
def story(foyer):
    return Story(foyer)


def test_rotating_logs_nobody_out(story):
    assert story.guest_is_known() and story.link_is_good()
    assert story.owner.get("/foyer/admin/accounts").status == 200
    assert story.signs_in()


def test_a_key_stays_while_its_second_factors_can_not_be_sealed_anew(story):
    said = story.foyer.ctl("--database", "host=/nowhere", "key", "retire",
                           story.sealed[0], check=False)
    assert said.returncode == 1 and "the key stays" in said.stderr, said
    assert story.sealed[0] in files(story.foyer, "box")


def test_a_key_stays_while_it_has_sealed_what_is_another_sites(story):
    foyer = story.foyer
    foyer.query("INSERT INTO site (id, name) VALUES (2, 'other')")
    other = foyer.folder / "other.conf"
    other.write_text(settings_text(foyer.settings | {"site": "other"},
                                   foyer.filters))
    other.chmod(0o644)
    said = foyer.ctl("--conf", str(other), "key", "retire", story.sealed[0],
                     check=False)
    assert said.returncode == 1 and not said.stdout, said
    assert "1 second factors or mail addresses" in said.stderr, said
    assert story.sealed[0] in files(foyer, "box")
    foyer.query("DELETE FROM site WHERE name = 'other'")


def test_what_a_retired_key_sealed_is_over_but_not_second_factors(story):
    foyer = story.foyer
    said = foyer.ctl("key", "retire", story.sealed[0]).stdout
    assert said == f"1 second factors sealed anew\n{story.sealed[0]}\n"
    for each in story.signed:
        foyer.ctl("key", "retire", each)
    reload(foyer)
    assert not story.link_is_good()
    assert not story.guest_is_known()
    assert story.signs_in()
    owner = foyer.moderator("another", "owner")
    assert foyer.reader().get(invited(owner)).status == 200
