"""Every field of every form and of every body: what no field can hold is refused there, and nothing is changed."""

import copy
import html.parser
import re
import urllib.parse

import pytest

from pages import NO_PAGES, pattern
from schema import known

# No field of any form or body can hold these.
NUL, LONG = "a\0b", "long " * 10_000
# What goes into fields that are empty, so that nothing but the one wrong value is wrong.
PLAUSIBLE = {"date": "2026-11-20", "number": "12", "email": "ada@school.example", "search": "", "hidden": ""}
# Where a form came from, a tick in a box whatever its value, and what is looked at in touched and late rows alone.
FREE = re.compile(r"^(return|back|object|late|isPrimary|livesWith|primary|(version|seen|minutes)-.*)$")


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


@pytest.fixture
def browser(node):
    """The administrator at a browser without a window."""
    opened = node.client()
    email, password = node.installation.accounts["administrator"]
    assert opened.post("/login", data={"email": email, "password": password}).status_code == 303
    return opened


@pytest.fixture
def unchanged(school, admin, browser):
    """After the test the record has not a single change that was not there before."""
    def state():
        return school.rows("SELECT count(*), max(id) FROM record_audit" if school.engine == "sqlite"
                           else "SELECT count(*), max(id::text) FROM record_audit")

    before = state()
    yield
    assert state() == before


# ---- Bodies ----------------------------------------------------------------------------------------------------------


def leaves(shape, schemas, at=()):
    """Where in a body of a shape there is text, and whether it is free text."""
    shape = schemas[shape["$ref"].rsplit("/", 1)[1]] if "$ref" in shape else shape
    for part in shape.get("anyOf", []) + shape.get("oneOf", []):
        yield from leaves(part, schemas, at)
    kinds = shape.get("type", [])
    if "string" in ([kinds] if isinstance(kinds, str) else kinds) or "enum" in shape:
        yield at
    for name, part in shape.get("properties", {}).items():
        yield from leaves(part, schemas, (*at, name))
    if "items" in shape:
        yield from leaves(shape["items"], schemas, (*at, 0))


def with_text(body, at, text):
    """A body with a text at a place; None when the example does not reach there."""
    body = copy.deepcopy(body)
    part = body
    for step in at[:-1]:
        if isinstance(part, list) and not part or isinstance(part, dict) and not part.get(step):
            return None
        part = part[step]
    part[at[-1]] = text
    return body


def operations(admin):
    """Every operation that takes a body: its method, an address that exists, its example and its places of text."""
    description = admin.get("/api/openapi.json").json()
    ids, schemas = known(admin, description), description["components"]["schemas"]
    # These are listed for one school and one section at a time.
    ids["/api/v1/periods"] = listed(admin.get(f"/api/v1/orgs/{admin.school()}/periods"))
    ids["/api/v1/enrolments"] = listed(admin.get(f"/api/v1/sections/{ids['/api/v1/sections'][0]}/enrolments"))
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            for kind, content in operation.get("requestBody", {}).get("content", {}).items() \
                    if isinstance(operation, dict) else ():
                if "json" in kind:
                    address = filled(admin, path, ids)
                    yield method, path, address, kind, content["example"], list(leaves(content["schema"], schemas))


def listed(answer):
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


def filled(admin, path, ids):
    """A path whose variables name what exists, as far as it can be found."""
    first = path.split("/{")[0]
    path = path.replace("{section}", (ids.get("/api/v1/sections") or ["none"])[0]).replace("{date}", admin.node.today())
    if "{id}" in path and ids.get(first):
        path = path.replace("{id}", ids[first][0])
    for inner, listed in (("{guardianship}", "guardians"), ("{job}", "jobs"), ("{right}", "rights")):
        if inner in path:
            answer = admin.get(path.split("/" + inner)[0])
            rows = answer.json().get("data") if answer.status_code == 200 else None
            rows = rows if isinstance(rows, list) else (rows or {}).get(listed, [])
            path = path.replace(inner, rows[0]["id"] if rows else "019a1000-0000-7000-8000-00000000dead")
    return path


def test_no_body_takes_what_no_field_can_hold(admin, unchanged):
    wrong, asked = [], 0
    for method, path, address, kind, example, places in operations(admin):
        if path.endswith("/auth/logout"):
            continue
        headers = {"Content-Type": kind, "If-Match": '"1"'}
        for at in places:
            for name, text in (("NUL", NUL), ("long", LONG)):
                body = with_text(example, at, text)
                if body is None:
                    continue
                asked += 1
                answer = admin.http.request(method, address, json=body, headers=headers)
                told = answer.json() if "json" in answer.headers.get("content-type", "") else {}
                pointer = "/" + "/".join(map(str, at))
                fine = answer.status_code == 422 and pointer in [one["pointer"] for one in told.get("errors", [])]
                # What opens no door may be a wrong key or none at all: that is not told.
                if not fine and not ("/auth/" in path and answer.status_code in (401, 404, 422)):
                    wrong.append(f"{method} {path} {pointer} {name}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert asked > 200


# ---- Forms -----------------------------------------------------------------------------------------------------------


class Forms(html.parser.HTMLParser):
    """The forms of a page: each with its method, its action, and its fields as a browser would send them."""

    def __init__(self, text):
        super().__init__()
        self.found, self.named, self.form, self.select, self.area, self.links = [], {}, None, None, None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "a" and (told.get("href") or "").startswith("/") and "download" not in told:
            self.links.append(told["href"].split("#")[0])
        if tag == "form":
            self.form = {"method": told.get("method", "get"), "action": told.get("action"), "fields": [],
                         "id": told.get("id"), "encoding": told.get("enctype")}
            self.found.append(self.form)
        form = next((one for one in self.found if one["id"] and one["id"] == told.get("form")), self.form)
        if form is None or not told.get("name"):
            self.option(tag, told)
            return
        kind = told.get("type", "text")
        if tag == "input" and kind not in ("file", "submit", "button"):
            if kind not in ("checkbox", "radio") or "checked" in told:
                form["fields"].append([told["name"], told.get("value") or PLAUSIBLE.get(kind, "Plausible")])
        elif tag == "textarea":
            self.area = [told["name"], ""]
            form["fields"].append(self.area)
        elif tag == "select":
            self.select = [told["name"], None]
            form["fields"].append(self.select)
        elif tag == "button" and told.get("value"):
            form["fields"].append([told["name"], told["value"]])

    def option(self, tag, told):
        if tag == "option" and self.select and (not self.select[1] or "selected" in told):
            self.select[1] = told.get("value") or ""

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select:
            self.select[1] = self.select[1] or ""
            self.select = None
        elif tag == "textarea":
            self.area = None


def forms(browser):
    """Every form that can be reached by links, once for each pattern of its address."""
    waiting, seen, found = ["/today"], set(), {}
    while waiting:
        address = waiting.pop(0)
        kind = pattern(address)
        if kind in seen or NO_PAGES.search(urllib.parse.urlsplit(address).path):
            continue
        answer = browser.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        if answer.status_code == 200:
            seen.add(kind)
        page = Forms(answer.text)
        waiting += page.links
        for form in page.found:
            action = form["action"] or address
            names = tuple(sorted({name for name, _ in form["fields"]}))
            if names:
                found.setdefault((form["method"], pattern(action), names), (action, form))
    return found


def newest(admin):
    """What was written last."""
    return admin.get("/api/v1/audit", params={"limit": 1}).json()["data"][0]["id"]


def test_no_form_takes_what_no_field_can_hold(browser, admin, unchanged):
    wrong, asked, found, last = [], 0, forms(browser), newest(admin)
    for (method, kind, names), (action, form) in found.items():
        if kind.startswith("/account/"):
            continue  # How one likes pages: an unknown wish is no wish.
        for field in filter(lambda field: not FREE.match(field), names):
            for name, text in (("NUL", NUL), ("long", LONG)):
                if method == "get" and name == "long":
                    text = text[:5000]
                sent = {}
                for one, value in form["fields"]:
                    sent[one] = text if one == field else value
                asked += 1
                if method == "get":
                    answer = browser.get(action.split("?")[0], params=sent, headers={"Accept": "text/html"})
                else:
                    answer = browser.post(action, data=sent, headers={"Accept": "text/html", "Origin": browser_url(browser)})
                written, last = newest(admin) != last, newest(admin)
                told = 400 <= answer.status_code < 500 or "flash=" in answer.headers.get("set-cookie", "")
                if written or not told:
                    wrong.append(f"{method} {kind} {field} {name}: {answer.status_code}, written: {written}")
    print(sorted(f"{method} {kind} {names}" for method, kind, names in found))
    assert not wrong, "\n".join(wrong)
    assert len(found) > 25 and asked > 200


def browser_url(browser):
    return str(browser.base_url).rstrip("/")
