"""People at their browsers. A person notices what a user would: faults on the console, and policies that were broken."""

import re

from playwright.sync_api import expect

WATCH = """
  addEventListener("securitypolicyviolation", event =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
"""
# The browser itself writes these when a page answers so on purpose; the tests look at the status instead.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (401|403|404|409|412|422)")


class Person:
    """One browser context with one page, as the person who sits before it uses them."""

    def __init__(self, chromium, node, scripts, viewport, **options):
        self.node = node
        self.scripts = scripts
        self.complaints = []
        self.role = None
        self.context = chromium.new_context(
            base_url=node.url, java_script_enabled=scripts, viewport=viewport, reduced_motion="reduce", **options)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        if scripts:
            self.context.add_init_script(WATCH)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def heard(self, message):
        if message.type == "error" and not EXPECTED.match(message.text):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def close(self):
        self.context.close()

    def go(self, path):
        """Opens an address; answers the status."""
        return self.page.goto(path).status

    def sign_in(self, role):
        """Signs in at the door as the demo school's account of a role."""
        email, password = self.node.installation.accounts[role]
        self.go("/login")
        self.page.get_by_label("E-mail or user name").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        expect(self.page).to_have_url(re.compile(r"/today"))
        self.role = role

    def sign_out(self):
        """Signs out by the account menu."""
        self.page.locator("summary[aria-label^='Account']").click()
        self.press("Sign out")
        expect(self.page).to_have_url(re.compile(r"/login"))

    def press(self, name):
        """Presses the button of a name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def type(self, *keys):
        """Presses keys one after the other; answers how many."""
        for key in keys:
            self.page.keyboard.press(key)
        return len(keys)

    def heading(self):
        """The words of the page's first heading."""
        return self.page.locator("h1").first.inner_text()

    def undo(self):
        """Takes back what the page says was done."""
        self.page.locator("#toasts .toast form button").first.click()
