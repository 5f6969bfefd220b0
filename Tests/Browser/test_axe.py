"""Every page before axe-core, which knows what a screen reader needs: in both themes, on a desk and on a phone."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from homeroom import new_student
from pages import none
from people import Person

LOOKS = [(theme, width) for theme in ("light", "dark") for width in (1280, 360)]


@pytest.fixture
def engine():
    """How pages look does not depend on the engine."""
    return "sqlite"


def test_axe_finds_nothing(inside):
    person, addresses = inside
    found = []
    for address in addresses.values():
        person.go(address)
        # The administrator sees all of it; the others' pages are the same with less on them, but for the first.
        all_looks = person.role == "administrator" or address == "/today"
        found += violations(person, address, LOOKS if all_looks else LOOKS[1:3])
    none(found)


TROUBLE = {
    "a form with faults": ("/people/students/new", {"birthOn": "soon", "email": "nobody"}, 422),
    "a section with faults": ("/sections/new", {"capacity": "many"}, 422),
    "a period with faults": ("/admin/periods/new", {"firstOn": "soon", "lastOn": "later"}, 422),
    "a search that finds nobody": ("/people/students?q=nobody-of-that-name", None, 200),
    "what is found": ("/search?q=an", None, 200),
    "a list from its end": ("/people/students?sort=-name&status=active", None, 200),
    "nothing there": ("/people/students/019a1000-0000-7000-8000-00000000dead", None, 404),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_axe_finds_nothing_where_there_is_trouble(people, name):
    """Pages that no link leads to: forms that came back, lists without rows, things that are gone."""
    address, typed, status = TROUBLE[name]
    person = people("administrator")
    answered = person.go(address)
    if typed:
        for field, text in typed.items():
            person.page.locator(f"main [name={field}]").evaluate("(field, text) => { field.type = 'text'; field.value = text }", text)
        with person.page.expect_navigation() as navigation:
            person.page.locator("main form").first.evaluate("form => form.submit()")
        answered = navigation.value.status
        assert person.page.locator(".error-summary").count() == 1
    assert answered == status
    none(violations(person, address))


def test_axe_finds_nothing_where_two_people_clash(people, node):
    """The page with both versions of a student, and its form with everything that can be chosen."""
    admin = node.sign_in("administrator")
    made = admin.post("/api/v1/students", json=new_student(admin.school(), "C-1", "Clara Clash")).json()["data"]
    person = people("administrator")
    person.go(f"/people/students/{made['id']}/edit")
    assert admin.patch(f"/api/v1/students/{made['id']}", version=1, json={"grade": "11"}).status_code == 200
    person.page.locator("[name=grade]").fill("12")
    person.press("Save")
    person.page.locator(".conflict-form").wait_for()
    none(violations(person, "the clash"))
    assert admin.delete(f"/api/v1/students/{made['id']}", version=2).status_code == 204


def test_axe_finds_nothing_on_the_first_day(chromium, installations):
    """A school without anybody, whose folder is not even there, greets its first administrator."""
    school = installations("sqlite")
    folder = os.path.join(school.folder, "new")
    node = school.serve(folder, settings={"DATABASE_URL": f"sqlite:{folder}/homeroom.sqlite"})
    person = Person(chromium, node, scripts=True, viewport={"width": 1280, "height": 900})
    assert person.go("/first-run") == 200
    none(violations(person, "/first-run"))
    assert person.complaints == []
    person.close()


@pytest.mark.parametrize("address", ["/login", "/recover/nobody", "/preview", "/nowhere", "/problems"])
def test_axe_finds_nothing_before_the_door(people, address):
    person = people()
    person.go(address)
    none(violations(person, address))


def violations(person, address, looks=tuple(LOOKS)):
    """What axe-core says of the page, in both themes and two widths, or in some of these."""
    found = []
    person.page.evaluate(Axe().axe_script)
    for theme, width in looks:
        person.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        person.page.set_viewport_size({"width": width, "height": 900})
        for one in person.page.evaluate(LOOK):
            found.append(f"{address} {theme} {width}: {one['id']} at {one['html'][:150]}: {one['why']}")
    return found


# Only what is wrong travels back from the page.
LOOK = """async () => (await axe.run({resultTypes: ["violations"]})).violations.map(found => (
  {id: found.id, html: found.nodes[0].html, why: found.nodes[0].failureSummary}))"""
