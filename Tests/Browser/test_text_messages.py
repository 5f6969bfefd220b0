"""Text messages, through a gateway: handed over once, with what the gateway said written down."""

import functools

import pytest

from mailbox import DROP, Gateway
from outbox import Outbox
from test_api import problem


@pytest.fixture(scope="module")
def gateway():
    made = Gateway()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def nodes(installations, gateway):
    """On each engine the server of a school that sends its text messages through the gateway."""
    return functools.cache(lambda engine: installations(engine, settings={"LOG_LEVEL": "trace"}).seed(20).serve(
        settings=gateway.settings()))


@pytest.fixture
def node(nodes, engine):
    running = nodes(engine)
    yield running
    assert running.faults() == []


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


def test_a_text_message_goes_to_the_gateway_once(node, admin, gateway):
    gateway.status = 202
    outbox = Outbox(admin)
    letter = outbox.wait(outbox.text("+231 77 123-4567", "غدًا في التاسعة 明天九點 \"Zoë\""), "sent")
    [(path, headers, body)] = [got for got in gateway.got if got[2]["id"] == letter["id"]]
    assert path == "/send" and headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Bearer gateway-token-of-the-tests"
    assert headers["Idempotency-Key"] == letter["id"]
    assert body == {"id": letter["id"], "to": "+231771234567", "text": "غدًا في التاسعة 明天九點 \"Zoë\""}
    assert letter["channel"] == "sms" and "202" in letter["words"]
    assert "gateway-token" not in node.log() and "231771234567" not in node.log()


@pytest.mark.parametrize("status, state", [(400, "failed"), (404, "failed"), (500, "pending"), (429, "pending")])
def test_what_the_gateway_answers_is_written_down(admin, gateway, status, state):
    outbox = Outbox(admin)
    gateway.status = status
    letter = outbox.wait(outbox.text("+231771234567"), state, attempts=1)
    assert str(status) in letter["words"] and (letter["nextAt"] is None) == (state == "failed")
    gateway.status = 202
    outbox.resend(letter["id"])
    outbox.wait(letter["id"], "sent")
    assert len(gateway.bodies(letter["id"])) == 2


def test_a_gateway_that_hangs_up_leaves_a_doubt(admin, gateway):
    outbox = Outbox(admin)
    gateway.status = DROP
    letter = outbox.wait(outbox.text("+231771234567"), "doubtful")
    gateway.status = 202
    assert letter["nextAt"] is None and len(gateway.bodies(letter["id"])) == 1


def test_a_number_that_is_none_is_refused(admin):
    outbox = Outbox(admin)
    before = len(outbox.all())
    for number in ("0771234567", "+23177\r\n1234567", "ada@school.example", "+", "+1234567890123456789"):
        problem(admin.post("/notifications/sms", json={"recipient": number, "message": "At nine."}), 422)
    assert len(outbox.all()) == before
