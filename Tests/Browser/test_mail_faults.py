"""Mail servers that refuse, are slow, fall silent or die: no letter is lost, none goes twice, and each says why."""

import base64
import secrets
import time

import pytest

from mailbox import DROP, HOLD, Mailbox
from outbox import Outbox, address
from pages import wait_until

LARGE = [{"name": "large.pdf", "mediaType": "application/pdf", "content": base64.b64encode(bytes(735_000)).decode()}]
NOBODY = "550 5.1.1 Nobody of that name lives here"


@pytest.fixture(scope="module")
def posts(installations, authority):
    """On each engine a mail server, a school that sends through it, and the school's outbox."""
    made = {}

    def post(engine):
        if engine not in made:
            mailbox = Mailbox(authority)
            node = installations(engine).seed(20).serve(settings=mailbox.settings(WORKER_CONCURRENCY="2"))
            made[engine] = mailbox, node, Outbox(node.sign_in("administrator"))
        return made[engine]

    yield post
    for mailbox, _, _ in made.values():
        mailbox.stop()


@pytest.fixture
def post(posts, engine):
    mailbox, node, outbox = posts(engine)
    yield mailbox, outbox
    mailbox.be_well()
    assert node.faults() == []


def fail(mailbox, point, act, **more):
    """Something happens from now on. A greeting is for who has no connection yet, and a new one holds the least."""
    if point in ("greeting", "body"):
        mailbox.stop()
        mailbox.start()
    mailbox.fail(point, act, **more)


def sent_once(mailbox, outbox, letter):
    """The letter goes when it is tried again, and only then."""
    mailbox.be_well()
    assert mailbox.copies(letter) == 0
    outbox.resend(letter)
    outbox.wait(letter, "sent")
    assert mailbox.copies(letter) == 1
    late.setdefault(mailbox, []).append(letter)


# Letters that went before the try that was planned for them: the last test looks that this came to nothing.
late = {}


@pytest.mark.parametrize("point, said", [
    ("rcpt", NOBODY), ("mail", "553 5.1.8 Not from you"), ("dot", "554 5.7.1 Spam")])
def test_a_refusal_for_good_is_taken_at_its_word(post, point, said):
    mailbox, outbox = post
    fail(mailbox, point, said)
    letter = outbox.wait(outbox.send(address()), "failed")
    assert (letter["attempts"], letter["nextAt"], letter["words"]) == (1, None, said)
    # A person may know better.
    sent_once(mailbox, outbox, letter["id"])
    assert outbox.letter(letter["id"])["attempts"] == 2


@pytest.mark.parametrize("point, said", [
    ("rcpt", "450 4.2.0 Come back later"), ("mail", "451 4.3.0 Full"), ("data", "452 4.3.1 No room"),
    ("dot", "451 4.7.1 Greylisted"), ("greeting", "421 4.3.2 Closing")])
def test_a_refusal_for_now_is_tried_again(post, point, said):
    mailbox, outbox = post
    fail(mailbox, point, said)
    letter = outbox.wait(outbox.send(address()), "pending", attempts=1)
    assert letter["words"] == said
    assert letter["nextAt"] > letter["createdAt"]
    sent_once(mailbox, outbox, letter["id"])


def test_a_server_that_refuses_one_reader_takes_the_next(post):
    mailbox, outbox = post
    mailbox.fail("rcpt", NOBODY, times=1)
    refused = outbox.wait(outbox.send(address()), "failed")
    others = [outbox.send(address()) for _ in range(3)]
    for letter in others:
        outbox.wait(letter, "sent")
    assert [mailbox.copies(letter) for letter in [refused["id"], *others]] == [0, 1, 1, 1]


def test_a_slow_server_is_waited_for(post):
    mailbox, outbox = post
    mailbox.slowness = 0.5
    letters = [outbox.send(address()) for _ in range(2)]
    for letter in letters:
        outbox.wait(letter, "sent", seconds=15)
    assert [mailbox.copies(letter) for letter in letters] == [1, 1]


@pytest.mark.parametrize("point", ["greeting", "data"])
def test_a_server_that_falls_silent_before_it_has_all_is_tried_again(post, point):
    mailbox, outbox = post
    fail(mailbox, point, HOLD)
    letter = outbox.wait(outbox.send(address()), "pending", attempts=1)
    assert "time" in letter["words"].lower()
    sent_once(mailbox, outbox, letter["id"])


@pytest.mark.parametrize("point", ["greeting", "mail", "rcpt", "data"])
def test_a_server_that_dies_before_it_has_all_is_tried_again(post, point):
    mailbox, outbox = post
    fail(mailbox, point, DROP)
    letter = outbox.wait(outbox.send(address()), "pending", attempts=1)
    assert letter["words"] and letter["nextAt"]
    sent_once(mailbox, outbox, letter["id"])


@pytest.mark.parametrize("act", [DROP, HOLD])
def test_a_server_that_fails_in_the_middle_of_a_mail_is_tried_again(post, act):
    mailbox, outbox = post
    fail(mailbox, "body", act, after=20_000)
    letter = outbox.wait(outbox.send(address(), attachments=LARGE), "pending", attempts=1)
    sent_once(mailbox, outbox, letter["id"])


@pytest.mark.parametrize("act", [DROP, HOLD])
@pytest.mark.parametrize("keeps", [True, False])
def test_when_no_answer_comes_after_all_was_said_the_doubt_is_written_down(post, act, keeps):
    mailbox, outbox = post
    mailbox.fail("dot", act, keeps=keeps, times=1)
    letter = outbox.wait(outbox.send(address()), "doubtful", seconds=15)
    assert letter["nextAt"] is None and letter["words"] and letter["attempts"] == 1
    assert letter["id"] in [one["id"] for one in outbox.all(state="doubtful")]
    mailbox.be_well()
    assert mailbox.copies(letter["id"]) == (1 if keeps else 0)
    late.setdefault(mailbox, []).extend([letter["id"]] if keeps else [])
    if not keeps:
        # Somebody asked the reader, and has it sent again. It is the same mail.
        sent_once(mailbox, outbox, letter["id"])


def test_one_who_was_held_for_ever_holds_up_nobody_else(post):
    mailbox, outbox = post
    mailbox.fail("dot", HOLD, times=1)
    held, behind = outbox.send(address()), [outbox.send(address()) for _ in range(3)]
    for letter in behind:
        outbox.wait(letter, "sent", seconds=15)
    assert outbox.letter(held)["state"] == "doubtful"
    assert [mailbox.copies(letter) for letter in behind] == [1, 1, 1]


def test_who_cannot_wait_for_a_try_that_is_under_way_gets_one_mail(post):
    mailbox, outbox = post
    mailbox.fail("rcpt", HOLD, times=1)
    letter = outbox.send(address())
    assert mailbox.reached.wait(10)
    outbox.resend(letter)
    # The second try has begun, and waits for the connection.
    wait_until(lambda: outbox.letter(letter)["attempts"] == 2, seconds=1)
    mailbox.be_well()
    outbox.wait(letter, "sent")
    late.setdefault(mailbox, []).append(letter)
    wait_until(lambda: not outbox.caller.all("/api/v1/jobs", state="running"))
    assert mailbox.copies(letter) == 1


def test_who_asks_twice_with_one_key_gets_one_mail(post):
    mailbox, outbox = post
    body = {"recipient": address(), "subject": "News", "message": "Tomorrow at nine."}
    key = {"Idempotency-Key": secrets.token_hex(8)}
    answers = [outbox.caller.post("/notifications/email", json=body, headers=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202] * 3
    [letter] = {answer.json()["data"]["id"] for answer in answers}
    outbox.wait(letter, "sent")
    assert len(mailbox.to(body["recipient"])) == 1


def test_a_connection_that_died_meanwhile_is_not_taken_for_one_that_lives(post):
    mailbox, outbox = post
    outbox.wait(outbox.send(address()), "sent")
    mailbox.stop()
    mailbox.start()
    letter = outbox.wait(outbox.send(address()), "sent", seconds=15)
    assert mailbox.copies(letter["id"]) == 1


def test_a_server_that_was_away_gets_everything_when_it_is_back(post):
    mailbox, outbox = post
    mailbox.stop()
    letters = [outbox.send(address()) for _ in range(8)]
    for letter in letters:
        waiting = outbox.wait(letter, "pending", attempts=1)
        assert waiting["nextAt"] and "connect" in waiting["words"].lower()
    mailbox.start()
    for letter in letters:
        outbox.wait(letter, "sent", seconds=25)
    assert [mailbox.copies(letter) for letter in letters] == [1] * 8


def test_in_the_end_nothing_has_gone_twice(post):
    """All tries that were planned have had their time."""
    mailbox, outbox = post
    until = time.monotonic() + 30
    while outbox.caller.all("/api/v1/jobs", state="waiting") and time.monotonic() < until:
        time.sleep(0.2)
    assert outbox.all(state="pending") == []
    assert {letter: mailbox.copies(letter) for letter in late[mailbox]} == dict.fromkeys(late[mailbox], 1)
    sent = [letter["id"] for letter in outbox.all(state="sent")]
    assert len(sent) > 20 and {letter: mailbox.copies(letter) for letter in sent} == dict.fromkeys(sent, 1)
    assert all(mailbox.copies(letter["id"]) <= 1 for letter in outbox.all())
