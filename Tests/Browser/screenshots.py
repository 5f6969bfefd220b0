"""Takes the pictures of the README from a demo school of its own: docs/screenshots/*.png. Called by `bin/screenshots`.

    screenshots.py              those that the README shows
    screenshots.py all          these and many more, for looking at
    screenshots.py NAME …       those whose names begin so
"""

import sys
import urllib.parse

from playwright.sync_api import sync_playwright

from homeroom import ROOT, Installation
from people import Person

FOLDER = ROOT / "docs/screenshots"
SHOWN = ("today-office", "students", "student-dark", "register", "register-phone", "palette")
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 760}


class Photographer:
    """Signs people in, leads them to a page, and takes its picture."""

    def __init__(self, browser, node, wanted):
        self.browser, self.node, self.wanted = browser, node, wanted

    def take(self, name, role, address, theme="light", viewport=DESK, before=None, **options):
        """One picture; `before` does what has to be done on the page first."""
        if not (name in SHOWN if not self.wanted else self.wanted == ("all",) or name.startswith(self.wanted)):
            return
        person = Person(self.browser, self.node, scripts=True, viewport=viewport, color_scheme=theme, **options)
        if role:
            person.sign_in(role)
        status = person.go(address(person) if callable(address) else address)
        if before:
            before(person)
        person.page.evaluate("document.fonts.ready")
        person.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")
        print(f"   {name}.png: {status} {urllib.parse.urlsplit(person.page.url).path}")
        person.close()

    # ---- Where things are

    def register(self, person):
        """The first register of the teacher's day."""
        person.go("/today")
        return person.page.locator("a[href^='/attendance/register/']").first.get_attribute("href")

    def first(self, listing, kind):
        def find(person):
            person.go(listing)
            return person.page.locator(f"main a[href^='{kind}']:not([href$='/new'])").first.get_attribute("href")
        return find


def mark(person):
    for row in (3, 7):
        person.page.locator(f"#row-{row} label.absent").click()
    person.page.locator("#row-11 label.late").click()
    person.page.locator("#row-11 .minutes input").fill("12")
    person.page.evaluate("scrollTo(0, 0)")


def palette(person):
    person.type("Control+k")
    person.page.get_by_role("combobox").press_sequentially("an")
    person.page.get_by_role("option").first.wait_for()
    person.page.wait_for_timeout(300)


def select(person):
    for row in range(3):
        person.page.locator("tbody .margin input").nth(row).check()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    school = Installation("sqlite")
    try:
        node = school.seed(600).serve()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            one = Photographer(browser, node, tuple(sys.argv[1:]))
            one.take("sign-in", None, "/login")
            one.take("today-teacher", "teacher", "/today")
            one.take("today-office", "principal", "/today")
            one.take("students", "registrar", "/people/students")
            one.take("students-selected", "registrar", "/people/students", before=select)
            one.take("students-dark", "registrar", "/people/students", theme="dark")
            one.take("students-phone", "registrar", "/people/students", viewport=PHONE, has_touch=True, is_mobile=True)
            one.take("palette", "registrar", "/people/students", before=palette)
            one.take("student", "registrar", one.first("/people/students", "/people/students/0"))
            one.take("student-dark", "registrar", one.first("/people/students", "/people/students/0"), theme="dark")
            one.take("student-edit", "registrar",
                     lambda person: one.first("/people/students", "/people/students/0")(person) + "/edit")
            one.take("register", "teacher", one.register, before=mark)
            one.take("register-dark", "teacher", one.register, theme="dark", before=mark)
            one.take("register-phone", "teacher", one.register, viewport=PHONE, before=mark, has_touch=True, is_mobile=True)
            one.take("attendance-day", "principal", "/attendance/day")
            one.take("sections", "registrar", "/sections")
            one.take("section", "registrar", one.first("/sections", "/sections/0"))
            one.take("import", "registrar", "/imports/new")
            one.take("accounts", "administrator", "/admin/accounts")
            one.take("role", "administrator", one.first("/admin/roles", "/admin/roles/0"))
            one.take("account", "teacher", "/account")
            one.take("not-found", "teacher", "/nowhere")
            browser.close()
    finally:
        school.remove()


if __name__ == "__main__":
    main()
