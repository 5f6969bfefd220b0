"""Messages: written by one, in the inbox of another at once, with and without scripts; and by nobody's reach too far."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from pages import none, wait_until

BADGE = ".inbox-link [data-unread]"


def unread(client):
    return client.get("/api/v1/inbox/unread-count").json()["data"]["unread"]


def compose(person, audience, subject, text="We leave at 8:15.\n\nBring a raincoat.", priority=None):
    person.go("/messages/new")
    person.page.get_by_label("For", exact=True).select_option(label=audience)
    person.page.get_by_label("Subject").fill(subject)
    person.page.get_by_label("Text", exact=True).fill(text)
    if priority:
        person.page.get_by_label(priority).check()


@pytest.fixture
def subject():
    return f"Trip {secrets.token_hex(3)}"


def test_a_message_is_written_counted_sent_and_read(people, node, scripts, subject):
    """The office counts the audience, sends, and sees whom it reached; the teacher reads it and the number goes down."""
    office = people("principal", scripts=scripts)
    compose(office, staff(office), subject, priority="Important")
    office.press("Count people")
    expect(office.page.locator(".notice").first).to_contain_text("In the audience today")
    expect(office.page.get_by_label("Subject")).to_have_value(subject)
    office.page.get_by_role("button", name=re.compile("^Send")).click()
    expect(office.page).to_have_url(re.compile(r"/messages/sent/[0-9a-f-]{36}"))
    assert office.heading() == subject
    sent = office.page.url
    api = node.sign_in("teacher")
    wait_until(lambda: any(one["subject"] == subject for one in api.get("/api/v1/inbox").json()["data"]))
    before = unread(api)

    teacher = people("teacher", scripts=scripts)
    teacher.go("/today")
    expect(teacher.page.locator(BADGE)).to_have_text(re.compile(rf"^{before}\b"))
    teacher.page.locator(".inbox-link").click()
    teacher.page.get_by_role("link", name=subject).click()
    assert teacher.heading() == subject
    expect(teacher.page.locator(".message-text")).to_contain_text("Bring a raincoat.")
    assert unread(api) == before - 1
    teacher.press("Put away")
    expect(teacher.page.get_by_role("link", name=subject)).to_have_count(0)
    teacher.undo()
    expect(teacher.page.get_by_role("link", name=subject)).to_have_count(1)

    wait_until(lambda: (office.go(sent.removeprefix(node.url)), "Have read it" in office.page.inner_text("main"))[1])
    expect(office.page.locator("main")).to_contain_text("In the inbox")


def staff(person):
    """The choice of all staff of the demo's school, as its label says it."""
    person.go("/messages/new")
    labels = person.page.eval_on_selector_all("select[name=audience] option", "all => all.map(one => one.label)")
    return next(label for label in labels if label.startswith("Staff of "))


def test_the_number_moves_while_one_looks(people, node, subject):
    """The badge of a page that stays open goes up when a message comes, and down when it is read elsewhere."""
    api = node.sign_in("teacher")
    api.post("/api/v1/inbox/read-all")
    teacher = people("teacher")
    teacher.go("/messages")
    badge = teacher.page.locator(BADGE)
    expect(badge).to_be_hidden()
    office = node.sign_in("principal")
    audience = next(one["audience"] for one in office.get("/api/v1/messages/audiences").json()["data"]
                    if one["words"].startswith("Staff of "))
    made = office.post("/api/v1/messages", json={
        "audience": audience, "subject": subject, "text": "Now.", "priority": "urgent", "send": True})
    assert made.status_code == 201, made.text
    expect(badge).to_have_text(re.compile(r"^1\b"), timeout=12_000)
    # The list on the page has it as well, without being loaded anew.
    expect(teacher.page.get_by_role("link", name=subject)).to_have_count(1)
    newest = api.get("/api/v1/inbox").json()["data"][0]
    assert newest["subject"] == subject
    assert api.post(f"/api/v1/inbox/{newest['id']}/read").status_code == 200
    expect(badge).to_be_hidden(timeout=12_000)


def test_a_message_waits_for_its_time_and_can_be_withdrawn(people, node, scripts, subject):
    office = people("principal", scripts=scripts)
    compose(office, staff(office), subject)
    office.page.get_by_label("Deliver on").fill("2099-01-31")
    office.page.get_by_label("At", exact=False).last.fill("07:30")
    office.page.get_by_role("button", name=re.compile("^Send")).click()
    expect(office.page.locator("main")).to_contain_text("Waits for its time")
    expect(office.page.locator("main")).to_contain_text("31 Jan 2099, 07:30")
    office.press("Withdraw")
    expect(office.page.locator("main")).to_contain_text("Withdrawn")
    office.page.get_by_role("link", name="Edit").click()
    expect(office.page.get_by_label("Subject")).to_have_value(subject)
    office.press("Save draft")
    expect(office.page.locator("main")).to_contain_text("Not sent yet")


def test_what_is_wrong_is_said_beside_the_fields(people, scripts):
    office = people("principal", scripts=scripts)
    compose(office, staff(office), " ", text=" ")
    office.page.get_by_role("button", name=re.compile("^Send")).click()
    expect(office.page).to_have_title(re.compile("^Error:"))
    expect(office.page.locator(".field.wrong").first).to_be_visible()


def test_channels_are_chosen(people, scripts, node):
    guardian = people("guardian", scripts=scripts)
    guardian.go("/account/channels")
    guardian.page.get_by_label("Mail").uncheck()
    guardian.press("Save")
    assert node.sign_in("guardian").get("/api/v1/channel-choices").json()["data"]["byMail"] is False
    guardian.go("/account/channels")
    guardian.page.get_by_label("Mail").check()
    guardian.press("Save")
    assert node.sign_in("guardian").get("/api/v1/channel-choices").json()["data"]["byMail"] is True


def test_one_writes_from_the_page_of_a_section_or_a_person(people, node, scripts):
    """The teacher is led to the guardians of her section, and an office to anybody."""
    office, teacher = node.sign_in("administrator"), people("teacher", scripts=scripts)
    taught = {one["audience"].removeprefix("section_guardians:") for one in
              node.sign_in("teacher").get("/api/v1/messages/audiences").json()["data"]
              if one["audience"].startswith("section_guardians:")}
    assert taught
    teacher.go(f"/sections/{sorted(taught)[0]}")
    teacher.page.get_by_role("link", name="Write to guardians").click()
    assert teacher.heading() == "New message"
    expect(teacher.page.locator("select[name=audience] option:checked")).to_contain_text("Guardians of")
    expect(teacher.page.locator(".notice").first).to_contain_text("In the audience today")

    student = office.get("/api/v1/students").json()["data"][0]
    member = office.get("/api/v1/staff").json()["data"][0]
    guardian = office.get("/api/v1/guardians").json()["data"][0]
    writer = people("administrator", scripts=scripts)
    for path in (f"students/{student['id']}", f"staff/{member['id']}", f"guardians/{guardian['personId']}"):
        writer.go(f"/people/{path}")
        name = writer.heading()
        writer.page.get_by_role("link", name="Write a message").click()
        expect(writer.page.locator("select[name=audience] option:checked")).to_contain_text(name)


def test_nobody_writes_beyond_their_reach(node):
    """Teachers write to their own sections; students and guardians read."""
    office, teacher = node.sign_in("administrator"), node.sign_in("teacher")
    all_of_them = {one["audience"] for one in office.get("/api/v1/messages/audiences").json()["data"]}
    own = {one["audience"] for one in teacher.get("/api/v1/messages/audiences").json()["data"]}
    assert own and own < all_of_them
    refused = [one for one in sorted(all_of_them - own) if teacher.post(
        "/api/v1/messages", json={"audience": one, "subject": "No", "text": "No", "send": True}).status_code != 404]
    none(f"a teacher may write to {one}" for one in refused)
    for role in ("guardian", "student"):
        reader = node.sign_in(role)
        assert reader.get("/api/v1/messages/audiences").status_code == 403
        assert reader.get("/api/v1/inbox").status_code == 200
        message = reader.get("/api/v1/inbox").json()["data"][0]
        assert office.get(f"/api/v1/inbox/{message['id']}").status_code in (200, 404)
    mine = node.sign_in("guardian").get("/api/v1/inbox").json()["data"]
    theirs = node.sign_in("student")
    only = [one for one in mine if one["subject"].startswith("Trip to the harbour")]
    assert only and theirs.get(f"/api/v1/inbox/{only[0]['id']}").status_code == 404
