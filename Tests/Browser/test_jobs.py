"""Work in the background: watched, stopped and tried again, by people and commands, over restarts and beside others."""

import contextlib
import json
import os
import re
import sqlite3
import statistics
import subprocess
import time

import pytest
from playwright.sync_api import expect

from homeroom import POSTGRES, free_port, psql
from pages import wait_until

# What a browser says on the console while the server is away.
AWAY = re.compile(r"net::ERR_")


@pytest.fixture(scope="module")
def workshops(installations):
    """A school for each engine whose server may be stopped, for nobody else uses it."""
    made = {}

    def workshop(engine):
        if engine not in made:
            made[engine] = installations(engine, settings={"WORKER_CONCURRENCY": "8"}).seed(20)
            made[engine].serve()
        return made[engine]

    return workshop


@pytest.fixture
def school(workshops, engine):
    return workshops(engine)


@pytest.fixture
def admin(node):
    return node.sign_in("administrator")


def send(admin, **order):
    """Puts one canary in line; answers its job's identifier."""
    answer = admin.post("/api/v1/job-canaries", json={"count": 1} | order)
    assert answer.status_code == 202, answer.text
    return answer.json()["data"]["ids"][0]


def job(admin, number):
    return admin.get(f"/api/v1/jobs/{number}").json()["data"]


def arrived(school, number):
    """The pieces of a job that left their trace, as the database has them."""
    return [int(row[0]) for row in school.rows("SELECT piece, job_id FROM jobs_canary ORDER BY piece")
            if row[1] == number.replace("-", "")]


def expire(school):
    """Lets the leases of dead workers run out at once, instead of within half a minute."""
    statement = "UPDATE jobs_job SET lease_until = 0 WHERE state = 'running'"
    if school.engine == "postgres":
        psql(school.database, statement)
    else:
        with contextlib.closing(sqlite3.connect(school.database, isolation_level=None)) as database:
            database.execute(statement)


# ---- Watching, stopping, trying again --------------------------------------------------------------------------------


def shown(person):
    """How many pieces the page says are done."""
    return int(re.search(r"(\d+) of \d+", person.page.locator("#job-page").inner_text()).group(1))


def test_a_long_job_is_watched_and_goes_on_after_a_restart(people, scripts, node, admin, school):
    number = send(admin, pieces=40, pause=250)
    person = people("administrator", scripts=scripts)
    person.go(f"/jobs/{number}")
    region = person.page.locator("#job-page")
    expect(region).to_contain_text(re.compile(r"[1-9]\d* of 40"))
    if scripts:
        person.page.evaluate("window.isTheSamePage = true")
    before = shown(person)
    expect(region).not_to_contain_text(f"{before} of 40")
    moved = shown(person)
    assert moved > before
    assert node.stop() == 0
    left = {row[0]: row[1:] for row in school.rows("SELECT id, state, attempts, deaths FROM jobs_job")}
    assert list(map(str, left[number.replace("-", "")])) == ["waiting", "0", "0"]
    node.start()
    if not scripts:
        person.go(f"/jobs/{number}")
    expect(region).not_to_contain_text(re.compile(rf"\b{moved} of 40"))
    assert shown(person) > moved
    expect(region.locator(".job-line")).to_contain_text("Done", timeout=30_000)
    expect(region.get_by_role("button", name="Cancel")).to_have_count(0)
    if scripts:
        assert person.page.evaluate("window.isTheSamePage") is True
        person.complaints[:] = [line for line in person.complaints if not AWAY.search(line)]
    assert arrived(school, number) == list(range(40))
    assert (job(admin, number)["state"], job(admin, number)["attempts"]) == ("done", 1)


def test_a_job_is_cancelled_on_its_page_and_tried_again_there(people, scripts, admin, school):
    number = send(admin, pieces=25, pause=200)
    person = people("administrator", scripts=scripts)
    person.go(f"/jobs/{number}")
    line = person.page.locator("#job-page .job-line")
    expect(line).to_contain_text(re.compile(r"[1-9]\d* of 25"))
    person.press("Cancel")
    expect(person.page.locator("#toasts")).to_contain_text("What it did stays done")
    expect(line).to_contain_text("Cancelled")
    stopped = job(admin, number)
    assert stopped["state"] == "cancelled" and 0 < stopped["done"] < 25
    assert arrived(school, number) == list(range(stopped["done"]))
    person.press("Try again")
    expect(person.page.locator("#toasts")).to_contain_text("in line again")
    expect(line).to_contain_text("Done", timeout=30_000)
    expect(line).to_contain_text("25 of 25")
    assert arrived(school, number) == list(range(25))


def test_a_job_in_whose_middle_three_workers_died_is_set_aside_and_tried_again(people, scripts, node, admin, school):
    number = send(admin, pieces=3, pause=1000)
    for deaths in (1, 2, 3):
        wait_until(lambda: job(admin, number)["state"] == "running")
        node.kill()
        expire(school)
        node.start()
        wait_until(lambda deaths=deaths: job(admin, number)["deaths"] == deaths)
    assert job(admin, number)["state"] == "quarantined"
    person = people("administrator", scripts=scripts)
    person.go("/jobs?state=quarantined")
    person.page.get_by_role("link", name="Canary").first.click()
    region = person.page.locator("#job-page")
    expect(region).to_contain_text(number)
    expect(region).to_contain_text("3 by the end of the program")
    person.press("Try again")
    expect(region.locator(".job-line")).to_contain_text("Done", timeout=15_000)
    assert arrived(school, number) == [0, 1, 2]


def test_the_list_leads_to_each_job_by_its_state(people, scripts, admin):
    number = send(admin)
    wait_until(lambda: job(admin, number)["state"] == "done")
    person = people("administrator", scripts=scripts)
    person.go("/jobs")
    person.page.get_by_role("link", name="Done", exact=True).click()
    expect(person.page).to_have_url(re.compile("state=done"))
    person.page.get_by_role("link", name="Canary").first.click()
    expect(person.page.locator("#job-page")).to_contain_text(number)
    person.go("/jobs?state=quarantined")
    expect(person.page.locator("main")).to_contain_text("No job stands so at this moment")


def test_whoever_may_not_manage_jobs_sees_and_sends_none(node, admin):
    number = send(admin)
    teacher = node.sign_in("teacher")
    assert teacher.post("/api/v1/job-canaries", json={"count": 1}).status_code == 403
    assert teacher.get("/api/v1/job-stats").status_code == 403
    for answer in (teacher.get(f"/api/v1/jobs/{number}"), teacher.post(f"/api/v1/jobs/{number}/cancellation")):
        assert answer.status_code == 404
    assert admin.post("/api/v1/job-canaries", json={"count": 1001}).status_code == 422
    wait_until(lambda: job(admin, number)["state"] == "done")
    refused = admin.post(f"/api/v1/jobs/{number}/retry")
    assert (refused.status_code, refused.json()["code"]) == (409, "JOB_NOT_RETRYABLE")


# ---- Commands --------------------------------------------------------------------------------------------------------


def test_commands_work_beside_the_server(admin, school):
    number = send(admin, pieces=20, pause=250)
    wait_until(lambda: job(admin, number)["done"] > 0)
    listed = [json.loads(line) for line in school.run("jobs", "list", "--state", "running", "--json").splitlines()]
    assert [(one["id"], one["kind"], one["total"]) for one in listed] == [(number, "jobs.canary", 20)]
    assert json.loads(school.run("jobs", "stats", "--json"))["running"] == 1
    assert re.search(r"^running 1$", school.run("jobs", "stats"), re.MULTILINE)
    school.run("jobs", "cancel", number)
    wait_until(lambda: job(admin, number)["state"] == "cancelled", seconds=5)
    assert number in school.run("jobs", "list", "--state", "cancelled")
    assert school.run("jobs", "retry", number) == "The job is waiting.\n"
    wait_until(lambda: job(admin, number)["state"] == "done")
    assert arrived(school, number) == list(range(20))
    assert school.run("jobs", "retry", "--failed") == "0 jobs are in line again.\n"
    with pytest.raises(RuntimeError, match="ended with 1:"):
        school.run("jobs", "retry", number)  # It is done.
    with pytest.raises(RuntimeError, match="ended with 2:"):
        school.run("jobs", "list", "--state", "asleep")


def test_a_worker_of_its_own_needs_postgres(installations):
    school = installations("sqlite")
    with pytest.raises(RuntimeError, match=r"work ended with 2:\nWith SQLite the work is done inside"):
        school.run("work")


# ---- Several processes on one database -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def idle(installations):
    """A school whose server leaves jobs to others."""
    assert POSTGRES, "bin/browser-test starts PostgreSQL and says where it is"
    school = installations("postgres", settings={"WORKER_CONCURRENCY": "8"}).seed(20)
    school.serve(words=["--no-worker"])
    return school


def test_a_job_sent_to_one_node_is_done_by_another_at_once(idle):
    """By a call and not by looking around each second: then half of them would take longer than half a second."""
    other = idle.serve(folder=os.path.join(idle.folder, "second"))
    admin = idle.nodes[0].sign_in("administrator")
    times = []
    for _ in range(8):
        begun = time.monotonic()
        number = send(admin)
        while job(admin, number)["state"] != "done" and time.monotonic() - begun < 5:
            time.sleep(0.005)
        times.append(time.monotonic() - begun)
    assert other.stop() == 0
    assert max(times) < 1, times
    assert statistics.median(times) < 0.3, times


def test_a_worker_of_its_own_works_and_hands_back_what_it_has(idle):
    admin = idle.nodes[0].sign_in("administrator")
    worker = idle.work(folder=os.path.join(idle.folder, "third"))
    number = send(admin)
    wait_until(lambda: job(admin, number)["state"] == "done", seconds=5)
    long = send(admin, pieces=30, pause=200)
    wait_until(lambda: job(admin, long)["done"] > 0, seconds=5)
    begun = time.monotonic()
    assert worker.stop() == 0
    assert time.monotonic() - begun < 5
    assert "Homeroom has stopped." in worker.log()
    left = job(admin, long)
    assert (left["state"], left["attempts"], left["deaths"]) == ("waiting", 0, 0)
    worker.start()
    wait_until(lambda: job(admin, long)["state"] == "done")
    assert arrived(idle, long) == list(range(30))
    assert worker.stop() == 0


def test_a_worker_that_freezes_with_a_lock_holds_up_no_other_job(idle):
    """In the middle of a transaction, that is; here somebody else holds the lock, who can be told when."""
    admin = idle.nodes[0].sign_in("administrator")
    worker = idle.work(folder=os.path.join(idle.folder, "fourth"))
    numbers = [send(admin, pieces=2, pause=1000) for _ in range(8)]
    wait_until(lambda: all(job(admin, number)["state"] == "running" for number in numbers), seconds=5)
    worker.kill()
    expire(idle)
    with subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", idle.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True) as frozen:
        frozen.stdin.write(f"BEGIN; SELECT state FROM jobs_job WHERE id = '{numbers[0]}' FOR UPDATE;\n")
        frozen.stdin.flush()
        assert frozen.stdout.readline() == "running\n"
        worker.start()
        wait_until(lambda: all(job(admin, number)["state"] == "done" for number in numbers[1:]), seconds=15)
        assert job(admin, numbers[0])["deaths"] == 0
        frozen.stdin.write("ROLLBACK;\n")
    wait_until(lambda: job(admin, numbers[0])["state"] == "done", seconds=15)
    assert all(arrived(idle, number) == [0, 1] for number in numbers)
    assert worker.stop() == 0


# ---- Schedules -------------------------------------------------------------------------------------------------------


def test_a_schedule_is_edited_on_its_page(people, scripts, admin):
    person = people("administrator", scripts=scripts)
    person.go("/jobs/schedules")
    person.page.get_by_role("link", name=re.compile("^Care")).click()
    expect(person.page).to_have_url(re.compile("/jobs/schedules/"))
    saved = admin.get("/api/v1/schedules").json()["data"]
    for field, wrong, complaint in (
            ("cron", "61 2 * * *", 'The minute field says "61"'),
            ("zone", "Mars/Olympus", "Give a name of the time zone")):
        kept = person.page.locator(f"[name={field}]").input_value()
        person.page.locator(f"[name={field}]").fill(wrong)
        person.press("Save")
        expect(person.page).to_have_title(re.compile("^Error: "))
        expect(person.page.locator(".error-summary")).to_contain_text("There is a problem")
        expect(person.page.locator(f".field.wrong:has([name={field}])")).to_contain_text(complaint)
        assert person.page.locator(f"[name={field}]").input_value() == wrong
        assert admin.get("/api/v1/schedules").json()["data"] == saved
        person.page.locator(f"[name={field}]").fill(kept)
    minute = saved[0]["version"] % 60
    person.page.locator("[name=cron]").fill(f"{minute} 3 * * 1")
    person.page.locator("[name=zone]").fill("Africa/Monrovia")
    person.page.locator("[name=missed]").select_option("each")
    person.page.locator("[name=isOn]").select_option("off")
    person.press("Save")
    expect(person.page.locator("#toasts")).to_contain_text("Saved")
    now = admin.get("/api/v1/schedules").json()["data"][0]
    assert (now["cron"], now["zone"], now["missed"], now["isOn"], now["nextAt"]) == (
        f"{minute} 3 * * 1", "Africa/Monrovia", "each", False, None)
    assert now["version"] == saved[0]["version"] + 1
    person.page.locator("[name=isOn]").select_option("on")
    person.press("Save")
    expect(person.page.locator("#toasts")).to_contain_text("Saved")
    wait_until(lambda: admin.get("/api/v1/schedules").json()["data"][0]["nextAt"], seconds=5)


def test_run_now_leads_to_the_job(people, scripts, admin):
    person = people("administrator", scripts=scripts)
    schedule = admin.get("/api/v1/schedules").json()["data"][0]
    person.go(f"/jobs/schedules/{schedule['id']}")
    person.press("Run now")
    expect(person.page).to_have_url(re.compile("/jobs/[0-9a-f-]{36}$"))
    expect(person.page.locator("#job-page .job-line")).to_contain_text("Done")
    assert job(admin, person.page.url.rsplit("/", 1)[1])["kind"] == schedule["kind"]


def test_two_editors_of_a_schedule_do_not_overwrite_each_other(people, scripts, admin):
    one, other = people("administrator", scripts=scripts), people("administrator", scripts=scripts)
    schedule = admin.get("/api/v1/schedules").json()["data"][0]
    for person in (one, other):
        person.go(f"/jobs/schedules/{schedule['id']}")
    for person, cron in ((one, "5 4 * * *"), (other, "6 5 * * *")):
        person.page.locator("[name=cron]").fill(cron)
        person.press("Save")
        expect(person.page.locator("#toasts")).to_contain_text("Saved" if person is one else "Somebody changed")
    expect(other.page.locator("[name=cron]")).to_have_value("5 4 * * *")


def test_the_doctor_sends_a_canary_where_a_server_can_take_it(school, node):
    def found(**settings):
        before = dict(school.settings)
        school.settings.update(settings)
        try:
            told = json.loads(school.run("doctor", "--json", ok=(0, 4)))
        finally:
            school.settings = before
        return next(check for check in told if check["name"] == "jobs.canary")

    there = found(PORT=str(node.port))
    assert there["state"] == "well" and "arrived after" in there["found"], there
    assert "No server answers" in found(PORT=str(free_port()))["found"]
