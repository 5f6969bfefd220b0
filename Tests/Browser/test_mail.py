"""Mail as a real server gets it: nothing that mail programs stumble over, encrypted, and to nobody else."""

import base64
import datetime
import email.utils
import functools
import re
import secrets
import subprocess

import pytest

from homeroom import ENGINES, PROGRAM
from mailbox import Authority, Mailbox
from outbox import Outbox, Reader, address, at_pages, defects, words
from test_api import problem

PDF = b"%PDF-1.7\r\n%\xe2\xe3\xcf\xd3\n" + secrets.token_bytes(50_000) + b"\n.\r\n\r\n%%EOF\n"

WRITING = {
    "Latin": ("Café on Friday — naïve Zoë, “Ærøskøbing” & <b>", "We leave at nine.\n\nBring a coat, Zoë."),
    "Arabic": ("رحلة إلى المتحف يوم الجمعة القادم مع جميع الطلاب", "نغادر في التاسعة.\n\nأحضروا معطفًا من فضلكم."),
    "Chinese": ("星期五參觀博物館，請各位家長務必簽署同意書並於星期四之前交回學校", "我們九點出發。\n\n請帶外套。"),
    "lines that mean something to mail": (
        "=?utf-8?q?no?= encoding",
        "From here\n.\n..\n.hidden\n\n-- \nx=3Dy\n\n" + "long " * 700 + "\n\n" + "word" * 400),
}


@pytest.fixture(scope="module")
def mailbox(authority):
    """A mail server whose certificate Homeroom is told to trust, and which wants a password."""
    made = Mailbox(authority, user="homeroom", password="a password of the mail server")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def offices(installations, mailbox):
    """On each engine the server of a school that sends its mail through the mailbox."""
    return functools.cache(lambda engine: installations(engine).seed(20).serve(
        settings=mailbox.settings(SMTP_FROM="Oak Hill 學校 <office@school.example>")))


@pytest.fixture
def office(offices, engine):
    running = offices(engine)
    yield running
    assert running.faults() == []


@pytest.fixture
def outbox(office):
    return Outbox(office.sign_in("administrator"))


# ---- What arrives ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("writing", WRITING)
def test_a_mail_arrives_as_it_was_written(outbox, mailbox, writing):
    subject, text = WRITING[writing]
    reader = address()
    name = {"Arabic": "كشف الدرجات.pdf", "Chinese": "成績單 第一學期.pdf"}.get(writing, "report; \"Zoë\".pdf")
    file = {"name": name, "mediaType": "application/pdf", "content": base64.b64encode(PDF).decode()}
    letter = outbox.wait(outbox.send(reader, subject, text, attachments=[file]), "sent")
    mail = mailbox.wait(reader)
    message = mail.message
    assert defects(message) == []
    assert mail.is_encrypted and mail.sender == "office@school.example" and mail.recipients == [reader]
    assert message["subject"] == subject
    assert message["message-id"] == f"<{letter['id']}@school.example>"
    assert message["to"].addresses[0].addr_spec == reader and len(message["to"].addresses) == 1
    [sender] = message["from"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Oak Hill 學校", "office@school.example")
    written = datetime.datetime.fromisoformat(letter["createdAt"])
    assert abs(email.utils.parsedate_to_datetime(message["date"]) - written) < datetime.timedelta(seconds=1)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    plain, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert Reader(page).text() == words(text)
    [attached] = message.iter_attachments()
    assert attached.get_filename() == name
    assert attached.get_content() == PDF
    assert letter["words"] == "250 2.0.0 Taken" and letter["attempts"] == 1 and letter["files"] == 1


def test_the_bytes_of_a_mail_are_such_as_every_server_takes(outbox, mailbox):
    readers = {writing: address() for writing in WRITING}
    for writing, reader in readers.items():
        outbox.send(reader, *WRITING[writing])
    for reader in readers.values():
        raw = mailbox.wait(reader).bytes
        assert raw.isascii() and b"\0" not in raw
        assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        head = raw.split(b"\r\n\r\n")[0]
        assert max(len(line) for line in head.split(b"\r\n")) <= 78, head.decode()


def test_a_mail_goes_encrypted_from_the_first_byte_where_the_server_wants_that(installations, authority):
    mailbox = Mailbox(authority, "tls")
    try:
        outbox = Outbox(installations("sqlite").seed(20).serve(settings=mailbox.settings()).sign_in("administrator"))
        letter = outbox.wait(outbox.send("tls@elsewhere.example"), "sent")
        assert mailbox.copies(letter["id"]) == 1 and mailbox.mails[0].is_encrypted
    finally:
        mailbox.stop()


def test_many_mails_share_a_connection(outbox, mailbox):
    before = mailbox.connections
    letters = [outbox.send(address(), f"Number {number}") for number in range(20)]
    for letter in letters:
        outbox.wait(letter, "sent")
    assert [mailbox.copies(letter) for letter in letters] == [1] * 20
    assert mailbox.connections - before <= 2


# ---- What is refused -------------------------------------------------------------------------------------------------

REFUSED = [
    {"recipient": "ada@school.example\r\nBcc: eve@evil.example"},
    {"recipient": "ada@school.example\nBcc: eve@evil.example"},
    {"recipient": "ada@school.example> SIZE=1\r\nRCPT TO:<eve@evil.example"},
    {"recipient": "ada@school.example, eve@evil.example"},
    {"recipient": "ada@school.example>"}, {"recipient": "Ada <ada@school.example>"}, {"recipient": ""},
    {"recipient": "ada@school.example\0"}, {"recipient": "nobody"}, {"subject": "News\r\nBcc: eve@evil.example"},
    {"subject": "News\nBcc: eve@evil.example"}, {"subject": "News\rBcc: eve@evil.example"}, {"subject": "News\0"},
    {"subject": ""}, {"message": ""},
    {"attachments": [{"name": "a.pdf\r\nBcc: eve@evil.example", "mediaType": "application/pdf", "content": "QQ=="}]},
    {"attachments": [{"name": "a.pdf", "mediaType": "text/plain\r\nBcc: eve@evil.example", "content": "QQ=="}]},
    {"attachments": [{"name": "a.pdf", "mediaType": "application/pdf", "content": "no base64!"}]},
]


def test_a_letter_that_would_say_more_to_the_server_is_refused(outbox, mailbox):
    before, heard = len(outbox.all()), len(mailbox.mails)
    for fault in REFUSED:
        answer = outbox.caller.post("/notifications/email", json={
            "recipient": "ada@school.example", "subject": "News", "message": "At nine."} | fault)
        assert answer.status_code == 422, f"{fault}: {answer.status_code} {answer.text}"
        problem(answer, 422, "VALIDATION_ERROR")
    assert len(outbox.all()) == before and len(mailbox.mails) == heard


def test_the_longest_letter_is_sent_whole_and_answered_as_described(outbox, mailbox):
    reader, schemas = address(), outbox.caller.get("/api/openapi.json").json()["components"]["schemas"]
    longest = {name: member["maxLength"] for name, member in schemas["NewMail"]["properties"].items()
               if "maxLength" in member}
    text = "Tomorrow at nine. " * longest["message"]
    number = outbox.send(reader, "S" * longest["subject"], text[:longest["message"] - 1] + "!")
    answer = outbox.wait(number, "sent")
    assert len(answer["text"]) == longest["message"] and len(answer["subject"]) == longest["subject"]
    for name, member in schemas["Letter"]["properties"].items():
        assert len(str(answer.get(name) or "")) <= member.get("maxLength", 1_000_000), name
    [mail] = mailbox.to(reader)
    assert " ".join(mail.message.get_body(("plain",)).get_content().split()) == " ".join(answer["text"].split())


def test_a_text_that_looks_like_the_end_of_a_mail_is_text(outbox, mailbox):
    """No reader gets a mail of a stranger's making (SMTP smuggling)."""
    reader, before = address(), len(mailbox.mails)
    for end in ("\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n"):
        text = f"Hello{end}MAIL FROM:<eve@evil.example>\r\nRCPT TO:<ada@school.example>\r\nDATA\r\nSubject: A\r\n\r\nx"
        outbox.wait(outbox.send(reader, "News", text), "sent")
    assert len(mailbox.mails) == before + 4
    for mail in mailbox.to(reader):
        assert "RCPT TO:<ada@school.example>" in mail.message.get_body(("plain",)).get_content()


def test_somebody_without_the_right_sends_nothing_and_sees_nothing(office, outbox):
    letter = outbox.send(address())
    teacher, stranger = office.sign_in("teacher"), office.client()
    body = {"recipient": "ada@school.example", "subject": "News", "message": "At nine."}
    for caller, status in ((teacher, 403), (stranger, 401)):
        assert caller.post("/notifications/email", json=body).status_code == status
        text = caller.post("/notifications/sms", json={"recipient": "+231771234567", "message": "At nine."})
        assert text.status_code == status
        assert caller.get("/api/v1/notifications").status_code == status
        assert caller.get(f"/api/v1/notifications/{letter}").status_code == status
        assert caller.post(f"/api/v1/notifications/{letter}/resending").status_code == status


# ---- The connection --------------------------------------------------------------------------------------------------


def refused_by(installations, mailbox, settings):
    """What becomes of a mail that cannot be handed over with these settings; nothing of it may have been said."""
    node = installations("sqlite").seed(20).serve(settings=settings)
    outbox = Outbox(node.sign_in("administrator"))
    letter = outbox.wait(outbox.send(address(), "A secret subject"), "pending", attempts=1)
    assert letter["nextAt"] and mailbox.mails == []
    assert not {"mail", "rcpt", "data"} & {point for point, _ in mailbox.heard}
    return letter, node


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_proves_nothing_gets_nothing(installations, security):
    """Its certificate is signed by somebody else, or is for somebody else."""
    trusted, stranger, other = Authority(), Authority(), Authority(names="DNS:mail.elsewhere.example")
    for shown, named in ((stranger, trusted), (other, other)):
        mailbox = Mailbox(shown, security, user="homeroom", password="do not tell it")
        try:
            letter, _ = refused_by(installations, mailbox, mailbox.settings(SMTP_CA_FILE=named.file))
            assert re.search("certificate|SSL|peer", letter["words"], re.IGNORECASE), letter["words"]
            assert mailbox.refused_passwords == 0
        finally:
            mailbox.stop()
    for one in (trusted, stranger, other):
        one.remove()


def test_a_server_that_does_not_encrypt_gets_nothing(installations, authority):
    """As when somebody on the way takes STARTTLS out of what it says."""
    mailbox = Mailbox(authority, "none")
    try:
        letter, _ = refused_by(
            installations, mailbox, mailbox.settings(SMTP_SECURE="starttls", SMTP_CA_FILE=authority.file))
        assert letter["words"]
    finally:
        mailbox.stop()


def test_settings_that_would_send_in_clear_over_a_network_do_not_start(installations):
    school = installations("sqlite")
    school.settings |= {"SMTP_HOST": "mail.school.example", "SMTP_SECURE": "none", "SMTP_FROM": "office@school.example"}
    done = subprocess.run(
        [PROGRAM, "migrate", "up"], env=school.environment(), capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "SMTP_SECURE" in done.stderr + done.stdout


def test_a_wrong_password_is_told_and_kept_to_oneself(installations, authority):
    password = "wrong-" + secrets.token_hex(8)
    mailbox = Mailbox(authority, user="homeroom", password="right")
    try:
        letter, node = refused_by(installations, mailbox, mailbox.settings(SMTP_PASSWORD=password))
        assert mailbox.refused_passwords >= 1
        assert re.search("denied|535|sign", letter["words"], re.IGNORECASE), letter["words"]
        assert password not in node.log() and password not in str(letter)
        # With the right one the letter that waits goes.
        node.stop()
        node.settings = mailbox.settings()
        node.start()
        outbox = Outbox(node.sign_in("administrator"))
        outbox.resend(letter["id"])
        outbox.wait(letter["id"], "sent")
        assert mailbox.copies(letter["id"]) == 1 and mailbox.mails[0].user == "homeroom"
    finally:
        mailbox.stop()


# ---- Without a server, and from the command line ---------------------------------------------------------------------


def component(node):
    return node.client().get("/health").json()["components"]["mail"]


@pytest.mark.parametrize("engine", ENGINES)
def test_without_a_server_mail_stays_to_be_read_and_goes_when_there_is_one(installations, mailbox, engine, chromium):
    school = installations(engine).seed(20)
    node = school.serve()
    assert component(node) == "unused"
    outbox = Outbox(node.sign_in("administrator"))
    subject, text = WRITING["Arabic"]
    letters = [outbox.send(address(), subject, text) for _ in range(3)]
    waiting = outbox.letter(letters[0])
    assert (waiting["state"], waiting["nextAt"], waiting["attempts"]) == ("pending", None, 0)
    assert (waiting["subject"], waiting["text"]) == (subject, text)
    problem(outbox.caller.post(f"/api/v1/notifications/{letters[0]}/resending"), 409, "NO_TRANSPORT")
    page = at_pages(node)
    assert subject in page.get("/admin/mail").text
    assert "أحضروا معطفًا" in page.get(f"/admin/mail/letters/{letters[0]}").text
    node.stop()
    node.settings = mailbox.settings()
    node.start()
    for letter in letters:
        outbox.wait(letter, "sent")
        assert mailbox.copies(letter) == 1
    assert component(node) == "ok"


def test_the_page_and_the_command_say_which_step_fails(office, mailbox):
    school = office.installation
    before = len(mailbox.mails)
    school.settings |= (settings := mailbox.settings())
    try:
        assert "signed in" in school.run("mail", "test")
        assert len(mailbox.mails) == before
        reader = address()
        assert "The server took it" in school.run("mail", "test", reader)
        assert defects(mailbox.wait(reader).message) == []
        school.settings["SMTP_PASSWORD"] = "wrong"
        said = school.run("mail", "test", reader, ok=(1,))
        assert "FAIL Connection" in said and "SMTP_PASSWORD" in said and "wrong" not in said
        school.settings |= {"SMTP_PASSWORD": mailbox.password, "SMTP_CA_FILE": "/etc/ssl/certs/ca-certificates.crt"}
        assert "SMTP_CA_FILE" in school.run("mail", "test", ok=(1,))
    finally:
        for name in settings:
            del school.settings[name]
    answer = at_pages(office).post("/admin/mail/test", data={"recipient": reader})
    assert answer.status_code == 200 and "The server took it" in answer.text
    mailbox.wait(reader, 2)


def test_the_command_lists_letters_and_sends_them_again(office, outbox, mailbox):
    school, reader = office.installation, address()
    mailbox.fail("rcpt", "550 5.1.1 Nobody of that name", times=1)
    letter = outbox.wait(outbox.send(reader), "failed")["id"]
    mailbox.be_well()
    listed = school.run("mail", "list", "--state", "failed")
    assert letter in listed and reader in listed and "Nobody of that name" in listed
    school.settings |= (settings := mailbox.settings())
    try:
        school.run("mail", "resend", letter)
    finally:
        for name in settings:
            del school.settings[name]
    outbox.wait(letter, "sent")
    assert mailbox.copies(letter) == 1
    assert letter not in school.run("mail", "list", "--state", "failed")
