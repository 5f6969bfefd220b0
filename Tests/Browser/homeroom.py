"""Homeroom as an outsider sees it: the program, its servers and its API. Nothing here knows what is inside."""

import contextlib
import email.utils
import json
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import tempfile
import time

import httpx

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("HOMEROOM_PROGRAM", str(ROOT / ".build/debug/homeroom"))
POSTGRES = os.environ.get("HOMEROOM_TEST_POSTGRES")
REDIS = os.environ.get("HOMEROOM_TEST_REDIS")
ENGINES = ["sqlite"] + (["postgres"] if POSTGRES else [])


def free_port():
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def psql(url, statement):
    """Runs one statement in a PostgreSQL database; answers its rows as lists of text."""
    done = subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", url, "-c", statement],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"psql: {done.stderr.strip()}")
    return [line.split("\x1f") for line in done.stdout.splitlines() if line]


class Installation:
    """A school of its own: a data folder, a database, and the commands over both."""

    def __init__(self, engine, limits=False, settings=None):
        self.engine = engine
        self.folder = tempfile.mkdtemp(prefix="homeroom-")
        self.settings = {"RATE_LIMIT": "on" if limits else "off"} | (settings or {})
        self.accounts = {}
        self.nodes = []
        self.workers = []
        if engine == "postgres":
            name = f"homeroom_{secrets.token_hex(6)}"
            psql(POSTGRES, f"CREATE DATABASE {name}")
            self.database = POSTGRES.rsplit("/", 1)[0] + "/" + name
            # Nodes with folders of their own share the key that seals what stands in the database.
            self.settings |= {"DATABASE_URL": self.database, "HOMEROOM_MASTER_KEY": secrets.token_hex(32)}
        else:
            self.database = os.path.join(self.folder, "homeroom.sqlite")
            self.settings |= {"DATABASE_URL": f"sqlite:{self.database}"}
        self.settings["HOMEROOM_DATA"] = self.folder

    def environment(self):
        """What a command sees: the machine's environment without settings that happen to stand there."""
        ours = ("HOMEROOM_", "DATABASE_URL", "RATE_LIMIT", "REDIS_URL", "PORT", "API_PORT", "HOST", "SEED_ADMIN", "JWT_",
                "SMTP_", "SMS_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | self.settings

    def run(self, *words, ok=(0,), timeout=600):
        """Runs `homeroom WORDS` on this school; answers what it wrote. Fails on another exit code than `ok`."""
        done = subprocess.run(
            [PROGRAM, *words], env=self.environment(), capture_output=True, text=True,
            timeout=timeout, check=False)
        if done.returncode not in ok:
            raise RuntimeError(
                f"homeroom {' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def seed(self, students=120):
        """Makes the demo school; afterwards `accounts` has an e-mail address and a password for each role."""
        self.run("migrate", "up")
        last = self.run("seed", "demo", "--students", str(students), "--json").strip().splitlines()[-1]
        self.accounts = {one["role"]: (one["email"], one["password"]) for one in json.loads(last)["accounts"]}
        return self

    def serve(self, folder=None, settings=None, words=()):
        """Starts a server and waits until it is ready."""
        node = Node(self, folder or self.folder, settings or {}, words)
        self.nodes.append(node)
        return node.start()

    def work(self, folder=None, settings=None):
        """Starts a worker of its own and waits until it works."""
        worker = Worker(self, folder or self.folder, settings or {})
        self.workers.append(worker)
        return worker.start()

    def rows(self, statement):
        """Asks the database itself, behind the program's back. Identifiers come as 32 hexadecimal digits."""
        if self.engine == "postgres":
            return [[cell.replace("-", "") if len(cell) == 36 else cell for cell in row]
                    for row in psql(self.database, statement)]
        import sqlite3

        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return [[cell.hex() if isinstance(cell, bytes) else cell for cell in row]
                    for row in database.execute(statement)]

    def remove(self):
        """Stops what runs and leaves nothing behind."""
        for process in self.nodes + self.workers:
            process.kill()
        subprocess.run(["rm", "-rf", self.folder], check=False)
        if self.engine == "postgres":
            name = self.database.rsplit("/", 1)[1]
            with contextlib.suppress(RuntimeError):
                psql(POSTGRES, f"DROP DATABASE {name} WITH (FORCE)")


class Process:
    """A command that goes on until it is told to stop."""

    def __init__(self, installation, folder, settings, name):
        self.installation = installation
        self.folder = folder
        self.settings = settings
        self.process = None
        self.log_path = os.path.join(installation.folder, f"log-{name}.jsonl")
        self.ready_after = None

    def begin(self, words, is_ready, patience):
        """Starts the program and waits until it is ready; `ready_after` is how long that took."""
        begun = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, *words], env=self.installation.environment() | self.settings, stdout=log, stderr=log,
                start_new_session=True)
        while time.monotonic() - begun < patience:
            if self.process.poll() is not None:
                raise RuntimeError(f"{words[0]} ended with {self.process.returncode}:\n{self.log()[-3000:]}")
            if is_ready():
                self.ready_after = time.monotonic() - begun
                return self
            time.sleep(0.005)
        self.kill()
        raise RuntimeError(f"{words[0]} was not ready after {patience} s:\n{self.log()[-3000:]}")

    def log(self):
        """Everything it has written so far."""
        return pathlib.Path(self.log_path).read_text(encoding="utf-8", errors="replace")

    def stop(self):
        """Stops it as an operator would; answers the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill(self):
        """Stops it as a power cut would."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=30)

    def sleep(self):
        """Puts it to sleep in the middle of whatever it does."""
        self.process.send_signal(signal.SIGSTOP)

    def wake(self):
        """Lets it go on as if no time had passed."""
        self.process.send_signal(signal.SIGCONT)


class Worker(Process):
    """One `homeroom work`."""

    def __init__(self, installation, folder, settings):
        super().__init__(installation, folder, settings, f"work-{secrets.token_hex(3)}")

    def start(self, patience=30):
        """Starts the program and waits until it says that it works."""
        said = len(self.log()) if os.path.exists(self.log_path) else 0
        return self.begin(["work", "--data", self.folder], lambda: " works on jobs" in self.log()[said:], patience)


class Node(Process):
    """One `homeroom serve`."""

    def __init__(self, installation, folder, settings, words=()):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.words = list(words)
        super().__init__(installation, folder, settings, self.port)

    def start(self, patience=30):
        """Starts the program and waits until it says that it is ready."""
        return self.begin(
            ["serve", "--data", self.folder, "--port", str(self.port), *self.words], self.is_ready, patience)

    def is_ready(self):
        with contextlib.suppress(OSError, httpx.HTTPError):
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        return False

    def faults(self):
        """The lines of the log that tell of answers of 500 and above."""
        found = []
        for line in self.log().splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.get("status", 0) >= 500:
                    found.append(line)
        return found

    def client(self, **options):
        """Someone who calls the API and is not signed in."""
        return httpx.Client(base_url=self.url, timeout=30, **options)

    def today(self):
        """The day as the server sees it; the demo school lives in UTC."""
        stamp = self.client().get("/livez").headers["date"]
        return email.utils.parsedate_to_datetime(stamp).date().isoformat()

    def sign_in(self, role):
        """Someone who calls the API in a role."""
        return Caller(self, *self.installation.accounts[role])


class Caller:
    """Someone signed in to the API by a token."""

    def __init__(self, node, email, password):
        self.node, self.email, self.password = node, email, password
        self.http = node.client()
        answer = self.http.post("/api/v1/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, f"{email}: {answer.status_code} {answer.text}"
        self.take(answer.json())

    def take(self, tokens):
        """Takes a pair of tokens for what follows."""
        self.access, self.refresh = tokens["accessToken"], tokens["refreshToken"]
        self.http.headers["Authorization"] = f"Bearer {self.access}"

    def at(self, node):
        """The same person with the same token, at another node."""
        return node.client(headers={"Authorization": f"Bearer {self.access}"})

    def get(self, path, **options):
        return self.http.get(path, **options)

    def post(self, path, **options):
        return self.http.post(path, **options)

    def put(self, path, **options):
        return self.http.put(path, **options)

    def patch(self, path, version=None, **options):
        return self.http.patch(path, headers=matching(version, options), **options)

    def delete(self, path, version=None, **options):
        return self.http.delete(path, headers=matching(version, options), **options)

    def school(self):
        """The school in whose lists this person finds students."""
        return self.get("/api/v1/students", params={"limit": 1}).json()["data"][0]["schoolId"]

    def all(self, path, **query):
        """Every object of a list, page by page."""
        found, after = [], None
        while True:
            page = self.get(path, params=query | {"limit": 200} | ({"after": after} if after else {}))
            assert page.status_code == 200, f"{path}: {page.status_code} {page.text}"
            found += page.json()["data"]
            after = page.json()["page"]["next"]
            if not after:
                return found


def matching(version, options):
    """The headers of a change of the version that was read."""
    headers = options.pop("headers", {})
    return headers if version is None else headers | {"If-Match": f'"{version}"'}


def new_student(school, number, name, **more):
    """The body that makes a student."""
    return {"schoolId": school, "number": number, "displayName": name} | more
