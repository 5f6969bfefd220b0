"""What the tests stand on: a demo school on each engine, a browser, and people at work in it."""

import collections
import time

import pytest
from playwright.sync_api import sync_playwright

from homeroom import ENGINES, Installation
from mailbox import Authority
from pages import ROLES, inside_as
from people import Person

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


# ---- Schools ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def schools():
    """One demo school for each engine, made when the first test asks for it, with a server running."""
    made = {}

    def school(engine):
        if engine not in made:
            made[engine] = Installation(engine)
            made[engine].seed(180).serve(words=["--preview"])
        return made[engine]

    yield school
    for installation in made.values():
        installation.remove()


@pytest.fixture(params=ENGINES)
def engine(request):
    """Each engine in turn."""
    return request.param


@pytest.fixture
def school(schools, engine):
    """The demo school on an engine."""
    return schools(engine)


@pytest.fixture
def node(school):
    """The school's server. A test that makes it answer 500 or above has failed."""
    running = school.nodes[0]
    before = len(running.faults())
    yield running
    assert running.faults()[before:] == []


@pytest.fixture(scope="module")
def installations():
    """Makes further installations; they are removed when the file is done."""
    made = []

    def make(engine, **options):
        made.append(Installation(engine, **options))
        return made[-1]

    yield make
    for installation in made:
        installation.remove()


@pytest.fixture(scope="session")
def authority():
    """Signs the certificates of the mail servers."""
    made = Authority()
    yield made
    made.remove()


# ---- Browsers --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(params=["scripts on", "scripts off"])
def scripts(request):
    """Every task is done twice: with JavaScript, and without."""
    return request.param == "scripts on"


@pytest.fixture
def people(chromium, node):
    """Opens browsers for people: `people()` is a stranger, `people("teacher")` has signed in."""
    opened = []

    def open_for(role=None, scripts=True, viewport=None, **options):
        person = Person(chromium, node, scripts=scripts, viewport=viewport or DESK, **options)
        opened.append(person)
        if role:
            person.sign_in(role)
        return person

    yield open_for
    complaints = [line for person in opened for line in person.complaints]
    for person in opened:
        person.close()
    assert complaints == []


@pytest.fixture(scope="session")
def walked():
    """What was found by walking, by role, so that it is walked once."""
    return {}


@pytest.fixture(params=ROLES)
def inside(request, people, walked, node):
    """Somebody in each role, and the pages that lie open to him or her."""
    return inside_as(request.param, people, walked, node)


# ---- Words on the way ------------------------------------------------------------------------------------------------


class Teller:
    """Says each test's name before it starts and how long it took, and ends with one plain line."""

    def __init__(self, is_side_by_side):
        self.is_side_by_side = is_side_by_side
        self.counts = collections.Counter()
        self.told = []
        self.begun = time.monotonic()

    def pytest_runtest_logstart(self, nodeid):
        if not self.is_side_by_side:
            print(f"   {nodeid.removeprefix('Tests/Browser/')} …", end=" ", flush=True)

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.told.append((f"{report.nodeid} ({report.when})", report.longreprtext, report.capstdout))
        if report.when == "call" or (report.when == "setup" and not report.passed):
            name = f"   {report.nodeid} … " if self.is_side_by_side else ""
            print(f"{name}{report.outcome} in {report.duration:.1f} s", flush=True)
            self.counts[report.outcome] += 1
        elif report.failed:
            print(f"failed afterwards: {report.nodeid}", flush=True)
            self.counts["failed"] += 1

    def pytest_collectreport(self, report):
        if report.failed:
            self.told.append((report.nodeid, str(report.longrepr), ""))
            self.counts["failed"] += 1

    def pytest_sessionfinish(self):
        for name, text, output in self.told:
            print(f"\n-- {name}\n{text}\n{output}".rstrip())
        seconds = time.monotonic() - self.begun
        print(f"\n   {seconds:.0f} s, skipped: {self.counts['skipped']}")
        print(f"{self.counts['passed']} passed, {self.counts['failed']} failed", flush=True)


def pytest_collection_modifyitems(items):
    """The files that take longest come first, so that two hands are done at about the same time."""
    longest = [
        "test_schema.py", "test_jobs.py", "test_tasks.py", "test_mail_faults.py", "test_axe.py", "test_jobs_crash.py",
        "test_mail_crash.py", "test_fields.py", "test_pages.py"]
    items.sort(key=lambda item: longest.index(item.path.name) if item.path.name in longest else len(longest))


def pytest_configure(config):
    # Side by side (-n), the workers report to the first process, which tells.
    if not config.pluginmanager.has_plugin("terminalreporter") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Teller(bool(config.getoption("numprocesses", None))), "teller")
