"""A roster comes in by the wizard, by the command and over the API; the same file twice changes nothing; undo takes it back."""

import csv
import io
import json
import secrets
import time

import pytest
from playwright.sync_api import expect


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


class Roster:
    """A small list of students of the test's own: three good rows and one without a name."""

    def __init__(self, admin):
        self.mark = "I" + secrets.token_hex(4)
        self.admin = admin
        self.numbers = [f"{self.mark}-{place}" for place in range(4)]

    def text(self):
        rows = [
            ("Student number", "Given name", "Family name", "Grade", "Birth date", "Password", "Shoe size"),
            (self.numbers[0], "Zoë", f"{self.mark} O'Neill", "7", "2014-02-28", "secret one", "37"),
            (self.numbers[1], "=1+1", self.mark, "8", "2013-12-01", "secret two", "38"),
            (self.numbers[2], "山田", self.mark, "9", "2012-07-15", "secret three", "39"),
            (self.numbers[3], "", "", "9", "2012-07-15", "secret four", "40"),
        ]
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue()

    def file(self):
        return {"name": f"{self.mark}.csv", "mimeType": "text/csv", "buffer": self.text().encode()}

    def found(self):
        """The numbers of the list that are in the school."""
        rows = self.admin.get("/api/v1/students", params={"search": self.mark}).json()["data"]
        return sorted(row["number"] for row in rows)


@pytest.fixture
def roster(admin):
    return Roster(admin)


def bring(person, roster, again=False):
    """The first three steps: file, columns, check."""
    if again:
        person.go("/imports/new")
    else:
        person.go("/imports")
        person.page.locator("main").get_by_role("link", name="New import").click()
    person.page.locator("input[name=file]").set_input_files(roster.file())
    if person.page.locator("select[name=school] option").count() > 1:
        person.page.locator("select[name=school]").select_option(index=1)
    person.press("Check the file")
    expect(person.page.locator("h1")).to_contain_text("What the columns mean")
    assert person.page.locator("select[name^=column-]").first.input_value() == "number"
    expect(person.page.locator("main")).to_contain_text("“Password” is not read.")
    person.press("Check")
    expect(person.page.locator(".steps")).to_contain_text("Check")


def wait_for(person, words):
    """Waits until the page tells of the end; without scripts it loads itself again every two seconds."""
    expect(person.page.locator("main")).to_contain_text(words, timeout=30_000)


def test_the_wizard_brings_a_list_in_and_undo_takes_it_back(people, scripts, roster):
    person = people("registrar", scripts=scripts)
    bring(person, roster)
    expect(person.page.locator("main")).to_contain_text("Errors by cause")
    expect(person.page.locator("main")).to_contain_text("Shoe size")
    assert roster.found() == [], "something was written before anybody said so"
    person.page.get_by_role("button", name="Import").last.click()
    wait_for(person, "The roster is written.")
    assert roster.found() == sorted(roster.numbers[:3])
    assert "secret" not in person.page.content()

    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="Rows with errors").click()
    failed = open(download.value.path(), encoding="utf-8-sig").read()
    assert roster.numbers[3] in failed and "secret" not in failed

    address = person.page.url
    bring(person, roster, again=True)
    expect(person.page.locator(".submit-bar")).to_contain_text("0 new, 0 changed")
    person.go(address)
    person.press("Undo this import")
    wait_for(person, "This import was undone.")
    assert roster.found() == []


def test_a_file_that_is_none_is_told_in_the_form(people, scripts):
    person = people("registrar", scripts=scripts)
    for name, content in (("empty.csv", b""), ("letter.zip", b"PK\x03\x04 this is no zip"), ("a.csv", b"\x00\x01\x02\n\xff\xfe\x00")):
        person.go("/imports/new")
        person.page.locator("input[name=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        person.press("Check the file")
        expect(person.page.locator(".error-summary")).to_be_visible()


@pytest.mark.parametrize("role", ["teacher", "guardian", "student"])
def test_nobody_else_imports(node, role, people):
    person = people(role)
    assert person.go("/imports") == 403
    assert person.go("/imports/new") == 403


# ---- The command ----------------------------------------------------------------------------------------------------------


def imported(school, path, *words):
    """What `homeroom import` says about a file, in JSON."""
    return json.loads(school.run("import", str(path), "--json", *words, ok=(0, 4, 5)).strip().splitlines()[-1])


def test_the_command_brings_the_same_list_in_beside_a_running_server(school, node, roster, tmp_path):
    path = tmp_path / "students.csv"
    path.write_text(roster.text(), encoding="utf-8")
    code = school.rows("SELECT code FROM directory_org WHERE kind = 'school'")[0][0]
    first = imported(school, path, "--school", code)
    assert roster.found() == sorted(roster.numbers[:3])
    again = imported(school, path, "--school", code)
    assert first["changes"] > 0 and again["changes"] == 0
    assert "secret" not in json.dumps([first, again])
    school.run("import", "--undo", first["id"], ok=(0, 4))
    for _ in range(50):
        if roster.found() == []:
            break
        time.sleep(0.1)
    assert roster.found() == []
    assert node.client().get("/livez").status_code == 200
