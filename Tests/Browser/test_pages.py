"""Every page: that it is found, on a small phone and on a slow line."""

import json

import pytest

from pages import inside_as, none

# Bytes as they travel (experience.md, 7).
MOST = {
    "html": 15_000, "html of a list": 60_000, "css": 20_000, "js": 20_000, "requests cold": 6, "requests warm": 2,
    "cold": 80_000, "warm": 16_000, "elements": 1500, "elements of a grid": 4000,
    # Milliseconds; a machine that does much else at once may be ten times as slow as it should.
    "layout": 500,
}


@pytest.fixture
def engine():
    """How pages look does not depend on the engine."""
    return "sqlite"


def test_the_menu_leads_to_every_page(people, walked, node, school):
    """Whoever may do everything reaches every page by links: none is hidden, none is a blind alley."""
    inside_as("administrator", people, walked, node)
    routes = json.loads(school.run("routes", "--json"))
    outside = ("/api", "/assets", "/auth", "/health", "/ready", "/live", "/metrics", "/robots", "/login", "/first-run",
               "/recover", "/forgotten-password", "/preview", "/search/suggest")
    wanted = {
        route["path"].split("?")[0] for route in routes
        if route["method"] == "GET" and route["path"] != "/" and not route["path"].startswith(outside)
        and not route["path"].endswith((".csv", ".zip", "/export", "/template", "/events", "/failed-rows"))}
    reached = {blank(kind) for kind in walked["administrator"][0]}
    none(sorted(path for path in wanted if blank(path) not in reached))


def blank(path):
    """A path with every variable written alike."""
    return "/".join("*" if part.startswith("{") else part for part in path.split("?")[0].split("/"))


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


def test_every_page_has_a_title_of_its_own(inside, walked):
    person, _ = inside
    none((title, addresses) for title, addresses in walked[person.role][1].items() if len(addresses) > 1)


def test_every_page_keeps_to_its_budget(inside):
    person, addresses = inside
    page, line, spent = person.page, Line(person), {}
    for address in addresses.values():
        cold = line.load(address, forget=True)
        person.go("/account")
        warm = line.load(address)
        assert cold.requests >= 3 and cold.bytes("Document") > 500 and warm.requests >= 1, "nothing was measured"
        is_list = page.locator("main table, main [data-register]").count() > 0
        is_grid = page.locator("[data-register]").count() > 0
        over = {}

        def compare(name, value, limit=None, told=""):
            if value > MOST[limit or name]:
                over[name] = f"{value} of {MOST[limit or name]} {told}".rstrip()

        compare("html", cold.bytes("Document"), "html of a list" if is_list else None)
        compare("css", cold.bytes("Stylesheet"))
        compare("js", cold.bytes("Script"))
        compare("requests cold", cold.requests, told=cold)
        compare("cold", cold.bytes())
        compare("requests warm", warm.requests, told=warm)
        compare("warm", warm.bytes(), "html of a list" if is_list else None)
        compare("layout", round(line.layout() * 1000))
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
        self.session.send("Performance.enable")
        self.asked, self.kinds, self.cached, self.sizes = {}, {}, set(), {}
        self.session.on(
            "Network.requestWillBeSent", lambda event: self.asked.update({event["requestId"]: event["request"]["url"]}))
        self.session.on("Network.responseReceived", self.answered)
        self.session.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
        self.session.on(
            "Network.loadingFinished", lambda event: self.sizes.update({event["requestId"]: event["encodedDataLength"]}))

    def answered(self, event):
        self.kinds[event["requestId"]] = event["type"]
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def layout(self):
        """Seconds in which the page was laid out."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "LayoutDuration")

    def load(self, address, forget=False):
        """Opens an address; answers what it cost.

        What the page before still has to say of its own requests is told from what this one asks for."""
        if forget:
            self.session.send("Network.clearBrowserCache")
        for heard in self.asked, self.kinds, self.cached, self.sizes:
            heard.clear()
        self.person.page.goto(address, wait_until="load")
        # What the browser says of its line may come a little after the page.
        for _ in range(100):
            if all(request in self.sizes or request in self.cached or self.kinds.get(request) == "EventSource"
                   for request in self.asked):
                break
            self.person.page.wait_for_timeout(20)
        return Cost([(url, self.kinds.get(request, "Other"), int(self.sizes[request]))
                     for request, url in self.asked.items() if request in self.sizes and request not in self.cached])


class Cost:
    """What a page cost: its requests, each with its address, its kind and its bytes."""

    def __init__(self, parts):
        self.parts = parts
        self.requests = len(parts)

    def bytes(self, kind=None):
        return sum(size for _, found, size in self.parts if kind in (None, found))

    def __str__(self):
        return ", ".join(f"{url} ({size} bytes)" for url, _, size in self.parts)
