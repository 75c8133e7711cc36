"""test_mailer.py: mail reaches its server, whatever that server does."""

import os
import re
import signal
import ssl
import subprocess
import uuid

import pytest

from foyer import Foyer, free_port, own
from postbox import Postbox
from process import wait_until

MANY = 12
LINK = re.compile(r"http:\S+link=\S+")


@pytest.fixture(autouse=True)
def willing(box):
    """Each test begins with a server that takes all."""
    box.answers.clear()


@pytest.fixture(scope="module")
def foyer(cluster, box):
    with Foyer(cluster, policy="open", filters={}, **box.settings) as made:
        yield made


def ask(foyer, address):
    """Somebody's comment that wants mail; its number."""
    said = foyer.reader().comment(foyer.slugs[0], str(uuid.uuid4()),
                                  email=address, follow=True)
    assert said.status == 201, said
    return said.json["id"]


def row(foyer, number):
    """How often it was tried, whether it is over, whether it is due soon."""
    return foyer.query("SELECT tried, over_at IS NOT NULL, due_at < now()"
                       " + interval '30 s' FROM outbox WHERE comment_id = %s",
                       number)[0]


def now(foyer, number):
    foyer.query("UPDATE outbox SET due_at = now() WHERE comment_id = %s",
                number)


def counted(foyer, result):
    name = f'foyer_mails_total{{result="{result}"}} '
    text = foyer.reader().get("/foyer/metrics").text
    return int(text.partition(name)[2].partition("\n")[0])


# ---- what a server may say ----

def test_what_is_refused_for_good_is_given_up(foyer, box, address):
    before, box.answers["RCPT"] = counted(foyer, "failed"), "550 no such user"
    number = ask(foyer, address)
    wait_until(lambda: row(foyer, number)[:2] == (1, True))
    assert counted(foyer, "failed") == before + 1
    assert f"mail confirm {number}-0 given up" in foyer.daemon.output()
    assert address not in foyer.daemon.output()


@pytest.mark.parametrize("when", ["RCPT", "DATA"])
def test_what_is_refused_for_now_is_tried_again_later(foyer, box, address,
                                                      when):
    box.answers[when] = "451 later"
    number = ask(foyer, address)
    wait_until(lambda: row(foyer, number) == (1, False, False))
    now(foyer, number)
    wait_until(lambda: row(foyer, number) == (2, False, False))
    box.answers.clear()
    now(foyer, number)
    box.wait(address)
    wait_until(lambda: row(foyer, number)[1])


def test_a_mail_that_is_sent_twice_is_the_same(foyer, box, address):
    box.answers["AFTER"] = "451 who knows"
    number = ask(foyer, address)
    box.wait(address)
    box.answers.clear()
    now(foyer, number)
    first, second = box.wait(address, 2)
    assert first["Message-ID"] == second["Message-ID"]


def test_after_a_day_it_is_given_up(foyer, box, address):
    box.answers["RCPT"] = "451 later"
    number = ask(foyer, address)
    wait_until(lambda: row(foyer, number) == (1, False, False))
    foyer.query("UPDATE outbox SET made_at = made_at - interval '25 hours'"
                " WHERE comment_id = %s", number)
    now(foyer, number)
    wait_until(lambda: row(foyer, number)[1])
    assert box.to(address) == []


def test_one_that_hangs_holds_up_nobody(foyer, box, address):
    asked, box.answers["RCPT"] = box.asked, "hang"
    ask(foyer, address)
    wait_until(lambda: box.asked > asked)
    client = foyer.reader()
    assert client.get("/foyer/health").json["status"] == "ok"
    assert client.comment(foyer.slugs[0], str(uuid.uuid4())).status == 201
    assert foyer.stop() == 0
    box.answers.clear()
    foyer.start()
    assert len(box.wait(address)) == 1


def test_a_process_that_dies_leaves_its_mail_to_the_next(foyer, box, address):
    asked, box.answers["RCPT"] = box.asked, "hang"
    number = ask(foyer, address)
    wait_until(lambda: box.asked > asked)
    for pid in foyer.others():
        os.kill(pid, signal.SIGKILL)
    box.answers.clear()
    assert row(foyer, number) == (1, False, False)
    now(foyer, number)
    assert len(box.wait(address)) == 1


# ---- servers that are not there, and many of us ----

def test_mail_waits_for_a_server_that_is_away(cluster, address):
    port = free_port()
    with Foyer(cluster, policy="open", filters={}, mail_starttls=False,
               mail_server=f"smtp://127.0.0.1:{port}",
               mail_from="foyer@journal.example") as foyer:
        number = ask(foyer, address)
        wait_until(lambda: "mail server: " in foyer.daemon.output())
        wait_until(lambda: row(foyer, number) == (0, False, True))
        metrics = foyer.reader().get("/foyer/metrics").text
        assert "\nfoyer_outbox_mails 1\n" in metrics
        assert foyer.well()
        with Postbox(port=port) as box:
            box.wait(address)
        wait_until(lambda: "mail server: back" in foyer.daemon.output())
        assert foyer.daemon.output().count("mail server: ") == 2


def test_two_nodes_send_each_mail_once(cluster, foyer, box):
    tag = uuid.uuid4().hex[:12]
    with Foyer(cluster, filters={}, like=foyer, **box.settings) as second:
        for n in range(MANY):
            ask([foyer, second][n % 2], f"{tag}-{n}@reader.example")
        wait_until(lambda: not foyer.query(
            "SELECT 1 FROM outbox WHERE over_at IS NULL"), "the outbox", 30)
    assert [len(box.to(f"{tag}-{n}@reader.example"))
            for n in range(MANY)] == [1] * MANY


# ---- who the server is ----

def written(foyer, name, text):
    path = foyer.folder / name
    path.write_text(text)
    own(foyer.folder)
    return str(path)


def said_by_check(foyer):
    return next(line for line in foyer.ctl("check", check=False)
                .stdout.splitlines() if line.startswith("mail: "))


def test_the_server_is_signed_in_to(foyer, address):
    before = dict(foyer.settings)
    with Postbox(login=("foyer", "a secret")) as box:
        foyer.write_conf(**box.settings, mail_login="foyer",
                         mail_password_file=written(foyer, "pw", "a secret\n"))
        assert said_by_check(foyer) == f"mail: ok ({box.url})"
        done = foyer.ctl("mail", "test", address)
        assert done.stdout == f"{box.url} has taken it\n"
        [mail] = box.to(address)
        assert mail["Subject"] == "Mail from The Sample Journal"
        written(foyer, "pw", "another")
        assert said_by_check(foyer).startswith(f"mail: wrong: {box.url}: ")
        assert "535" in said_by_check(foyer)
        done = foyer.ctl("mail", "test", address, check=False)
        assert done.returncode == 1 and "another" not in done.stderr
    foyer.settings = before
    foyer.write_conf()


def test_check_says_what_is_wrong_with_mail(foyer):
    before = dict(foyer.settings)
    for settings, wrong in [
            ({"mail_server": f"smtp://127.0.0.1:{free_port()}"}, "onnect"),
            ({"mail_password_file": "/nonexistent"}, "/nonexistent: No such"),
            ({"mail_password_file": written(foyer, "none", "")}, "expected a")]:
        foyer.settings = before | settings
        foyer.write_conf()
        assert wrong in said_by_check(foyer)
    foyer.settings = before
    foyer.write_conf()
    done = foyer.ctl("mail", "test", "a@b@c", check=False)
    assert done.returncode == 2 and "look like a mail address" in done.stderr


def test_a_server_without_tls_gets_nothing_unless_that_is_said(foyer, box,
                                                               address):
    before = dict(foyer.settings)
    foyer.write_conf(mail_starttls=True)
    assert said_by_check(foyer).startswith("mail: wrong")
    assert foyer.ctl("mail", "test", address, check=False).returncode == 1
    assert box.to(address) == []
    foyer.settings = before
    foyer.write_conf()


def test_tls_is_used_and_its_certificate_checked(foyer, address):
    before = dict(foyer.settings)
    key, ca = foyer.folder / "key.pem", foyer.folder / "ca.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
                    "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", ca],
                   check=True, capture_output=True)
    own(foyer.folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, key)
    with Postbox(tls_context=context, require_starttls=True) as box:
        foyer.write_conf(**box.settings | {"mail_starttls": True})
        assert "certificate" in said_by_check(foyer)
        foyer.write_conf(mail_ca=str(ca))
        foyer.ctl("mail", "test", address)
        assert len(box.to(address)) == 1
    foyer.settings = before
    foyer.write_conf()


def test_an_address_outlives_the_key_that_sealed_it(foyer, box, address):
    reader = foyer.reader()
    number = reader.comment(foyer.slugs[0], "Before.", email=address,
                            follow=True).json["id"]
    reader.submit(reader.get(LINK.search(
        box.wait(address)[0].get_content()).group()).form("/confirm"))
    old = next((foyer.folder / "keys").glob("*.box.key")).name
    foyer.ctl("key", "new", "box")
    foyer.stop()
    foyer.start()
    said = foyer.ctl("key", "retire", old).stdout
    assert "mail addresses sealed anew\n" in said
    foyer.stop()
    foyer.start()
    foyer.reader().comment(foyer.slugs[0], "After.", parent=number)
    assert "After." in box.wait(address, 2)[1].get_content()
