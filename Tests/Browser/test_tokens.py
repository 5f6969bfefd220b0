"""Tokens: theirs is an hour of trust, so what is spent, forged, borrowed or taken back is worth nothing."""

import base64
import json
import time

import pytest

# Seconds in which a spent refresh token gives the same successor again (operations.md).
GRACE = 30


def refresh(node, token):
    return node.client().post("/api/v1/auth/refresh", json={"refreshToken": token})


def is_accepted(node, token):
    return node.client().get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def code(answer):
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    return answer.json()["code"]


def test_a_refresh_token_gives_the_next_pair(node):
    person = node.sign_in("teacher")
    answer = refresh(node, person.refresh)
    assert answer.status_code == 200
    assert answer.json()["tokenType"] == "Bearer"
    assert answer.json()["refreshToken"] != person.refresh
    assert is_accepted(node, answer.json()["accessToken"])


def test_a_lost_answer_is_given_again_for_half_a_minute(node):
    person = node.sign_in("teacher")
    first, again = refresh(node, person.refresh), refresh(node, person.refresh)
    assert first.status_code == again.status_code == 200
    assert first.json()["refreshToken"] == again.json()["refreshToken"]
    assert is_accepted(node, again.json()["accessToken"])


def test_a_spent_refresh_token_ends_its_whole_family_and_no_other(schools):
    node = schools("sqlite").nodes[0]
    person, other = node.sign_in("teacher"), node.sign_in("teacher")
    spent = person.refresh
    second = refresh(node, spent).json()
    third = refresh(node, second["refreshToken"]).json()
    assert is_accepted(node, third["accessToken"])
    time.sleep(GRACE + 1)
    assert refresh(node, spent).status_code == 401
    assert not is_accepted(node, third["accessToken"])
    assert refresh(node, third["refreshToken"]).status_code == 401
    assert is_accepted(node, other.access)


def test_whoever_refreshes_may_send_the_old_access_token_along(node):
    person = node.sign_in("teacher")
    answer = node.client().post(
        "/api/v1/auth/refresh", json={"refreshToken": person.refresh},
        headers={"Authorization": f"Bearer {with_one_bit_turned(person.access)}"})
    assert answer.status_code == 200


def test_one_ends_the_own_sessions_and_no_others(node):
    person, elsewhere, other = node.sign_in("teacher"), node.sign_in("teacher"), node.sign_in("principal")
    here = next(one["id"] for one in elsewhere.get("/api/v1/sessions").json()["data"] if one["isCurrent"])
    assert other.delete(f"/api/v1/sessions/{here}").status_code == 404
    assert is_accepted(node, elsewhere.access)
    assert person.delete(f"/api/v1/sessions/{here}").status_code == 204
    assert not is_accepted(node, elsewhere.access)
    assert is_accepted(node, person.access)


def test_signing_out_ends_both_tokens_at_once(node):
    person = node.sign_in("registrar")
    assert person.post("/api/v1/auth/logout").status_code == 204
    assert not is_accepted(node, person.access)
    assert refresh(node, person.refresh).status_code == 401


def test_signing_out_by_the_refresh_token_alone(node):
    person = node.sign_in("registrar")
    assert node.client().post("/api/v1/auth/logout", json={"refreshToken": person.refresh}).status_code == 204
    assert not is_accepted(node, person.access)


def parts(token):
    return token.split(".")


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def decoded(text):
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def without_signature(token):
    head, claims, _ = parts(token)
    return f"{head}.{claims}."


def with_no_algorithm(token):
    head, claims, _ = parts(token)
    return f"{encoded(decoded(head) | {'alg': 'none'})}.{claims}."


def with_other_claims(token):
    head, claims, signature = parts(token)
    return f"{head}.{encoded(decoded(claims) | {'sub': '00000000-0000-7000-8000-000000000000'})}.{signature}"


def with_another_key(token):
    head, claims, signature = parts(token)
    return f"{encoded(decoded(head) | {'kid': '../../etc/passwd'})}.{claims}.{signature}"


def with_one_bit_turned(token):
    head, claims, signature = parts(token)
    return f"{head}.{claims}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


@pytest.mark.parametrize(
    "forge", [without_signature, with_no_algorithm, with_other_claims, with_another_key, with_one_bit_turned],
    ids=lambda forge: forge.__name__)
def test_a_forged_token_is_worth_nothing(node, forge):
    person = node.sign_in("administrator")
    answer = node.client().get("/api/v1/students", headers={"Authorization": f"Bearer {forge(person.access)}"})
    assert answer.status_code == 401
    assert code(answer) in ("UNAUTHORIZED", "TOKEN_EXPIRED", "INVALID_TOKEN")


@pytest.mark.parametrize("header", ["Bearer", "Basic YTpi", "Bearer a.b.c", "Bearer ..", "Bearer " + "a" * 6000])
def test_what_is_no_token_is_refused(node, header):
    assert node.client().get("/api/v1/students", headers={"Authorization": header}).status_code == 401


def test_a_refresh_token_is_no_access_token(node):
    person = node.sign_in("administrator")
    assert not is_accepted(node, person.refresh)


def test_wrong_passwords_and_unknown_names_look_alike(node):
    email = node.installation.accounts["teacher"][0]
    answers = [
        node.client().post("/api/v1/auth/login", json={"email": name, "password": "not the password, surely"})
        for name in (email, "nobody@demo.example")]
    assert [answer.status_code for answer in answers] == [401, 401]
    same = [{name: answer.json()[name] for name in ("type", "title", "detail", "code")} for answer in answers]
    assert same[0] == same[1]


def test_tokens_stand_in_no_log(node):
    person = node.sign_in("administrator")
    person.get("/api/v1/students")
    written = node.log()
    for secret in (person.access, person.refresh, node.installation.accounts["administrator"][1]):
        assert secret not in written


def test_a_link_for_a_password_works_once(node):
    admin = node.sign_in("administrator")
    name = f"once-{time.time_ns():x}@demo.example"
    made = admin.post("/api/v1/accounts", json={
        "name": "Once Only", "person": None, "email": name, "userName": None, "roles": []})
    assert made.status_code == 201, made.text
    token = made.json()["data"]["url"].rsplit("/", 1)[1]
    confirm = "/api/v1/auth/password-reset/confirm"
    first = node.client().post(confirm, json={"token": token, "password": "nine purple bicycles"})
    assert first.status_code == 204, first.text
    again = node.client().post(confirm, json={"token": token, "password": "ten stolen bicycles"})
    assert again.status_code == 404 and code(again) == "LINK_SPENT"

    def enter(password):
        return node.client().post("/api/v1/auth/login", json={"email": name, "password": password}).status_code

    assert (enter("nine purple bicycles"), enter("ten stolen bicycles")) == (200, 401)
