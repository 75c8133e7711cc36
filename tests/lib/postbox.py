"""postbox.py: a mail server (aiosmtpd) that keeps what it is given.

    with Postbox() as box:
        box.wait(lambda mail: "replies" in mail["Subject"])

`answers` maps "RCPT" or "DATA" to what it says instead of taking a mail,
"AFTER" to what it says though it took it; "hang" lets it say nothing until it
is told otherwise.
"""

import asyncio
import email
import email.policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from foyer import free_port
from process import wait_until


class Handler:
    def __init__(self, box):
        self.box = box

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.box.asked += 1
        while self.box.answers.get("RCPT") == "hang":
            await asyncio.sleep(0.05)
        if said := self.box.answers.get("RCPT"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if said := self.box.answers.get("DATA"):
            return said
        after = self.box.answers.get("AFTER", "250 OK")
        mail = email.message_from_bytes(envelope.content,
                                        policy=email.policy.default)
        self.box.mails.append((envelope.rcpt_tos[0], mail, envelope))
        return after


class Postbox(Controller):
    def __init__(self, login=None, port=None, **more):
        self.mails, self.answers, self.asked = [], {}, 0
        self.login = login
        if login:
            more |= {"authenticator": self.check, "auth_required": True,
                     "auth_require_tls": False}
        super().__init__(Handler(self), hostname="127.0.0.1",
                         port=port or free_port(), **more)

    def check(self, server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self.login, handled=False)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.answers.clear()
        if self.server:
            self.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def settings(self):
        return {"mail_server": self.url, "mail_starttls": False,
                "mail_from": "foyer@journal.example", "mail_rate": 6000}

    def to(self, address):
        return [mail for to, mail, _ in list(self.mails) if to == address]

    def wait(self, address, many=1):
        """The mails to that address, once there are so many."""
        wait_until(lambda: len(self.to(address)) >= many,
                   f"mail to {address}", 30)
        return self.to(address)
