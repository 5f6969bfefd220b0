"""Homeroom dies while it sends mail: no letter is lost, none goes twice, and where nobody can know, that is noted."""

import base64
import contextlib
import random
import threading
import time

import httpx
import pytest

from homeroom import POSTGRES
from mailbox import HOLD, Mailbox
from outbox import Outbox, address

KILLS, LETTERS = 8, 60
LARGE = [{"name": "large.pdf", "mediaType": "application/pdf", "content": base64.b64encode(bytes(735_000)).decode()}]

# Where it is killed, what had gone out by then, and how the letter stands in the end.
MOMENTS = [
    ("greeting", {}, {}, "sent"), ("data", {}, {}, "sent"),
    ("body", {"after": 20_000}, {"attachments": LARGE}, "sent"),
    ("dot", {"keeps": True}, {}, "doubtful"), ("dot", {"keeps": False}, {}, "doubtful")]


@pytest.fixture
def mailbox(authority):
    made = Mailbox(authority)
    yield made
    made.stop()


def test_killed_at_any_moment_it_loses_nothing_and_sends_nothing_twice(engine, mailbox, installations):
    """With PostgreSQL a worker of its own sends, and the server too; each is killed."""
    school = installations(engine, settings=mailbox.settings() | {"WORKER_CONCURRENCY": "4"}).seed(20)
    node = school.serve()
    outbox = Outbox(node.sign_in("administrator"))
    ends = {}
    for point, fault, more, end in MOMENTS:
        mailbox.fail(point, HOLD, times=1, **fault)
        letter = outbox.send(address(), point, **more)
        assert mailbox.reached.wait(10), point
        node.kill()
        mailbox.be_well()
        node.start()
        ends[letter] = end
    processes = [node] + ([school.work()] if engine == "postgres" else [])
    noted = storm(processes, outbox, mailbox)
    until = time.monotonic() + 90
    while outbox.all(state="pending") and time.monotonic() < until:
        time.sleep(0.5)
    letters = {letter["id"]: letter for letter in outbox.all()}
    assert len(noted) == LETTERS and set(noted) <= set(letters)
    # Nothing is lost: the server has it, or it is written down that nobody knows.
    assert {letter["state"] for letter in letters.values()} <= {"sent", "doubtful"}
    assert {letter: letters[letter]["state"] for letter in ends} == ends
    # Nothing goes twice.
    copies = {letter: mailbox.copies(letter) for letter in letters}
    sent = {letter for letter in letters if letters[letter]["state"] == "sent"}
    assert {letter: copies[letter] for letter in sent} == dict.fromkeys(sent, 1)
    doubtful = [letter for letter in letters.values() if letter["state"] == "doubtful"]
    assert all(copies[letter["id"]] <= 1 and letter["words"] and letter["nextAt"] is None for letter in doubtful)
    assert len(doubtful) <= 2 + KILLS
    assert len(mailbox.mails) == sum(copies.values())


def storm(processes, outbox, mailbox):
    """Letters come in while everything is killed at random moments; answers those that were acknowledged."""
    chance, noted = random.Random(7), []
    mailbox.slowness = 0.03
    is_over = threading.Event()

    def write():
        while len(noted) < LETTERS and not is_over.is_set():
            with contextlib.suppress(httpx.HTTPError):
                noted.append(outbox.send(address(), f"Number {len(noted)}"))
            time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(KILLS):
        time.sleep(chance.uniform(0.3, 1.2))
        process = processes[number % len(processes)]
        process.kill()
        process.start()
    writer.join(timeout=60)
    is_over.set()
    mailbox.be_well()
    return noted


def test_who_sleeps_through_the_lease_of_a_mail_does_not_send_it_afterwards(mailbox, installations):
    """One worker falls asleep before its mail is handed over, one after that; a third takes their jobs and they wake."""
    assert POSTGRES, "bin/browser-test starts PostgreSQL and says where it is"
    school = installations("postgres", settings=mailbox.settings(SMTP_TIMEOUT="100s")).seed(20)
    outbox = Outbox(school.serve(words=["--no-worker"]).sign_in("administrator"))
    letters, sleepers = [], []
    for point in ("rcpt", "dot"):
        sleepers.append(school.work())
        mailbox.fail(point, HOLD, times=1, keeps=True)
        letters.append(outbox.send(address()))
        assert mailbox.reached.wait(10), point
        sleepers[-1].sleep()
        mailbox.be_well()
    school.work()
    early, late = letters
    assert outbox.wait(early, "sent", seconds=60)["attempts"] == 2
    assert outbox.wait(late, "doubtful", seconds=60)["attempts"] == 1
    for sleeper in sleepers:
        sleeper.wake()
    # The one who had handed it over hears now that it was taken: the doubt is gone.
    outbox.wait(late, "sent")
    assert [mailbox.copies(letter) for letter in letters] == [1, 1]
    time.sleep(2)
    assert [mailbox.copies(letter) for letter in letters] == [1, 1]
    assert outbox.letter(early)["attempts"] == 2
