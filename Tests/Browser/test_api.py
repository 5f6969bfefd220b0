"""The API from outside: who may do what, what is refused and how, and that nothing is lost or doubled on the way."""

import secrets
import threading

import pytest

from homeroom import new_student

NOBODY = "019a1000-0000-7000-8000-00000000dead"


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


@pytest.fixture
def student(admin):
    """A student of the test's own."""
    answer = admin.post("/api/v1/students", json=new_student(admin.school(), unique(), "Zora Testperson"))
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def unique():
    return f"T-{secrets.token_hex(5)}"


def problem(answer, status, code=None):
    """The problem that an answer tells of, after looking whether it is told as promised (RFC 9457)."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text[:400]}"
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status and told["instance"].startswith("urn:uuid:")
    assert told["type"] == "/problems/" + told["code"].lower().replace("_", "-")
    assert told["instance"].endswith(answer.headers["x-request-id"])
    if code:
        assert told["code"] == code
    return told


# ---- Making and changing -----------------------------------------------------------------------------------------------


def test_a_student_is_made_read_changed_and_put_into_the_bin(admin):
    made = admin.post("/api/v1/students", json=new_student(admin.school(), unique(), "Ada Byron", grade="9"))
    assert made.status_code == 201
    path = made.headers["location"]
    read = admin.get(path)
    assert read.status_code == 200 and read.headers["etag"] == made.headers["etag"]
    changed = admin.patch(path, version=1, json={"grade": "10"})
    assert changed.status_code == 200 and changed.json()["data"]["grade"] == "10"
    assert changed.headers["etag"] == '"2"'
    assert admin.patch(path, version=2, json={"grade": None}).json()["data"].get("grade") is None
    assert admin.delete(path, version=3).status_code == 204
    problem(admin.get(path), 404, "NOT_FOUND")


def test_without_a_version_nothing_changes(admin, student):
    path = f"/api/v1/students/{student['id']}"
    problem(admin.patch(path, json={"grade": "12"}), 428, "VERSION_REQUIRED")
    problem(admin.delete(path), 428, "VERSION_REQUIRED")
    assert admin.get(path).json()["data"] == student


def test_a_stale_version_is_refused_with_what_stands(admin, student):
    path = f"/api/v1/students/{student['id']}"
    assert admin.patch(path, version=1, json={"grade": "11"}).status_code == 200
    told = problem(admin.patch(path, version=1, json={"grade": "12"}), 412, "VERSION_STALE")
    assert told["current"]["grade"] == "11" and told["current"]["version"] == 2
    problem(admin.delete(path, version=1), 412, "VERSION_STALE")
    assert admin.get(path).json()["data"]["grade"] == "11"


def test_of_two_who_save_the_same_version_one_is_told(admin, node, student):
    other = node.sign_in("registrar")
    path, answers = f"/api/v1/students/{student['id']}", []
    start = threading.Barrier(2)

    def save(person, grade):
        start.wait()
        answers.append((person.patch(path, version=1, json={"grade": grade}).status_code, grade))

    threads = [threading.Thread(target=save, args=one) for one in ((admin, "11"), (other, "12"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [200, 412]
    winner = next(grade for status, grade in answers if status == 200)
    assert admin.get(path).json()["data"]["grade"] == winner


def test_a_number_is_given_once(admin, student):
    body = new_student(student["schoolId"], student["number"], "Somebody Else")
    problem(admin.post("/api/v1/students", json=body), 409)


def test_the_same_key_acts_once_and_answers_alike(admin):
    body, headers = new_student(admin.school(), unique(), "Once Only"), {"Idempotency-Key": secrets.token_hex(16)}
    first = admin.post("/api/v1/students", json=body, headers=headers)
    again = admin.post("/api/v1/students", json=body, headers=headers)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() and first.headers["location"] == again.headers["location"]
    assert first.headers["etag"] == again.headers["etag"]
    found = admin.get("/api/v1/students", params={"search": body["number"]}).json()["data"]
    assert len(found) == 1


def test_the_same_key_with_another_body_is_refused(admin):
    headers = {"Idempotency-Key": secrets.token_hex(16)}
    assert admin.post("/api/v1/students", json=new_student(admin.school(), unique(), "A B"), headers=headers).is_success
    other = new_student(admin.school(), unique(), "C D")
    problem(admin.post("/api/v1/students", json=other, headers=headers), 422, "IDEMPOTENCY_KEY_REUSED")


def test_the_same_key_at_the_same_moment_acts_once(admin):
    body, headers = new_student(admin.school(), unique(), "At Once"), {"Idempotency-Key": secrets.token_hex(16)}
    answers, start = [], threading.Barrier(8)

    def send():
        start.wait()
        answers.append(admin.post("/api/v1/students", json=body, headers=headers).status_code)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 201 in answers and set(answers) <= {201, 409}
    assert len(admin.get("/api/v1/students", params={"search": body["number"]}).json()["data"]) == 1


# ---- Whose is it --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["teacher", "guardian", "student"])
def test_a_stranger_to_a_student_cannot_even_tell_that_there_is_one(admin, node, student, role):
    person = node.sign_in(role)
    path = f"/api/v1/students/{student['id']}"
    assert person.get(path).status_code in (403, 404)
    assert student["id"] not in person.get("/api/v1/students").text
    there, missing = person.get(path), person.get(f"/api/v1/students/{NOBODY}")
    assert there.status_code == missing.status_code
    assert there.json()["detail"] == missing.json()["detail"]
    assert person.patch(path, version=1, json={"grade": "1"}).status_code in (403, 404)
    assert person.delete(path, version=1).status_code in (403, 404)
    assert admin.get(path).json()["data"] == student


@pytest.mark.parametrize("role", ["teacher", "guardian", "student"])
@pytest.mark.parametrize("path", ["/api/v1/accounts", "/api/v1/roles", "/api/v1/permissions"])
def test_administration_is_closed_to_others(node, role, path):
    problem(node.sign_in(role).get(path), 403, "FORBIDDEN")


@pytest.mark.parametrize("role", ["teacher", "guardian", "student"])
def test_nobody_gives_themselves_a_role(admin, node, role):
    person = node.sign_in(role)
    me = person.get("/api/v1/auth/me").json()["data"]
    roles = admin.get("/api/v1/roles").json()["data"]
    administrator = next(one["id"] for one in roles if one["isAdministrator"])
    assert person.post(f"/api/v1/accounts/{me['account']}/roles", json={"role": administrator}).status_code in (403, 404)
    assert person.get("/api/v1/auth/me").json()["data"]["permissions"] == me["permissions"]


def test_a_registrar_of_a_school_makes_no_administrator(admin, node):
    person = node.sign_in("registrar")
    me = person.get("/api/v1/auth/me").json()["data"]
    roles = admin.get("/api/v1/roles").json()["data"]
    administrator = next(one["id"] for one in roles if one["isAdministrator"])
    assert person.post(f"/api/v1/accounts/{me['account']}/roles", json={"role": administrator}).status_code in (403, 404)


def test_a_guardian_sees_the_own_children_alone(node):
    person = node.sign_in("guardian")
    children = person.all("/api/v1/students")
    assert 1 <= len(children) <= 10
    for child in children:
        assert person.get(f"/api/v1/students/{child['id']}").status_code == 200


def test_a_student_sees_no_other(node):
    person = node.sign_in("student")
    seen = person.get("/api/v1/students")
    assert seen.status_code == 403 or len(seen.json()["data"]) == 1


@pytest.mark.parametrize("role", ["teacher", "guardian", "student"])
def test_a_register_of_others_is_closed(admin, node, role):
    person = node.sign_in(role)
    own = {line["sectionId"] for line in person.get("/api/v1/registers", params={"own": True}).json().get("data", [])}
    other = next(line for line in admin.get("/api/v1/registers").json()["data"] if line["sectionId"] not in own)
    path = f"/api/v1/registers/{other['sectionId']}/{node.today()}"
    before = admin.get(path).json()["data"]
    assert person.get(path).status_code in (403, 404)
    assert person.put(path, json={"marks": [], "submitted": True}).status_code in (403, 404)
    assert admin.get(path).json()["data"] == before


# ---- What is sent -------------------------------------------------------------------------------------------------------

HOSTILE = {
    "a quote": "O'Brien'; DROP TABLE directory_student; --",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": "\" autofocus onfocus=\"alert(1)",
    "a formula": "=cmd|' /C calc'!A0",
    "a template": "{{7*7}}${7*7}#{7*7}%(x)s%n",
    "right to left": "\u202eevil\u202c name",
    "emoji": "Zoë 👩‍👩‍👧‍👦 Ñandú",
    "combining": "Z" + "a\u0301" * 20,
    "wide": "山田　太郎",
    "a percent": "100%_\\%",
    "json": "\\u0000\",\"status\":\"graduated",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(admin, people, name):
    text = HOSTILE[name]
    answer = admin.post("/api/v1/students", json=new_student(admin.school(), unique(), text))
    assert answer.status_code in (201, 422), answer.text
    if answer.status_code == 422:
        assert problem(answer, 422)["errors"][0]["pointer"] == "/displayName"
        return
    made = answer.json()["data"]
    assert admin.get(f"/api/v1/students/{made['id']}").json()["data"]["displayName"] == made["displayName"]
    person = people("administrator")
    dialogs = []
    person.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    assert person.go(f"/people/students/{made['id']}") == 200
    assert made["displayName"].split()[0] in person.page.locator("main").inner_text()
    person.go(f"/people/students?q={made['number']}")
    assert dialogs == []


@pytest.mark.parametrize("member", ["displayName", "number", "grade", "givenName", "familyName", "email", "phone"])
def test_control_characters_are_refused_everywhere(admin, student, member):
    for character in ("\u0000", "\u0001", "\u001b", "\u007f"):
        body = new_student(admin.school(), unique(), "Nul Byte") | {member: f"a{character}b"}
        told = problem(admin.post("/api/v1/students", json=body), 422, "VALIDATION_ERROR")
        assert [error["pointer"] for error in told["errors"]] == [f"/{member}"]
    if member not in ("email", "phone"):
        path = f"/api/v1/students/{student['id']}"
        problem(admin.patch(path, version=1, json={member: "a\u0000b"}), 422, "VALIDATION_ERROR")
        assert admin.get(path).json()["data"] == student


@pytest.mark.parametrize("member, most", [("displayName", 200), ("number", 40), ("grade", 20), ("givenName", 100)])
def test_what_is_too_long_is_refused_and_the_longest_is_taken(admin, member, most):
    def make(length):
        text = (secrets.token_hex(most) + "n" * most)[:length]
        return admin.post("/api/v1/students", json=new_student(admin.school(), unique(), "Long Name") | {member: text})

    assert make(most).status_code == 201
    problem(make(most + 1), 422, "VALIDATION_ERROR")


@pytest.mark.parametrize("path", [
    "/api/v1/students/%00", "/api/v1/students/..%2f..%2fetc", "/api/v1/students/1", f"/api/v1/students/{NOBODY}%0a",
    "/api/v1/students/" + "a" * 5000, f"/api/v1/students/{NOBODY}/"])
def test_what_is_no_identifier_is_not_there(admin, path):
    problem(admin.get(path), 404)


@pytest.mark.parametrize("query", [
    "limit=0", "limit=201", "limit=-1", "limit=a", "limit=9999999999999999999999", "after=x", "offset=10001",
    "status=unknown", "sort=password", "count=maybe", "school=1", "search=%00", "search=" + "a" * 1000])
def test_a_wrong_question_is_refused(admin, query):
    problem(admin.get(f"/api/v1/students?{query}"), 422, "VALIDATION_ERROR")


@pytest.mark.parametrize("query", ["search=%ff", "search=%zz"])
def test_a_damaged_question_is_refused(admin, query):
    assert admin.get(f"/api/v1/students?{query}").status_code in (400, 422)


@pytest.mark.parametrize("body, status", [
    (b"", 400), (b"{", 400), (b"[]", 422), (b"null", 422), (b'"text"', 422), (b"\xff\xfe", 400),
    (b'{"displayName":"\\ud800"}', 400), (b"[" * 100_000, 400), (b'{"displayName": 1}', 422),
    (b'{"displayName":"A B","isAdministrator":true}', 422)])
def test_a_broken_body_is_refused(admin, body, status):
    answer = admin.post("/api/v1/students", content=body, headers={"Content-Type": "application/json"})
    problem(answer, status)


def test_another_kind_of_body_is_refused(admin):
    answer = admin.post("/api/v1/students", content=b"<a/>", headers={"Content-Type": "application/xml"})
    problem(answer, 415)


def test_a_body_that_is_too_large_is_refused(admin):
    answer = admin.post("/api/v1/students", content=b'{"displayName":"' + b"a" * 1_100_000 + b'"}',
                        headers={"Content-Type": "application/json"})
    problem(answer, 413)


def test_unknown_addresses_and_methods_are_refused(admin):
    problem(admin.get("/api/v1/nothing"), 404, "NOT_FOUND")
    answer = admin.put("/api/v1/students", json={})
    problem(answer, 405, "METHOD_NOT_ALLOWED")
    assert {"GET", "POST"} <= {method.strip() for method in answer.headers["allow"].split(",")}


# ---- What every answer carries ------------------------------------------------------------------------------------------


def test_every_answer_has_its_headers(admin):
    for path in ("/api/v1/students", "/api/v1/nothing", "/login", "/nowhere", "/livez"):
        headers = admin.get(path).headers
        assert len(headers["x-request-id"]) == 36
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers


def test_another_site_cannot_write_with_somebodys_cookie(node):
    email, password = node.installation.accounts["administrator"]
    browser = node.client()
    assert browser.post("/login", data={"email": email, "password": password}).status_code == 303
    assert browser.get("/today").status_code == 200
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                    {"Origin": "null"}):
        assert browser.post("/logout", headers=headers).status_code == 403
    assert browser.get("/today").status_code == 200
    assert browser.post("/logout", headers={"Origin": node.url}).status_code == 303
    assert browser.get("/today").status_code in (303, 401)


def test_answers_are_compressed_when_asked_for(admin):
    squeezed = admin.get("/api/v1/students", headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["content-encoding"] == "gzip"
    plain = admin.get("/api/v1/students", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == squeezed.json()


def test_the_runbooks_own_addresses_answer(node):
    client = node.client()
    assert client.get("/", headers={"Accept": "*/*"}).text == "OK"
    for path in ("/health", "/health/", "/healthz", "/api/health", "/api/v1/health"):
        body = client.get(path).json()
        assert body["success"] is True and body["status"] in ("healthy", "ok")
        assert {"timestamp", "uptime", "version", "service", "components"} <= body.keys()
    for path in ("/ready", "/readyz", "/livez"):
        assert client.get(path).status_code == 200
    assert "# TYPE" in client.get("/metrics").text


# ---- Limits -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def limited(installations):
    """A school whose requests are counted."""
    school = installations("sqlite", limits=True).seed(20)
    return school.serve()


def test_limits_are_told_and_kept(limited):
    person = limited.sign_in("administrator")
    first = person.get("/api/v1/students", params={"limit": 1})
    policy = dict(part.split("=") for part in first.headers["ratelimit-policy"].split(";")[1:])
    left = [int(dict(part.split("=") for part in answer.headers["ratelimit"].split(";")[1:])["r"])
            for answer in (first, person.get("/api/v1/students", params={"limit": 1}))]
    assert left[0] - left[1] in (0, 1) and int(policy["q"]) >= left[0]
    for _ in range(int(policy["q"]) * 2):
        answer = person.get("/api/v1/students", params={"limit": 1})
        if answer.status_code != 200:
            break
    problem(answer, 429, "RATE_LIMIT_EXCEEDED")
    assert 1 <= int(answer.headers["retry-after"]) <= int(policy["w"])
    assert limited.sign_in("registrar").get("/api/v1/students").status_code == 200


def test_guessing_slows_the_guesser_and_not_the_owner(limited):
    email, password = limited.installation.accounts["principal"]
    owner = limited.client()
    assert owner.post("/login", data={"email": email, "password": password}).status_code == 303
    owner.post("/logout")
    guesser = limited.client(headers={"X-Forwarded-For": "203.0.113.9"})
    answers = [guesser.post("/api/v1/auth/login", json={"email": email, "password": f"a wrong guess number {turn}"})
               for turn in range(14)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["code"] == "TOO_MANY_ATTEMPTS" and int(answers[-1].headers["retry-after"]) > 0
    # The owner's own browser is known by its device, and stays welcome.
    assert owner.post("/login", data={"email": email, "password": password}).status_code == 303
