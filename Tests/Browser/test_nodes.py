"""Two servers on one PostgreSQL database behave as one."""

import os
import time

import pytest

from homeroom import POSTGRES, Caller, new_student


@pytest.fixture(scope="module")
def pair(installations):
    """Two nodes with a folder each and one database between them."""
    assert POSTGRES, "bin/browser-test starts PostgreSQL and says where it is"
    school = installations("postgres").seed(20)
    return school.serve(), school.serve(folder=os.path.join(school.folder, "second"))


def answers(client):
    return client.get("/api/v1/auth/me").status_code


def test_who_signs_in_on_one_is_signed_in_on_the_other(pair):
    first, second = pair
    person = first.sign_in("teacher")
    assert answers(person.at(second)) == 200


def test_a_cookie_of_one_opens_the_pages_of_the_other(pair):
    first, second = pair
    email, password = first.installation.accounts["teacher"]
    browser = first.client()
    assert browser.post("/login", data={"email": email, "password": password}).status_code == 303
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    elsewhere = second.client(headers=cookie)
    assert elsewhere.get("/today").status_code == 200
    assert elsewhere.post("/logout").status_code == 303
    assert first.client(headers=cookie).get("/today").status_code in (303, 401)


def test_who_signs_out_on_one_is_out_on_the_other_at_once(pair):
    first, second = pair
    for _ in range(20):
        person = first.sign_in("teacher")
        assert answers(person.at(first)) == answers(person.at(second)) == 200
        assert person.at(second).post("/api/v1/auth/logout").status_code == 204
        assert answers(person.at(first)) == 401


def test_a_refresh_token_of_one_is_good_on_the_other_and_only_once(pair):
    first, second = pair
    person = first.sign_in("teacher")
    spent = person.refresh
    next_pair = second.client().post("/api/v1/auth/refresh", json={"refreshToken": spent})
    assert next_pair.status_code == 200
    person.take(next_pair.json())
    assert answers(person.at(first)) == 200
    third = first.client().post("/api/v1/auth/refresh", json={"refreshToken": person.refresh})
    assert third.status_code == 200
    time.sleep(31)
    assert first.client().post("/api/v1/auth/refresh", json={"refreshToken": spent}).status_code == 401
    person.take(third.json())
    assert answers(person.at(second)) == answers(person.at(first)) == 401


def test_a_role_taken_on_one_is_gone_on_the_other_at_once(pair):
    first, second = pair
    admin = first.sign_in("administrator")
    roles = admin.get("/api/v1/roles").json()["data"]
    registrar = next(role["id"] for role in roles if role["code"] == "registrar")
    made = admin.post("/api/v1/accounts", json={
        "name": "Temp Registrar", "email": "temp@demo.example", "roles": [{"role": registrar}]}).json()["data"]
    password = "a quiet harbour at dawn 7"
    reset = admin.http.post("/api/v1/auth/password-reset/confirm", json={
        "token": made["url"].rsplit("/", 1)[1], "password": password})
    assert reset.status_code == 204, reset.text
    person = Caller(second, "temp@demo.example", password)
    assert person.get("/api/v1/students").status_code == 200
    account = admin.get(f"/api/v1/accounts/{made['account']}").json()["data"]
    given = account["roles"][0]["id"]
    assert admin.delete(f"/api/v1/accounts/{made['account']}/roles/{given}").status_code == 204
    assert person.get("/api/v1/students").status_code == 403
    # Switched off on the second, refused on the first.
    version = admin.at(second).get(f"/api/v1/accounts/{made['account']}").json()["data"]["version"]
    off = admin.at(second).patch(
        f"/api/v1/accounts/{made['account']}", json={"isEnabled": False}, headers={"If-Match": f'"{version}"'})
    assert off.status_code == 200, off.text
    assert answers(person.at(first)) == answers(person.at(second)) == 401


def test_what_one_writes_the_other_reads_at_once(pair):
    first, second = pair
    admin = first.sign_in("administrator")
    there = admin.at(second)
    school = admin.school()
    for turn in range(20):
        made = admin.post("/api/v1/students", json=new_student(school, f"N-{turn}", "Two Nodes"))
        assert made.status_code == 201, made.text
        path = made.headers["location"]
        assert there.get(path).status_code == 200
        changed = there.patch(path, json={"grade": "8"}, headers={"If-Match": '"1"'})
        assert changed.status_code == 200
        assert admin.get(path).json()["data"]["grade"] == "8"


def test_a_key_used_on_one_is_used_on_the_other(pair):
    first, second = pair
    admin = first.sign_in("administrator")
    body, headers = new_student(admin.school(), "KEY-1", "Same Key"), {"Idempotency-Key": "one-key-two-nodes"}
    one = admin.post("/api/v1/students", json=body, headers=headers)
    two = admin.at(second).post("/api/v1/students", json=body, headers=headers)
    assert one.status_code == two.status_code == 201
    assert one.json() == two.json()


def test_guesses_are_counted_together(installations):
    school = installations("postgres", limits=True).seed(20)
    first, second = school.serve(), school.serve(folder=os.path.join(school.folder, "second"))
    email = school.accounts["teacher"][0]
    statuses = []
    for turn in range(16):
        node = (first, second)[turn % 2]
        statuses.append(node.client().post(
            "/api/v1/auth/login", json={"email": email, "password": f"a wrong guess number {turn}"}).status_code)
    assert statuses[-1] == 429
    assert statuses.count(401) <= 10


def test_a_port_that_is_taken_is_told(pair):
    first = pair[0]
    with pytest.raises(RuntimeError, match=r"ended with 3:\nPort \d+ of [\d.]+ is taken\."):
        first.installation.run("serve", "--port", str(first.port))


def test_one_goes_and_the_other_stays(pair):
    first, second = pair
    person = first.sign_in("teacher")
    assert first.stop() == 0
    assert answers(person.at(second)) == 200
    begun = time.monotonic()
    first.start()
    assert time.monotonic() - begun < 10
    assert answers(person.at(first)) == 200
