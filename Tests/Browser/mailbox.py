"""A mail server and a gateway for text messages that keep what they take, and fail when they are told to."""

import asyncio
import dataclasses
import email
import email.policy
import http.server
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from homeroom import free_port

# What can happen instead of an answer. Any other act of a fault is the answer itself, such as `550 Nobody here`.
DROP, HOLD = "drop", "hold"
POINTS = ["greeting", "mail", "rcpt", "data", "body", "dot"]


class Authority:
    """Signs certificates that nobody else trusts."""

    def __init__(self, names="DNS:localhost,IP:127.0.0.1"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="authority-"))
        self.file = str(self.folder / "ca.pem")
        self.issue("ca", "/CN=Authority of the tests")
        self.issue("server", "/CN=localhost", "-CA", self.file, "-CAkey", str(self.folder / "ca.key"),
                   "-addext", f"subjectAltName={names}")

    def issue(self, name, subject, *words):
        done = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc",
             "-days", "2", "-subj", subject, "-keyout", str(self.folder / f"{name}.key"),
             "-out", str(self.folder / f"{name}.pem"), *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def context(self):
        """What a server needs to show its certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context

    def remove(self):
        shutil.rmtree(self.folder)


@dataclasses.dataclass
class Fault:
    """What happens at a point of the talk, so many times; `after` so many bytes of a body.

    `keeps`: the mail is taken although its sender hears otherwise, or nothing.
    """

    point: str
    act: str
    times: int = 1_000_000
    after: int = 0
    keeps: bool = False


@dataclasses.dataclass
class Mail:
    """One mail as it was taken."""

    sender: str
    recipients: list
    bytes: bytes
    is_encrypted: bool
    user: str

    def __post_init__(self):
        self.message = email.message_from_bytes(self.bytes, policy=email.policy.default)

    @property
    def id(self):
        """The letter it is."""
        return self.message["message-id"].strip("<>").split("@")[0]


class Mailbox:
    """A mail server on a port of its own, encrypted by `starttls`, `tls` or `none`. With a user it wants a password."""

    def __init__(self, authority, security="starttls", user=None, password=None):
        self.authority, self.security = authority, security
        self.user, self.password = user, password
        self.port = free_port()
        self.mails, self.heard = [], []
        self.connections, self.refused_passwords = 0, 0
        self.fault, self.slowness = None, 0.0
        self.reached, self.released = threading.Event(), threading.Event()
        self.controller = None
        self.start()

    def settings(self, **more):
        """What Homeroom has to be told to find it."""
        named = {
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.port), "SMTP_SECURE": self.security,
            "SMTP_FROM": "Oak Hill School <office@school.example>", "SMTP_TIMEOUT": "2s"}
        if self.security != "none":
            named["SMTP_CA_FILE"] = self.authority.file
        if self.user:
            named |= {"SMTP_USER": self.user, "SMTP_PASSWORD": self.password}
        return named | more

    # ---- Being there and being away ----------------------------------------------------------------------------------

    def start(self):
        self.controller = Door(self)
        self.controller.start()
        # aiosmtpd looks whether its own server answers; that is none of our guests.
        self.connections = 0
        self.heard.clear()
        return self

    def stop(self):
        if self.controller:
            self.released.set()
            # Guests that are waiting for an answer find the line dead.
            self.controller.loop.call_soon_threadsafe(self.controller.hang_up)
            self.controller.stop()
            self.controller = None

    # ---- Faults ------------------------------------------------------------------------------------------------------

    def fail(self, point, act, **more):
        """From now on this happens there."""
        assert point in POINTS
        self.reached.clear()
        self.released.clear()
        self.fault = Fault(point, act, **more)

    def be_well(self):
        """From now on nothing happens; whoever is held goes on."""
        self.fault, self.slowness = None, 0.0
        self.released.set()

    def due(self, point):
        """The fault that is to happen at a point, counted."""
        fault = self.fault
        if not fault or fault.point != point or fault.times == 0:
            return None
        fault.times -= 1
        return fault

    # ---- Mails -------------------------------------------------------------------------------------------------------

    def to(self, address):
        """The mails that went to an address."""
        return [mail for mail in self.mails if address in mail.recipients]

    def copies(self, letter):
        """How often a letter arrived."""
        return sum(mail.id == letter for mail in self.mails)

    def wait(self, address, count=1, seconds=20):
        """Waits until so many mails to an address are there; answers the last."""
        until = time.monotonic() + seconds
        while len(found := self.to(address)) < count:
            assert time.monotonic() < until, f"{len(found)} of {count} mails to {address}"
            time.sleep(0.02)
        return found[-1]


class Door(Controller):
    """Where mail comes in: a thread with its own loop."""

    def __init__(self, mailbox):
        self.mailbox = mailbox
        self.guests = set()
        context = mailbox.authority.context() if mailbox.security != "none" else None
        is_start = mailbox.security == "starttls"
        more = {}
        if mailbox.user:
            more = {"auth_required": True, "auth_require_tls": is_start, "authenticator": self.let_in}
        super().__init__(
            self, hostname="127.0.0.1", port=mailbox.port, ssl_context=context if mailbox.security == "tls" else None,
            tls_context=context if is_start else None, require_starttls=is_start, data_size_limit=None, **more)

    def _create_server(self):
        # A narrow way in: little is on it at a time, so that who stops reading is noticed long before the end of a mail.
        way = socket.create_server((self.hostname, self.port))
        way.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        way.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1000)
        return self.loop.create_server(self._factory_invoker, sock=way, ssl=self.ssl_context)

    def factory(self):
        return Talk(self.handler, self.mailbox, self.guests, **self.SMTP_kwargs)

    def let_in(self, server, session, envelope, mechanism, data):
        mailbox = self.mailbox
        is_right = data.login == mailbox.user.encode() and data.password == mailbox.password.encode()
        mailbox.refused_passwords += not is_right
        return AuthResult(success=is_right, handled=False, auth_data=mailbox.user if is_right else None)

    def hang_up(self):
        for guest in list(self.guests):
            if guest.transport:
                guest.transport.abort()

    async def handle_DATA(self, server, session, envelope):
        mailbox = self.mailbox
        fault = mailbox.due("dot")
        if fault is None or fault.keeps:
            mailbox.mails.append(Mail(
                envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content, server.is_encrypted(),
                session.auth_data))
        return (await server.meet(fault) if fault else None) or "250 2.0.0 Taken"


class Talk(SMTP):
    """What is said on one connection."""

    def __init__(self, handler, mailbox, guests, **more):
        self.mailbox, self.guests = mailbox, guests
        super().__init__(handler, **more)

    def is_encrypted(self):
        return self.session.ssl is not None or self.mailbox.security == "tls"

    async def meet(self, fault):
        """Lets a fault happen; answers what is said, if anything is."""
        self.mailbox.reached.set()
        if fault.act == DROP:
            self.transport.abort()
            await asyncio.sleep(3600)  # Until the loop notices, and ends this.
        if fault.act != HOLD:
            return fault.act
        line = self._original_transport or self.transport
        line.pause_reading()
        while not self.mailbox.released.is_set():
            await asyncio.sleep(0.01)
        if not line.is_closing():
            line.resume_reading()
        return None

    async def at(self, point):
        """Something may happen here. Answers whether that was all that is to be said."""
        self.mailbox.heard.append((point, self.is_encrypted()))
        if self.mailbox.slowness:
            await asyncio.sleep(self.mailbox.slowness)
        fault = self.mailbox.due(point)
        said = await self.meet(fault) if fault else None
        if said:
            await self.push(said)
        return bool(said)

    async def _handle_client(self):
        self.mailbox.connections += 1
        self.guests.add(self)
        try:
            if not await self.at("greeting"):
                await super()._handle_client()
        finally:
            self.guests.discard(self)

    async def smtp_MAIL(self, arg):
        if not await self.at("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.at("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if await self.at("data"):
            return
        reader = self._reader
        if fault := self.mailbox.due("body"):
            self._reader = Counted(reader, fault, self)
        try:
            await super().smtp_DATA(arg)
        finally:
            self._reader = reader


class Counted:
    """Reads lines until something happens in the middle of them."""

    def __init__(self, reader, fault, talk):
        self.reader, self.fault, self.talk, self.count = reader, fault, talk, 0

    async def readuntil(self, separator):
        line = await self.reader.readuntil(separator)
        before, self.count = self.count, self.count + len(line)
        if before < self.fault.after <= self.count:
            await self.talk.meet(self.fault)
        return line


# ---- Text messages ---------------------------------------------------------------------------------------------------


class Gateway:
    """Takes text messages by HTTP and answers `status`; DROP: hears all and hangs up."""

    def __init__(self):
        self.got, self.status = [], 202
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                gateway.got.append((self.path, dict(self.headers.items()), body))
                if gateway.status == DROP:
                    self.close_connection = True
                    return
                self.send_response(gateway.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/send"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def settings(self, **more):
        return {"SMS_GATEWAY_URL": self.url, "SMS_GATEWAY_TOKEN": "gateway-token-of-the-tests"} | more

    def bodies(self, letter):
        """What came for a letter, each time."""
        return [body for _, _, body in self.got if body["id"] == letter]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
