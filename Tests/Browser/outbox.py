"""Homeroom's outbox from outside, and what a reader of mail sees in a mail."""

import html.parser
import re
import secrets
import time


class Outbox:
    """Homeroom's outbox as its API shows it to somebody."""

    def __init__(self, caller):
        self.caller = caller

    def send(self, recipient, subject="News", message="Tomorrow at nine.", **more):
        """Has a mail sent; answers the letter's number."""
        answer = self.caller.post(
            "/notifications/email", json={"recipient": recipient, "subject": subject, "message": message} | more)
        assert answer.status_code == 202, f"{answer.status_code} {answer.text}"
        return answer.json()["data"]["id"]

    def text(self, number, message="Tomorrow at nine."):
        """Has a text message sent; answers the letter's number."""
        answer = self.caller.post("/notifications/sms", json={"recipient": number, "message": message})
        assert answer.status_code == 202, f"{answer.status_code} {answer.text}"
        return answer.json()["data"]["id"]

    def letter(self, number):
        answer = self.caller.get(f"/api/v1/notifications/{number}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def all(self, **query):
        return self.caller.all("/api/v1/notifications", **query)

    def resend(self, number):
        answer = self.caller.post(f"/api/v1/notifications/{number}/resending")
        assert answer.status_code == 202, answer.text

    def wait(self, number, state, seconds=20, attempts=None):
        """Waits until a letter stands so, and after so many tries that have come to an end; answers it."""
        until = time.monotonic() + seconds
        while True:
            letter = self.letter(number)
            is_tried = attempts is None or letter["attempts"] == attempts and letter["words"]
            if letter["state"] == state and is_tried:
                return letter
            assert time.monotonic() < until, f"not {state}: {letter}"
            time.sleep(0.03)


def at_pages(node, role="administrator"):
    """Somebody at the pages, without a browser."""
    name, password = node.installation.accounts[role]
    client = node.client()
    assert client.post("/login", data={"email": name, "password": password}).status_code == 303
    return client


def address():
    """Somebody nobody has written to."""
    return f"reader-{secrets.token_hex(4)}@elsewhere.example"


def defects(message):
    """Everything that Python finds wrong with a mail, in its parts and in their headers."""
    found = [defect for part in message.walk() for defect in part.defects]
    for part in message.walk():
        found += [defect for value in part.values() for defect in getattr(value, "defects", [])]
    return found


def words(text):
    return re.sub(r"\s+", " ", text).strip()


class Reader(html.parser.HTMLParser):
    """Reads what a page says, without its head."""

    def __init__(self, page):
        super().__init__()
        self.said, self.direction, self.language, self.links, self.silent = [], None, None, [], 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "html":
            self.direction, self.language = named.get("dir"), named.get("lang")
        if tag == "a":
            self.links.append(named.get("href"))
        self.silent += tag == "head"
        if tag in ("p", "br"):
            self.said.append("\n")

    def handle_endtag(self, tag):
        self.silent -= tag == "head"

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)

    def text(self):
        return words("".join(self.said))
