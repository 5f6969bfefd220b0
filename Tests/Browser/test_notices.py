"""A notice goes through its whole life by two people, and reaches those it is for and nobody else."""

import re

import pytest
from playwright.sync_api import expect

from pages import none
from test_axe import LOOKS, violations

TITLE = re.compile(r"notices/[0-9a-f-]{36}$")


@pytest.fixture
def family(node):
    """The word for the guardians of the teacher's first section, in which the demo school's student sits."""
    audiences = node.sign_in("teacher").all("/api/v1/notice-audiences")
    return next(one for one in audiences if one["words"].startswith("Guardians of"))


def write(person, title, text, audience):
    """Fills the form of a notice in."""
    person.page.get_by_label("Title").fill(title)
    person.page.get_by_label("Text").fill(text)
    if audience:
        person.page.get_by_label("For", exact=True).select_option(label=audience)


def said(person):
    return person.page.locator("#toasts")


def board(person):
    """The titles on somebody's board."""
    person.go("/notices")
    return person.page.locator(".noticeboard h2").all_inner_texts()


def test_a_notice_lives_its_whole_life_between_two_people(people, scripts, engine):
    """Written, sent, rejected, written anew, approved, read, no longer wanted, deleted, and brought back."""
    author, approver = people("teacher", scripts=scripts), people("principal", scripts=scripts)
    guardian, student = people("guardian", scripts=scripts), people("student", scripts=scripts)
    title = f"Walk by the sea, {engine}, {'with' if scripts else 'without'} scripts"

    author.go("/notices")
    author.page.get_by_role("link", name="New notice").click()
    words = author.page.locator("#audience option", has_text="Guardians of").first.inner_text()
    write(author, title, "We walk to the lighthouse.\n\nBring boots.", words)
    author.press("Save draft")
    expect(said(author)).to_contain_text("Draft saved")
    expect(author.page).to_have_url(TITLE)
    address = author.page.url.removeprefix(author.node.url)
    assert approver.go(address) == 404, "somebody else sees a draft"
    author.press("Send for approval")
    expect(said(author)).to_contain_text("Sent for approval")
    assert author.page.get_by_role("button", name="Approve", exact=True).count() == 0

    approver.go("/today")
    approver.page.get_by_role("link", name="Read", exact=True).click()
    approver.page.get_by_role("link", name=title, exact=True).click()
    approver.page.locator("summary", has_text="Reject").click()
    approver.press("Reject")
    expect(approver.page.locator(".error-summary")).to_contain_text("Say why")
    approver.page.locator("#reason").fill("Which day?")
    approver.press("Reject")
    expect(said(approver)).to_contain_text("Rejected")
    assert title not in board(guardian)

    author.go("/notices/mine?state=rejected")
    author.page.get_by_role("link", name=title, exact=True).click()
    expect(author.page.locator(".said")).to_have_text("Which day?")
    author.page.get_by_role("link", name="Edit", exact=True).click()
    write(author, title, "On Friday we walk to the lighthouse.\n\nBring boots.", None)
    author.press("Send for approval")
    expect(said(author)).to_contain_text("Saved, and sent for approval")

    approver.go(address)
    approver.press("Approve")
    expect(said(approver)).to_contain_text("Approved")
    assert title in board(guardian)
    guardian.page.get_by_role("link", name=title, exact=True).click()
    expect(guardian.page.locator(".prose p")).to_have_text(["On Friday we walk to the lighthouse.", "Bring boots."])
    assert guardian.page.locator("main form").count() == 0 and guardian.page.locator(".timeline").count() == 0
    guardian.go("/today")
    expect(guardian.page.locator(".noticeboard.brief")).to_contain_text(title)
    assert title not in board(student)
    assert student.go(address) == 404, "somebody outside of the audience reads it"

    author.go(address)
    author.page.locator("summary", has_text="Ask for deletion").click()
    author.page.locator("#wish").fill("It rains.")
    author.press("Ask for deletion")
    expect(said(author)).to_contain_text("off the board")
    assert title not in board(guardian)

    approver.go("/notices/review")
    approver.page.get_by_role("link", name=title, exact=True).click()
    expect(approver.page.locator(".said")).to_have_text("It rains.")
    approver.press("Delete")
    expect(said(approver)).to_contain_text("Notice deleted")
    assert author.go(address) == 404
    approver.undo()
    assert approver.go(address) == 200
    expect(approver.page.locator(".timeline .what > p:first-of-type")).to_have_text([
        "Brought back from the recycle bin", "Deleted", "Deletion asked for", "Approved", "Sent for approval", "Changed",
        "Rejected", "Sent for approval", "Written"])
    approver.press("Keep it")
    expect(said(approver)).to_contain_text("Kept")
    assert title in board(guardian)


def test_nobody_approves_a_notice_of_their_own(people, scripts, node):
    principal = people("principal", scripts=scripts)
    principal.go("/notices/new")
    staff = principal.page.locator("#audience option", has_text="Staff of").first.inner_text()
    write(principal, "My own", "Words of my own.", staff)
    principal.press("Send for approval")
    expect(principal.page.locator(".standing")).to_contain_text("You wrote it, so another person approves it.")
    assert principal.page.get_by_role("button", name="Approve", exact=True).count() == 0
    address = principal.page.url.removeprefix(node.url)
    caller = node.sign_in("principal")
    refused = caller.post(f"/api/v1{address}/status", headers={"If-Match": '"2"'}, json={"status": "approved"})
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTICE_OWN")
    principal.press("Delete")
    expect(said(principal)).to_contain_text("Notice deleted")


def test_two_windows_on_one_notice_do_not_overwrite_each_other(people, scripts, node, family):
    teacher = node.sign_in("teacher")
    body = {"title": "Two windows", "text": "First.", "audience": family["audience"]}
    made = teacher.post("/api/v1/notices", json=body).json()["data"]
    person = people("teacher", scripts=scripts)
    person.go(f"/notices/{made['id']}/edit")
    assert teacher.patch(f"/api/v1/notices/{made['id']}", version=1, json={"text": "Second."}).status_code == 200
    person.page.get_by_label("Text").fill("Third.")
    person.press("Save draft")
    clash = person.page.locator(".conflict-form")
    expect(clash).to_contain_text("Second.")
    expect(clash).to_contain_text("Third.")
    person.press("Save these")
    expect(said(person)).to_contain_text("Saved")
    assert teacher.get(f"/api/v1/notices/{made['id']}").json()["data"]["text"] == "Third."
    person.press("Delete draft")
    expect(said(person)).to_contain_text("deleted")
    person.undo()
    assert teacher.get(f"/api/v1/notices/{made['id']}").status_code == 200
    person.go(f"/notices/{made['id']}")
    person.press("Delete draft")


def test_axe_finds_nothing_on_pages_of_notices(people, node, family):
    """Also where there is much to do: the page of one who decides, of an author, a form with faults."""
    teacher, found = node.sign_in("teacher"), []
    body = {"title": "Axe", "text": "One.\n\nTwo.", "audience": family["audience"], "isSent": True, "isPinned": True}
    made = teacher.post("/api/v1/notices", json=body).json()["data"]
    for role in ("teacher", "principal", "administrator"):
        person = people(role)
        for address in ("/notices", f"/notices/{made['id']}", "/notices/new", "/notices/mine"):
            person.go(address)
            found += violations(person, address, LOOKS if role == "principal" else LOOKS[1:3])
    person.go("/notices/new")
    person.page.locator("main form").first.evaluate("form => form.submit()")
    person.page.locator(".error-summary").wait_for()
    found += violations(person, "a form with faults", LOOKS[1:3])
    assert teacher.post(
        f"/api/v1/notices/{made['id']}/status", headers={"If-Match": '"2"'}, json={"status": "draft"}).status_code == 200
    none(found)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_board_stays_within_320_pixels_whatever_is_written(people, node, family, direction):
    """Long words, right-to-left scripts, and many paragraphs."""
    teacher, principal = node.sign_in("teacher"), node.sign_in("principal")
    texts = {
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen": "w" * 900,
        "رحلة إلى المتحف يوم الجمعة": "نلتقي أمام المدرسة في الثامنة صباحا.\n\nأحضروا الماء والقبعة.",
    }
    for title, text in texts.items():
        body = {"title": title, "text": text, "audience": family["audience"], "isSent": True}
        made = teacher.post("/api/v1/notices", json=body).json()["data"]
        approved = principal.post(
            f"/api/v1/notices/{made['id']}/status", headers={"If-Match": '"2"'}, json={"status": "approved"})
        assert approved.status_code == 200, approved.text
    person = people("guardian", viewport={"width": 320, "height": 640})
    for address in ("/notices", f"/notices/{made['id']}", "/today"):
        person.go(address)
        person.page.evaluate(f"document.documentElement.dir = '{direction}'")
        assert person.page.evaluate("document.documentElement.scrollWidth") <= 320, address
