"""Every page, as every reader: with a screen reader, at night, on a phone, on a slow line."""

import json
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from homeroom import new_student
from pages import walk

ROLES = ["administrator", "registrar", "teacher", "guardian", "student"]
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (1280, 360)]
# Bytes as they travel (experience.md, 7).
MOST = {
    "html": 15_000, "html of a list": 60_000, "css": 20_000, "js": 20_000, "requests cold": 6, "requests warm": 2,
    "cold": 80_000, "warm": 16_000, "elements": 1500, "elements of a grid": 4000,
}


@pytest.fixture(scope="session")
def walked():
    """What was found by walking, by role, so that it is walked once."""
    return {}


@pytest.fixture
def engine():
    """How pages look does not depend on the engine."""
    return "sqlite"


@pytest.fixture(params=ROLES)
def inside(request, people, walked, node):
    """Somebody in each role, and the pages that lie open to him or her."""
    return inside_as(request.param, people, walked, node)


def inside_as(role, people, walked, node):
    person = people(role)
    if not walked:
        bring_something_about(node)
    if role not in walked:
        walked[role] = walk(person)
    return person, walked[role]


def bring_something_about(node):
    """What pages tell of: an import that was written, one that waits for its columns, and something deleted."""
    admin = node.sign_in("administrator")
    school = admin.school()
    roster = "Student number,Given name,Family name,Grade\nW-1,Wendy,Walker,7\nW-2,,,8\n"
    made = admin.post("/api/v1/imports", params={"schoolId": school}, files={"file": ("walk.csv", roster, "text/csv")})
    assert made.status_code == 201, made.text
    applied = admin.post(made.headers["location"] + "/application")
    assert applied.status_code == 202, applied.text
    gone = admin.post("/api/v1/students", json=new_student(school, "W-3", "Gone Walker")).json()["data"]
    assert admin.delete(f"/api/v1/students/{gone['id']}", version=1).status_code == 204
    email, password = node.installation.accounts["administrator"]
    browser = node.client()
    assert browser.post("/login", data={"email": email, "password": password}).status_code == 303
    waiting = browser.post("/imports", data={"school": school}, files={"file": ("wait.csv", roster, "text/csv")})
    assert waiting.status_code == 303 and waiting.headers["location"].endswith("/columns"), waiting.text
    for _ in range(100):
        if admin.get(made.headers["location"]).json()["data"]["state"] == "done":
            return
        time.sleep(0.1)
    pytest.fail("the import was not written")


def test_the_menu_leads_to_every_page(people, walked, node, school):
    """Whoever may do everything reaches every page by links: none is hidden, none is a blind alley."""
    inside_as("administrator", people, walked, node)
    routes = json.loads(school.run("routes", "--json"))
    outside = ("/api", "/assets", "/auth", "/health", "/ready", "/live", "/metrics", "/robots", "/login", "/first-run",
               "/recover", "/preview", "/search/suggest", "/problems", "/notifications")
    wanted = {
        route["path"].split("?")[0] for route in routes
        if route["method"] == "GET" and route["path"] != "/" and not route["path"].startswith(outside)
        and not route["path"].endswith((".csv", ".zip", "/export", "/template", "/events", "/failed-rows"))}
    reached = {blank(address) for address in walked["administrator"].values()}
    none(sorted(path for path in wanted if blank(path) not in reached))


def blank(path):
    """A path with every variable written alike."""
    return "/".join("*" if part.startswith("{") else part for part in path.split("?")[0].split("/"))


def test_axe_finds_nothing(inside):
    person, addresses = inside
    looks = LOOKS if person.role == "administrator" else LOOKS[1:3]
    found = []
    for address in addresses.values():
        person.go(address)
        found += violations(person, address, looks)
    none(found)


@pytest.mark.parametrize("address", ["/login", "/recover/nobody", "/preview", "/nowhere"])
def test_axe_finds_nothing_before_the_door(people, address):
    person = people()
    person.go(address)
    none(violations(person, address))


def none(found):
    """Fails, line by line, when something was found."""
    found = list(found)
    if found:
        pytest.fail("\n".join(map(str, found)), pytrace=False)


def violations(person, address, looks=tuple(LOOKS)):
    """What axe-core says of the page, in both themes and two widths, or in some of these."""
    found = []
    for theme, width in looks:
        person.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        person.page.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(person.page, options={"resultTypes": ["violations"]})
        for one in result.response["violations"]:
            node = one["nodes"][0]
            found.append(f"{address} {theme} {width}: {one['id']} at {node['html'][:150]}: {node['failureSummary']}")
    return found


def test_nothing_scrolls_sideways_at_320_pixels(inside):
    person, addresses = inside
    person.page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for address in addresses.values():
        person.go(address)
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[address] = f"{width} pixels: " + person.page.evaluate(
                """() => [...document.querySelectorAll("main *")].filter(found =>
                  found.getBoundingClientRect().right > 321).slice(0, 3).map(found => found.outerHTML.slice(0, 80))
                  .join(" ... ")""")
    none(wide.items())


def test_every_page_has_a_title_of_its_own(inside):
    person, addresses = inside
    titles = {}
    for name, address in addresses.items():
        person.go(address)
        titles.setdefault(person.page.title(), []).append(name)
    none((title, names) for title, names in titles.items() if len(names) > 1)


def test_every_page_keeps_to_its_budget(inside):
    person, addresses = inside
    page, line, spent = person.page, Line(person), {}
    for address in addresses.values():
        cold = line.load(address, forget=True)
        person.go("/account")
        warm = line.load(address)
        is_list = page.locator("main table, main [data-register]").count() > 0
        is_grid = page.locator("[data-register]").count() > 0
        over = {}

        def compare(name, value, limit=None):
            if value > MOST[limit or name]:
                over[name] = f"{value} of {MOST[limit or name]}"

        compare("html", cold.bytes("Document"), "html of a list" if is_list else None)
        compare("css", cold.bytes("Stylesheet"))
        compare("js", cold.bytes("Script"))
        compare("requests cold", cold.requests)
        compare("cold", cold.bytes())
        compare("requests warm", warm.requests)
        compare("warm", warm.bytes(), "html of a list" if is_list else None)
        compare("elements", page.locator("*").count(), "elements of a grid" if is_grid else None)
        if over:
            spent[address] = over
    none(spent.items())


class Line:
    """The line between a browser and the server: what a page costs on it."""

    def __init__(self, person):
        self.person = person
        self.session = person.context.new_cdp_session(person.page)
        self.session.send("Network.enable")
        self.kinds, self.cached, self.sizes = {}, set(), {}
        self.session.on("Network.responseReceived", self.answered)
        self.session.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
        self.session.on(
            "Network.loadingFinished", lambda event: self.sizes.update({event["requestId"]: event["encodedDataLength"]}))

    def answered(self, event):
        self.kinds[event["requestId"]] = event["type"]
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def load(self, address, forget=False):
        """Opens an address; answers what it cost."""
        if forget:
            self.session.send("Network.clearBrowserCache")
        self.kinds.clear(), self.cached.clear(), self.sizes.clear()
        self.person.page.goto(address, wait_until="load")
        return Cost({request: (self.kinds.get(request, "Other"), size) for request, size in self.sizes.items()
                     if request not in self.cached})


class Cost:
    """What a page cost: its requests, each with its kind and its bytes."""

    def __init__(self, parts):
        self.parts = parts
        self.requests = len(parts)

    def bytes(self, kind=None):
        return sum(int(size) for found, size in self.parts.values() if kind in (None, found))
