"""Rosters as they come out of old systems, and as somebody with bad intentions makes them: told why, nothing changed."""

import io
import struct
import time
import zipfile

import pytest

from homeroom import new_student

HEAD = "Student number,Given name,Family name,Grade\n"
GOOD = "R-1,Rosa,Roster,7\n"
# What one upload may have (operations.md), and what nobody should try.
MOST, FAR_TOO_MUCH = 64 * 1024 * 1024, 200_000_000


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


@pytest.fixture
def unchanged(admin, school):
    """After the test no student, import or change is there that was not there before."""
    def state():
        return [school.rows(f"SELECT count(*) FROM {table}")[0][0] for table in (
            "directory_student", "directory_person", "interop_import", "record_audit WHERE kind <> 'session'")]

    before = state()
    yield
    assert state() == before


def zipped(*files, **options):
    """A zip of names and contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def lying_zip():
    """A zip that says of its one file that it is small, and unpacks to 50 MB."""
    honest = zipped(("students.csv", HEAD + "R-1,Rosa,Roster,7\n" * 2_700_000))
    size = struct.pack("<I", len(HEAD) + 18 * 2_700_000)
    assert honest.count(size) == 2
    return honest.replace(size, struct.pack("<I", 1000))


BROKEN = {
    "nothing": (lambda: b"", 422, "CSV_EMPTY"),
    "UTF-16": (lambda: (HEAD + GOOD).encode("utf-16"), 400, "CSV_WRONG_ENCODING"),
    "Latin-1": (lambda: (HEAD + "R-1,Zoë,Roster,7\n").encode("latin-1"), 400, "CSV_WRONG_ENCODING"),
    "a NUL byte": (lambda: (HEAD + "R-1,Ro\0sa,Roster,7\n").encode(), 400, "CSV_NUL"),
    "an open quote": (lambda: (HEAD + 'R-1,"Rosa,Roster,7\n').encode(), 400, "CSV_OPEN_QUOTE"),
    "a quote inside": (lambda: (HEAD + 'R-1,"Ro"sa,Roster,7\n').encode(), 400, "CSV_BAD_QUOTE"),
    "a field of a megabyte": (lambda: (HEAD + "R-1," + "a" * 1_000_000 + ",Roster,7\n").encode(), 413, None),
    "five thousand columns": (lambda: (HEAD.strip() + ",x" * 5000 + "\n").encode(), 413, "CSV_TOO_MANY_COLUMNS"),
    "columns that say nothing": (lambda: b"Colour,Shoe size\nred,37\n", 422, None),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, 400, None),
    "no zip": (lambda: b"PK\x03\x04 this is no zip", 400, "ZIP_BROKEN"),
    "half a zip": (lambda: zipped(("students.csv", HEAD + GOOD))[:-40], 400, "ZIP_BROKEN"),
    "a zip of nothing": (lambda: zipped(), 422, "ROSTER_UNKNOWN_FORMAT"),
    "a zip bomb": (lambda: zipped(("students.csv", HEAD + "a" * 80_000_000)), 413, "ZIP_BOMB"),
    "a bomb that lies": (lying_zip, 413, "ZIP_BOMB"),
    "a thousand files": (lambda: zipped(*((f"{n}.csv", "a\n") for n in range(1000))), 413, "ZIP_TOO_MANY_FILES"),
    "a name that leads up": (lambda: zipped(("../../students.csv", HEAD + GOOD)), 400, "ZIP_BAD_NAME"),
    "a name from the root": (lambda: zipped(("/etc/students.csv", HEAD + GOOD)), 400, "ZIP_BAD_NAME"),
    "a name of Windows": (lambda: zipped(("..\\students.csv", HEAD + GOOD)), 400, "ZIP_BAD_NAME"),
    "one name twice": (
        lambda: zipped(("students.csv", HEAD), ("STUDENTS.CSV", HEAD + GOOD)), 422, "ROSTER_DUPLICATE_FILE"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_roster_is_refused(admin, unchanged, name):
    make, status, code = BROKEN[name]
    content = make()
    kind = "application/zip" if content.startswith(b"PK") else "text/csv"
    begun = time.monotonic()
    plain = admin.post("/api/v1/imports", params={"schoolId": admin.school()}, content=content,
                       headers={"Content-Type": kind})
    form = admin.post("/api/v1/imports", params={"schoolId": admin.school()}, files={"file": ("list", content, kind)})
    for answer in (plain, form):
        told = answer.json()
        assert answer.headers["content-type"].startswith("application/problem+json"), answer.text[:300]
        assert answer.status_code == status, told
        assert code in (None, told["code"]), told
        assert len(told["detail"]) > 20 and "/tmp" not in answer.text
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("address, where", [("/api/v1/imports", "api"), ("/imports", "page")])
def test_a_file_over_the_limit_is_refused(admin, node, unchanged, address, where):
    """Whoever sends 200 MB is told before all of it is here, and everybody else is served meanwhile."""
    browser = signed_in(node)
    sent = 0

    def much():
        nonlocal sent
        yield HEAD.encode()
        while sent < FAR_TOO_MUCH:
            sent += 1_000_000
            yield GOOD.encode() * (1_000_000 // len(GOOD))

    sender = admin.http if where == "api" else browser
    try:
        answer = sender.post(address, content=much(), headers={"Content-Type": "text/csv"})
        assert answer.status_code == 413, answer.text[:300]
    except OSError:
        pass
    assert sent <= FAR_TOO_MUCH
    assert node.client().get("/livez").status_code == 200


def signed_in(node):
    """A browser without a window, at work as the administrator."""
    browser = node.client()
    email, password = node.installation.accounts["administrator"]
    assert browser.post("/login", data={"email": email, "password": password}).status_code == 303
    return browser


def test_the_wizard_tells_the_same_in_words(node, unchanged):
    browser = signed_in(node)
    for name, (make, _, _) in BROKEN.items():
        if name == "columns that say nothing":
            continue  # Here a person says what they mean.
        answer = browser.post("/imports", files={"file": ("list", make(), "text/csv")})
        assert 400 <= answer.status_code < 500, f"{name}: {answer.status_code}"
        assert "error-summary" in answer.text, name


def test_good_rows_come_in_and_each_bad_one_is_told(admin):
    """Ragged rows, unknown columns, impossible dates, numbers twice and fields that are too long are findings."""
    mark = f"{time.time_ns():x}"
    text = (
        "Student number,Given name,Family name,Birth date,Grade,Colour,Password\n"
        f"{mark}-1,Rosa,{mark},2014-02-28,7,red,hunter two\n"
        f"{mark}-2,Ragged,{mark}\n"
        f"{mark}-3,Ragged,{mark},2014-02-28,7,red,x,y,z\n"
        f"{mark}-4,Late,{mark},2014-02-31,7,red,\n"
        f"{mark}-1,Twice,{mark},2014-02-28,7,red,\n"
        f"{mark}-5,{'L' * 300},{mark},2014-02-28,7,red,\n"
        f"{mark}-6,\"<script>alert(1)</script>\",{mark},2014-02-28,7,red,\n")
    made = admin.post("/api/v1/imports", params={"schoolId": admin.school()},
                      files={"file": ("../../<b>rows.csv", text, "text/csv")})
    assert made.status_code == 201, made.text
    told = made.json()["data"]
    assert not any(number.startswith(mark) for number in numbers(admin, mark)), "a check wrote something"
    by_row = {finding["row"]: finding for finding in told["findings"] if finding.get("row")}
    assert {3, 4, 5, 7} <= by_row.keys() and (6 in by_row or 2 in by_row), told["findings"]
    assert by_row[3]["code"] == by_row[4]["code"] == "RAGGED_ROW"
    assert "hunter" not in made.text and "Colour" in made.text
    assert admin.post(made.headers["location"] + "/application").status_code == 202
    for _ in range(100):
        state = admin.get(made.headers["location"]).json()["data"]["state"]
        if state == "done":
            break
        time.sleep(0.1)
    assert state == "done"
    written = numbers(admin, mark)
    assert f"{mark}-6" in written and not {f"{mark}-2", f"{mark}-3"} & set(written)
    failed = admin.get(made.headers["location"] + "/failed-rows.csv")
    assert failed.status_code == 200 and "Twice" in failed.text and "hunter" not in failed.text
    assert failed.text.count("in an earlier row") == 1, failed.text
    page = signed_in(admin.node).get(f"/imports/{told['id']}").text
    assert "<b>rows" not in page and "<script>alert" not in page


def numbers(admin, mark):
    return [one["number"] for one in admin.all("/api/v1/students", search=mark)]


def test_all_or_nothing_writes_nothing_when_one_row_is_bad(admin):
    mark = f"{time.time_ns():x}"
    text = HEAD + f"{mark}-1,Rosa,{mark},7\n{mark}-2,,,8\n"
    made = admin.post("/api/v1/imports", params={"schoolId": admin.school(), "mode": "all_or_nothing"},
                      content=text.encode(), headers={"Content-Type": "text/csv"})
    assert made.status_code == 201, made.text
    refused = admin.post(made.headers["location"] + "/application")
    assert refused.status_code == 409, refused.text
    assert numbers(admin, mark) == []


def test_an_import_of_nobody_and_into_no_school_is_refused(admin, node, unchanged):
    text, headers = (HEAD + GOOD).encode(), {"Content-Type": "text/csv"}
    nobody = "019a1000-0000-7000-8000-00000000dead"
    for school in (nobody, "%00", "x" * 4000, "'; DROP TABLE directory_org"):
        answer = admin.post("/api/v1/imports", params={"schoolId": school}, content=text, headers=headers)
        assert answer.status_code in (404, 422), answer.text
    for action in ("", "/application", "/undo", "/failed-rows.csv"):
        ask = admin.post if action in ("/application", "/undo") else admin.get
        assert ask(f"/api/v1/imports/{nobody}{action}").status_code == 404
    for role in ("teacher", "guardian", "student"):
        person = node.sign_in(role)
        answer = person.post("/api/v1/imports", params={"schoolId": admin.school()}, content=text, headers=headers)
        assert answer.status_code == 403, f"{role}: {answer.text}"
    assert node.client().post("/api/v1/imports", content=text, headers=headers).status_code == 401


def test_a_number_of_another_school_is_not_taken_over(installations, engine):
    """An import into one school touches nobody of another."""
    admin = installations(engine).seed(20).serve().sign_in("administrator")
    student = admin.post("/api/v1/students", json=new_student(admin.school(), f"{time.time_ns():x}", "Old Hand"))
    assert student.status_code == 201, student.text
    before = admin.get(student.headers["location"]).json()
    made = admin.post("/api/v1/orgs", json={
        "kind": "school", "code": "OTHER", "name": "The other school", "parentId": None, "timeZone": "UTC",
        "locale": "en", "weekStart": 1})
    assert made.status_code == 201, made.text
    other = made.json()["data"]["id"]
    text = HEAD + f"{before['data']['number']},Somebody,Else,7\n"
    made = admin.post("/api/v1/imports", params={"schoolId": other}, content=text.encode(),
                      headers={"Content-Type": "text/csv"})
    assert made.status_code == 201, made.text
    assert admin.post(made.headers["location"] + "/application").status_code == 202
    for _ in range(100):
        if admin.get(made.headers["location"]).json()["data"]["state"] == "done":
            break
        time.sleep(0.1)
    assert sorted(one["schoolId"] == other for one in admin.all(
        "/api/v1/students", search=before["data"]["number"])) == [False, True]
    assert admin.get(student.headers["location"]).json() == before
