"""The daily tasks, done by people at browsers: with JavaScript and without, on both engines."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from conftest import PHONE
from homeroom import new_student


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


@pytest.fixture
def student(admin):
    """A student of the test's own, with a name that nobody else has."""
    word = "Q" + secrets.token_hex(4)
    body = new_student(
        admin.school(), f"T-{word}", f"Nadia {word}", givenName="Nadia", familyName=word, grade="9")
    answer = admin.post("/api/v1/students", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def path(student):
    return f"/people/students/{student['id']}"


# ---- Coming and going ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["administrator", "principal", "registrar", "teacher", "guardian", "student"])
def test_everybody_signs_in_sees_today_and_signs_out(people, scripts, role):
    person = people(role, scripts=scripts)
    assert person.heading().startswith("Good")
    person.sign_out()
    assert person.go("/today") in (200, 401)
    expect(person.page).to_have_url(re.compile("/login"))


def test_a_wrong_password_is_told_and_what_was_typed_stays(people, scripts):
    person = people(scripts=scripts)
    person.go("/login")
    person.page.get_by_label("E-mail or user name").fill("registrar@demo.example")
    person.page.get_by_label("Password").fill("a wrong guess, surely")
    person.press("Sign in")
    expect(person.page).to_have_title(re.compile("^Error: "))
    expect(person.page.locator(".error-summary")).to_be_visible()
    assert person.page.get_by_label("E-mail or user name").input_value() == "registrar@demo.example"
    assert person.page.get_by_label("Password").input_value() == ""


def test_whoever_was_on_the_way_arrives_there_after_signing_in(people, scripts, node):
    person = people(scripts=scripts)
    person.go("/people/students?q=an")
    expect(person.page).to_have_url(re.compile("/login"))
    email, password = node.installation.accounts["registrar"]
    person.page.get_by_label("E-mail or user name").fill(email)
    person.page.get_by_label("Password").fill(password)
    person.press("Sign in")
    expect(person.page).to_have_url(re.compile(r"/people/students\?q=an$"))


# ---- Finding ------------------------------------------------------------------------------------------------------------


def test_a_student_is_found_by_the_palette(people, scripts, student):
    person = people("registrar", scripts=scripts)
    if scripts:
        person.type("Control+k")
        field = person.page.get_by_role("combobox")
        expect(field).to_be_focused()
        field.press_sequentially(student["familyName"])
        expect(person.page.get_by_role("option").first).to_contain_text(student["displayName"])
        person.type("Enter")
    else:
        person.page.locator("[data-palette]").click()
        person.page.locator("main input[name=q]").fill(student["familyName"])
        person.page.locator("main").get_by_role("button", name="Search").click()
        person.page.locator("main").get_by_role("link", name=student["displayName"]).click()
    expect(person.page).to_have_url(re.compile(re.escape(path(student))))
    assert student["displayName"] in person.heading()


def test_a_student_is_found_in_the_list(people, scripts, student):
    person = people("registrar", scripts=scripts)
    person.page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="People").click()
    person.page.locator("input#q").fill(student["familyName"].upper())
    if not scripts:
        person.page.get_by_role("button", name="Find").click()
    expect(person.page).to_have_url(re.compile(r"q=" + student["familyName"].upper()))
    expect(person.page.locator("tbody tr")).to_have_count(1)
    person.page.get_by_role("link", name=student["displayName"]).click()
    assert student["displayName"] in person.heading()
    person.page.go_back()
    expect(person.page.locator("input#q")).to_have_value(student["familyName"].upper())


def test_a_filter_that_was_taken_away_stays_away(people, scripts, student):
    """Also when the page is not loaded again: the bar says what the list shows, and asks for no more."""
    person = people("registrar", scripts=scripts)
    name = student["familyName"]
    person.go(f"/people/students?grade={student['grade']}&q={name}")
    person.page.get_by_role("link", name=f"Remove filter: Grade {student['grade']}").click()
    expect(person.page).to_have_url(re.compile(rf"\?q={name}$"))
    person.page.get_by_role("link", name=f"Remove filter: Search {name}").click()
    expect(person.page).to_have_url(re.compile("/people/students$"))
    expect(person.page.locator("input#q")).to_have_value("")
    person.page.locator("input#q").fill(name)
    if not scripts:
        person.page.get_by_role("button", name="Find").click()
    expect(person.page).to_have_url(re.compile(rf"\?q={name}$"))


# ---- Changing -----------------------------------------------------------------------------------------------------------


def test_a_student_is_edited(people, scripts, student, admin):
    person = people("registrar", scripts=scripts)
    person.go(path(student))
    if scripts:
        person.type("e")
    else:
        person.page.get_by_role("link", name="Edit").first.click()
    expect(person.page).to_have_url(re.compile("/edit$"))
    person.page.locator("[name=preferredName]").fill("Nadi")
    person.page.locator("[name=pronouns]").fill("she/her")
    person.press("Save")
    expect(person.page).to_have_url(re.compile(re.escape(path(student)) + "$"))
    expect(person.page.locator("#toasts")).to_contain_text("saved")
    saved = admin.get(f"/api/v1/students/{student['id']}").json()["data"]
    assert (saved["preferredName"], saved["pronouns"], saved["version"] > student["version"]) == ("Nadi", "she/her", True)
    person.go(path(student) + "?tab=log")
    expect(person.page.locator("main")).to_contain_text("Nadi")


def test_a_fault_is_told_beside_its_field_and_nothing_typed_is_lost(people, scripts, student, admin):
    person = people("registrar", scripts=scripts)
    person.go(path(student) + "/edit")
    person.page.locator("[name=pronouns]").fill("they/them")
    person.page.locator("[name=displayName]").fill("")
    for part in ("givenName", "familyName"):
        person.page.locator(f"[name={part}]").fill("")
    person.press("Save")
    expect(person.page).to_have_title(re.compile("^Error: "))
    expect(person.page.locator(".error-summary")).to_contain_text("There is a problem")
    assert person.page.locator("[name=pronouns]").input_value() == "they/them"
    assert admin.get(f"/api/v1/students/{student['id']}").json()["data"] == student


def test_two_editors_see_both_versions_and_nothing_is_lost(people, scripts, student, admin):
    one, other = people("registrar", scripts=scripts), people("administrator", scripts=scripts)
    for person in (one, other):
        person.go(path(student) + "/edit")
    one.page.locator("[name=preferredName]").fill("First Name")
    other.page.locator("[name=preferredName]").fill("Second Name")
    other.page.locator("[name=pronouns]").fill("they/them")
    one.press("Save")
    expect(one.page.locator("#toasts")).to_contain_text("saved")
    answers = []
    other.page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "POST" else None)
    other.press("Save")
    form = other.page.locator(".conflict-form")
    expect(form).to_contain_text("First Name")
    expect(form).to_contain_text("Second Name")
    assert answers == [409]
    form.locator("label", has_text="Second Name").locator("input").check()
    form.get_by_role("button").last.click()
    expect(other.page).to_have_url(re.compile(re.escape(path(student)) + "$"))
    saved = admin.get(f"/api/v1/students/{student['id']}").json()["data"]
    assert (saved["preferredName"], saved["pronouns"]) == ("Second Name", "they/them")
    other.go(path(student) + "?tab=log")
    expect(other.page.locator("main")).to_contain_text("First Name")


def test_a_deleted_student_comes_back_by_undo(people, scripts, student, admin):
    person = people("registrar", scripts=scripts)
    person.go(path(student))
    person.page.locator("summary[aria-label='More actions']").click()
    person.page.get_by_role("button", name="Delete").first.click()
    expect(person.page.locator("#toasts")).to_contain_text("deleted")
    assert admin.get(f"/api/v1/students/{student['id']}").status_code == 404
    person.undo()
    expect(person.page.locator("main")).to_be_visible()
    back = admin.get(f"/api/v1/students/{student['id']}")
    assert back.status_code == 200
    known = {name: value for name, value in student.items() if name != "version"}
    assert {name: value for name, value in back.json()["data"].items() if name in known} == known


# ---- A register of thirty, two of them absent ------------------------------------------------------------------------------


@pytest.fixture
def register(admin, node):
    """A register of the teacher's, of thirty students, that nobody has taken today."""
    teacher = node.sign_in("teacher")
    lessons = [line["sectionId"] for line in own_registers(teacher)
               if line["state"] == "missing" and section(admin, line)["kind"] == "scheduled"]
    assert lessons, "every register of the teacher's has been taken"
    roster = [row["studentId"] for row in admin.get(f"/api/v1/sections/{lessons[0]}/enrolments").json()["data"]]
    others = [one["id"] for one in admin.all("/api/v1/students", status="active") if one["id"] not in roster]
    answer = admin.post(f"/api/v1/sections/{lessons[0]}/enrolment-batches", json={
        "studentIds": others[:30 - len(roster)], "mode": "allOrNothing"})
    assert answer.is_success and answer.json()["data"]["refused"] == [], answer.text
    return f"{lessons[0]}/{node.today()}"


@pytest.fixture
def taken(admin, node):
    """The register of the teacher's homeroom, taken already: everybody is present."""
    homeroom = next(line["sectionId"] for line in own_registers(node.sign_in("teacher"))
                    if section(admin, line)["kind"] == "homeroom")
    register = f"{homeroom}/{node.today()}"
    present = [{"studentId": mark["studentId"], "code": "P", "version": mark["version"]}
               for mark in admin.get(f"/api/v1/registers/{register}").json()["data"]["marks"]]
    answer = admin.put(f"/api/v1/registers/{register}", json={"marks": present, "submitted": True})
    assert answer.status_code == 200 and answer.json()["data"]["conflicts"] == [], answer.text
    return register


def own_registers(teacher):
    return teacher.get("/api/v1/registers", params={"own": True}).json()["data"]


def section(admin, line):
    return admin.get(f"/api/v1/sections/{line['sectionId']}").json()["data"]


def marks(admin, register):
    """The letters of a register in the order of its rows."""
    return [mark["code"] for mark in admin.get(f"/api/v1/registers/{register}").json()["data"]["marks"]]


WANTED = ["A" if row in (7, 19) else "P" for row in range(1, 31)]


def test_a_register_takes_six_keys(people, admin, register):
    person = people("teacher")
    person.go(f"/attendance/register/{register}")
    expect(person.page.locator("[data-register] > li")).to_have_count(30)
    keys = person.type("7", "a", "1", "9", "a", "Control+Enter")
    expect(person.page.locator("#toasts")).to_contain_text("Register submitted")
    assert keys <= 10
    assert marks(admin, register) == WANTED


def test_a_register_takes_three_taps_on_a_phone(people, admin, register):
    person = people("teacher", viewport=PHONE, has_touch=True, is_mobile=True)
    person.go(f"/attendance/register/{register}")
    taps = 0
    for place in ("#row-7 .number", "#row-19 .number", ".submit-bar button"):
        person.page.locator(place).tap()
        taps += 1
    expect(person.page.locator("#toasts")).to_contain_text("Register submitted")
    assert taps == 3
    assert marks(admin, register) == WANTED


def test_a_register_is_a_form_without_scripts(people, admin, register):
    person = people("teacher", scripts=False)
    person.go(f"/attendance/register/{register}")
    for row in (7, 19):
        person.page.locator(f"#row-{row} label.absent").click()
    person.page.locator(".submit-bar button").click()
    expect(person.page.locator("#toasts")).to_contain_text("Register submitted")
    assert marks(admin, register) == WANTED


def test_marks_of_two_people_merge_and_a_clash_is_shown(people, admin, taken, scripts):
    one, other = people("teacher", scripts=scripts), people("administrator", scripts=scripts)
    for person in (one, other):
        person.go(f"/attendance/register/{taken}")
    for person, rows in ((one, {3: "absent", 5: "absent"}), (other, {4: "absent", 5: "late"})):
        for row, mark in rows.items():
            person.page.locator(f"#row-{row} label.{mark}").click()
    one.page.locator(".submit-bar button").click()
    expect(one.page.locator("#toasts")).to_contain_text("Register submitted")
    other.page.locator(".submit-bar button").click()
    expect(other.page.locator("#row-5 .trouble")).to_contain_text("marked absent")
    letters = marks(admin, taken)
    assert [letters[row - 1] for row in (3, 4, 5)] == ["A", "A", "A"]


def test_a_register_of_before_is_locked_for_its_teacher(people, node, scripts):
    teacher = node.sign_in("teacher")
    section = teacher.get("/api/v1/registers", params={"own": True}).json()["data"][0]["sectionId"]
    person = people("teacher", scripts=scripts)
    person.go(f"/attendance/register/{section}/2026-11-10")
    expect(person.page.locator(".notice")).to_contain_text("locked")
    assert person.page.locator(".submit-bar").count() == 0


# ---- Small things that many rely on ------------------------------------------------------------------------------------------


def test_the_theme_is_kept(people, scripts):
    person = people("principal", scripts=scripts, color_scheme="light")
    before = person.page.evaluate("getComputedStyle(document.body).backgroundColor") if scripts else None
    with person.page.expect_response(lambda answer: "/account/theme" in answer.url):
        person.page.locator("[data-theme-form] button").click()
    person.go("/account")
    theme = person.page.locator("html").get_attribute("data-theme")
    assert theme in ("dark", "light")
    if scripts:
        assert person.page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_keys_can_be_looked_up_and_do_nothing_while_typing(people, student):
    person = people("registrar")
    person.go(path(student))
    person.type("?")
    expect(person.page.get_by_role("dialog")).to_contain_text("Keys on this page")
    person.type("Escape")
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    person.go("/people/students")
    person.page.locator("input#q").focus()
    person.type("n", "e")
    assert person.page.locator("input#q").input_value() == "ne"
    expect(person.page).to_have_url(re.compile("/people/students"))
