"""Every page of Homeroom, found as a person finds them: by following links from the menu."""

import re
import time
import urllib.parse

import pytest

from homeroom import new_student

ROLES = ["administrator", "registrar", "teacher", "guardian", "student"]

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# A letter's template is named by its key and its language.
TEMPLATE = re.compile(r"(?<=/mail/templates/)[^/]+/[^/]+")
# Files, fragments of pages, and the API have tests of their own.
NO_PAGES = re.compile(r"^/(assets|api|search/suggest|preview|metrics|health|problems)|\.(csv|zip|json)$|/(export|template)$")


def pattern(address):
    """What stays of an address when the names of things are taken out: one page is looked at per pattern."""
    parts = urllib.parse.urlsplit(address)
    tab = dict(urllib.parse.parse_qsl(parts.query)).get("tab")
    path = TEMPLATE.sub("{key}/{language}", DATE.sub("{date}", UUID.sub("{id}", parts.path)))
    return f"{path}?tab={tab}" if tab else path


def walk(person):
    """One address for every pattern that can be reached by links from the first page, and the titles on the way."""
    found, titles, others = {}, {}, {"/today": ["/today"]}
    while True:
        waiting = [kind for kind in others if kind not in found and others[kind]]
        if not waiting:
            break
        address = others[waiting[0]].pop(0)
        status = person.go(address)
        assert status == 200, f"{address} is linked and answers {status}"
        # Some addresses lead elsewhere, such as an import that waits for its columns: then the next of the kind is tried.
        arrived = person.page.url.removeprefix(person.node.url)
        if pattern(arrived) not in found:
            found[pattern(arrived)] = arrived
            titles.setdefault(person.page.title(), []).append(arrived)
        for link in person.page.eval_on_selector_all(
                "a[href^='/']:not([download])", "links => links.map(link => link.getAttribute('href'))"):
            link = link.split("#")[0]
            if link not in ("", "/") and not NO_PAGES.search(urllib.parse.urlsplit(link).path):
                others.setdefault(pattern(link), []).append(link)
    return dict(sorted(found.items())), titles


def inside_as(role, people, walked, node):
    """Somebody in a role at a browser, and the pages that lie open to him or her by their patterns."""
    person = people(role)
    if not walked:
        bring_something_about(node)
    if role not in walked:
        walked[role] = walk(person)
    return person, walked[role][0]


def bring_something_about(node):
    """What pages tell of: an import that was written, one that waits for its columns, something deleted, a change of
    so many students that a job makes it, a notice and a message of one's own."""
    admin = node.sign_in("administrator")
    school = admin.school()
    # The hourly care would put a job of its own before those that are walked to, whenever it is seventeen past.
    for schedule in admin.get("/api/v1/schedules").json()["data"]:
        off = admin.patch(f"/api/v1/schedules/{schedule['id']}", json={"isOn": False}, version=schedule["version"])
        assert off.status_code == 200, off.text
    draft = {"title": "A walk through the school", "text": "In good time.", "audience": "everyone"}
    assert admin.post("/api/v1/notices", json=draft).status_code == 201
    message = {"audience": "everyone", "subject": "A walk", "text": "In good time.", "send": False}
    assert admin.post("/api/v1/messages", json=message).status_code == 201
    roster = "Student number,Given name,Family name,Grade\nW-1,Wendy,Walker,7\nW-2,,,8\n"
    made = admin.post("/api/v1/imports", params={"schoolId": school}, files={"file": ("walk.csv", roster, "text/csv")})
    assert made.status_code == 201, made.text
    applied = admin.post(made.headers["location"] + "/application")
    assert applied.status_code == 202, applied.text
    gone = admin.post("/api/v1/students", json=new_student(school, "W-3", "Gone Walker")).json()["data"]
    assert admin.delete(f"/api/v1/students/{gone['id']}", version=1).status_code == 204
    crowd = "Student number,Given name,Family name,Grade\n" + "".join(
        f"C-{number},Cora{number},Crowd,C\n" for number in range(205))
    many = admin.post("/api/v1/imports", params={"schoolId": school}, files={"file": ("crowd.csv", crowd, "text/csv")})
    assert admin.post(many.headers["location"] + "/application").status_code == 202, many.text
    for imported in (made, many):
        wait_until(lambda: admin.get(imported.headers["location"]).json()["data"]["state"] == "done")
    changed = admin.post("/api/v1/student-changes", json={"do": "delete", "filter": {"schoolId": school, "grade": "C"}})
    assert changed.status_code == 202, changed.text
    wait_until(lambda: admin.get(changed.headers["location"]).json()["data"]["state"] == "done")
    # The newest, so that the walk tries it first and arrives at its columns.
    email, password = node.installation.accounts["administrator"]
    browser = node.client()
    assert browser.post("/login", data={"email": email, "password": password}).status_code == 303
    waiting = browser.post("/imports", data={"school": school}, files={"file": ("wait.csv", roster, "text/csv")})
    assert waiting.status_code == 303 and waiting.headers["location"].endswith("/columns"), waiting.text


def wait_until(holds, seconds=60):
    """Waits for what a job brings about."""
    for _ in range(seconds * 10):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("a job did not end")


def none(found):
    """Fails, line by line, when something was found."""
    found = list(found)
    if found:
        pytest.fail("\n".join(map(str, found)), pytrace=False)
