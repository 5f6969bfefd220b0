"""Measures Homeroom and writes benchmarks/RESULTS.md. Called by `bin/bench`, which builds the program first.

Every measure: 64 connections of wrk for some seconds, three rounds, the median round by requests a second. Server, wrk
and PostgreSQL share all cores of the machine. Rights, access log, audit and durable commits are on; requests are not
counted against limits (RATE_LIMIT=off), since one account makes them all.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/Browser"))

from homeroom import ENGINES, PROGRAM, Installation, new_student  # noqa: E402

CONNECTIONS = 64
THREADS = 2
TICKS = os.sysconf("SC_CLK_TCK")


class Measure:
    """One thing that is measured: its name, its goals in requests a second, and the requests that do it."""

    def __init__(self, name, goals, lines, headers, milliseconds=50, seconds=None):
        self.name, self.goals, self.lines, self.headers = name, goals, lines, headers
        self.milliseconds, self.seconds = milliseconds, seconds


class Bench:
    """A school on one engine, and what was measured of it."""

    def __init__(self, engine, students, seconds, rounds):
        self.engine, self.students, self.seconds, self.rounds = engine, students, seconds, rounds
        self.installation = Installation(engine, settings={"JWT_EXPIRES_IN": "12h", "LOG_LEVEL": "warning"})
        self.random = random.Random(1)
        self.results = []

    def run(self):
        begun = time.monotonic()
        self.installation.seed(self.students)
        self.seeded = time.monotonic() - begun
        tell(f"{self.engine}: {self.students} students seeded in {self.seeded:.0f} s")
        self.ready = self.starts()
        self.node = self.installation.serve()
        self.admin = self.node.sign_in("administrator")
        self.idle = self.memory("VmRSS")
        for measure in self.measures():
            self.results.append(self.measure(measure))
        self.peak = self.memory("VmHWM")
        self.imported = self.imports()

    def starts(self):
        """Seconds from start to ready, five times."""
        times = []
        for _ in range(5):
            node = self.installation.serve()
            times.append(node.ready_after)
            node.stop()
        return statistics.median(times)

    # ---- What is measured

    def measures(self):
        api = [f"Authorization: Bearer {self.admin.access}", "Content-Type: application/json"]
        page = [f"Cookie: {self.cookie()}"]
        students = self.some_students(2000)
        ids = [one["id"] for one in students]
        words = sorted({word[:self.random.randint(2, 6)] for one in students for word in one["displayName"].split()
                        if len(word) >= 3 and word.isascii() and word.isalpha()})
        self.random.shuffle(words)
        sections = self.prepared_sections(900)
        today = self.node.today()
        return [
            Measure("Student list, 50 as JSON, anywhere in the list", {"sqlite": 6000, "postgres": 3000},
                    [f"GET\t/api/v1/students?limit=50&after={one}" for one in ids], api),
            Measure("Name search, beginnings of words, JSON", {"sqlite": 3000, "postgres": 3000},
                    [f"GET\t/api/v1/students?search={word}" for word in words[:1000]], api),
            Measure("Student page", {"sqlite": 2500, "postgres": 2500},
                    [f"GET\t/people/students/{one}" for one in ids], page),
            Measure("Student list page, 50", {"sqlite": 2500, "postgres": 2500},
                    [f"GET\t/people/students?after={one}" for one in ids], page),
            Measure("Register page, 30 students", {"sqlite": 2500, "postgres": 2500},
                    [f"GET\t/attendance/register/{section}/{today}" for section, _ in sections], page),
            *[Measure("Register saved, 30 marks, durable and audited", {"sqlite": 200, "postgres": 200},
                      [self.saving(section, roster, today) for section, roster in sections[part::self.rounds]], api)
              for part in range(self.rounds)],
            Measure("Student made, durable and audited", {"sqlite": 1500}, [
                "POST\t/api/v1/students\t" + json.dumps(new_student(school, "B@N@", "Bench Newcomer @N@", grade="9"))
                for school in sorted({one["schoolId"] for one in students})], api),
        ]

    def saving(self, section, roster, today):
        marks = [{"studentId": one, "code": "@C@", "version": "@V@"} for one in roster]
        body = json.dumps({"marks": marks, "submitted": True}, separators=(",", ":")).replace('"@V@"', "@V@")
        return f"PUT\t/api/v1/registers/{section}/{today}\t{body}"

    def cookie(self):
        email, password = self.installation.accounts["administrator"]
        browser = self.node.client()
        answer = browser.post("/login", data={"email": email, "password": password})
        assert answer.status_code == 303, answer.text
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    def some_students(self, count):
        """Students from all over the list."""
        found = self.admin.get("/api/v1/students", params={"limit": 200}).json()["data"]
        letters = "abcdefghijklmnopqrstuvwxyz"
        for first in letters:
            for second in "aeiou":
                found += self.admin.get(
                    "/api/v1/students", params={"limit": 40, "search": first + second}).json()["data"]
        unique = list({one["id"]: one for one in found}.values())
        self.random.shuffle(unique)
        return unique[:count]

    def prepared_sections(self, count):
        """Lessons with thirty students: five of another lesson sit in as well."""
        lessons = self.admin.all("/api/v1/sections", kind="scheduled")[:count]
        rosters = [[row["studentId"] for row in self.admin.get(
            f"/api/v1/sections/{one['id']}/enrolments").json()["data"]] for one in lessons]
        ready = []
        for place, lesson in enumerate(lessons):
            own = rosters[place]
            same = [other for other, room in enumerate(lessons) if room["schoolId"] == lesson["schoolId"]]
            guests = list(dict.fromkeys(one for other in same for one in rosters[other][:5] if one not in own))
            guests = guests[:30 - len(own)]
            if len(own) + len(guests) != 30:
                continue
            answer = self.admin.post(
                f"/api/v1/sections/{lesson['id']}/enrolment-batches", json={"studentIds": guests, "mode": "allOrNothing"})
            assert answer.is_success and answer.json()["data"]["refused"] == [], answer.text
            ready.append((lesson["id"], own + guests))
        assert ready, "no lesson could be filled to thirty"
        tell(f"{self.engine}: {len(ready)} registers of thirty prepared")
        return ready

    # ---- How it is measured

    def measure(self, measure):
        rounds = []
        warm = measure.lines[0].startswith("GET")
        if warm:
            self.wrk(measure, 2)
        for _ in range(self.rounds if warm else 1):
            before = self.processor()
            one = self.wrk(measure, measure.seconds or self.seconds)
            one["rate"] = one["requests"] / one["microseconds"] * 1e6
            one["cpu"] = (self.processor() - before) / one["requests"] * 1e6
            rounds.append(one)
        rounds.sort(key=lambda one: one["rate"])
        median = rounds[len(rounds) // 2] | {"name": measure.name, "goal": measure.goals.get(self.engine),
                                             "milliseconds": measure.milliseconds, "rounds": rounds}
        tell(f"{self.engine}: {measure.name}: {median['rate']:.0f} a second, p99 {median['p99'] / 1000:.1f} ms, "
             f"{median['refused']} refused")
        return median

    def wrk(self, measure, seconds):
        with tempfile.TemporaryDirectory() as folder:
            requests, headers = pathlib.Path(folder, "requests"), pathlib.Path(folder, "headers")
            requests.write_text("\n".join(measure.lines) + "\n", encoding="utf-8")
            headers.write_text("\n".join(measure.headers) + "\n", encoding="utf-8")
            done = subprocess.run(
                ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "10s",
                 "-s", str(ROOT / "benchmarks/requests.lua"), self.node.url, "--", str(requests), str(headers),
                 str(THREADS)], capture_output=True, text=True, check=True)
        return json.loads(done.stdout.strip().splitlines()[-1])

    def processor(self):
        """Seconds of processor that the server has used."""
        fields = pathlib.Path(f"/proc/{self.node.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, field):
        """Megabytes that the server holds."""
        status = pathlib.Path(f"/proc/{self.node.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", status).group(1)) / 1024

    # ---- The import, beside people at work

    def imports(self):
        """Seconds for a file of students into the school, and how long others waited for a list meanwhile."""
        count = min(100_000, self.students)
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write("number,given name,family name,grade,birth date\n")
            for place in range(count):
                file.write(f"IM{place:06d},Given{place % 997},Family{place % 9973},{place % 6 + 7},2012-0{place % 9 + 1}-15\n")
            file.flush()
            waits, ended = [], threading.Event()
            prober = threading.Thread(target=self.probe, args=(waits, ended))
            prober.start()
            begun = time.monotonic()
            try:
                self.installation.run("import", file.name, "--school", "AB", timeout=900)
            except RuntimeError as error:
                tell(f"{self.engine}: no import was measured: {str(error)[:300]}")
                return None
            finally:
                taken = time.monotonic() - begun
                ended.set()
                prober.join()
        waits.sort()
        return {"students": count, "seconds": taken, "p50": waits[len(waits) // 2], "p99": waits[int(len(waits) * 0.99)]}

    def probe(self, waits, ended):
        person = self.node.sign_in("registrar")
        while not ended.is_set():
            begun = time.monotonic()
            assert person.get("/api/v1/students", params={"limit": 50}).status_code == 200
            waits.append((time.monotonic() - begun) * 1000)
            time.sleep(0.02)


def tell(words):
    print(f"   {words}", flush=True)


# ---- The report ----------------------------------------------------------------------------------------------------------


def report(benches):
    conditions = [
        ("Date", f"{datetime.date.today()}, commit {output('git', 'rev-parse', '--short', 'HEAD')}"),
        ("Machine", f"{processor_name()}, {os.cpu_count()} cores for server, wrk and PostgreSQL together, "
                    f"{memory_size()}, {platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}"),
        ("Program", f"{output('swift', '--version').splitlines()[0]}; {pathlib.Path(PROGRAM).parent.name} build"),
        ("Databases", f"SQLite {output('sqlite3', '--version').split()[0]}, WAL, synchronous=FULL; "
                      f"{output('postgres', '--version')}, fsync on, shared_buffers 64 MB, over TCP"),
        ("Load", f"wrk, {CONNECTIONS} connections, {THREADS} threads, {benches[0].seconds} s a round, median of "
                 f"{benches[0].rounds} rounds; answers not compressed"),
        ("School", f"{benches[0].students} students with guardians, sections and registers"),
        ("On", "sign-in, rights, access log, audit, versions, durable commits; limits off (`RATE_LIMIT=off`)"),
    ]
    lines = ["# Results", "", "Written by `bin/bench`; the numbers of every round are in `results.json`, what they say in "
             "[REMARKS.md](REMARKS.md).", "", "| | |",
             "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in conditions]
    for bench in benches:
        lines += ["", f"## {'SQLite' if bench.engine == 'sqlite' else 'PostgreSQL'}", "",
                  "| Measure | Goal /s | Measured /s | | p50 ms | p99 ms (goal 50) | Server CPU µs each | Refused |",
                  "|---|--:|--:|---|--:|--:|--:|--:|"]
        for one in merged(bench.results):
            lines.append(
                f"| {one['name']} | {one['goal'] or '–'} | **{one['rate']:.0f}** | {verdict(one['rate'], one['goal'])} "
                f"| {one['p50'] / 1000:.1f} | {one['p99'] / 1000:.1f} | {one['cpu']:.0f} "
                f"| {one['refused'] + one['broken']} |")
        lines += ["", "| | Goal | Measured |", "|---|--:|--:|",
                  f"| Ready after start | 0.5 s | {bench.ready:.2f} s |",
                  f"| Resident memory before the load | 120 MB | {bench.idle:.0f} MB |",
                  f"| Resident memory, highest of all | 120 MB | {bench.peak:.0f} MB |",
                  f"| Demo of {bench.students} students seeded | 60 s on SQLite | {bench.seeded:.0f} s |"]
        if bench.imported:
            one = bench.imported
            lines += [f"| Import of {one['students']} students | 20 s | {one['seconds']:.1f} s |",
                      f"| Others' wait for a list meanwhile, p99 | 100 ms | {one['p99']:.0f} ms |"]
    return "\n".join(lines) + "\n"


def merged(results):
    """Measures that were made in parts, each part once: the median part stands for all."""
    names = list(dict.fromkeys(one["name"] for one in results))
    for name in names:
        parts = sorted((one for one in results if one["name"] == name), key=lambda one: one["rate"])
        yield parts[len(parts) // 2]


def verdict(rate, goal):
    if goal is None:
        return ""
    return "met" if rate >= goal else f"{(1 - rate / goal) * 100:.0f} % short"


def output(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def processor_name():
    found = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return found.group(1) if found else platform.machine()


def memory_size():
    kilobytes = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1))
    return f"{kilobytes / 1024 / 1024:.0f} GiB"


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--students", type=int, default=100_000)
    words.add_argument("--seconds", type=int, default=8)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--engine", choices=ENGINES, action="append")
    words.add_argument("--dry", action="store_true", help="print the report, write nothing")
    asked = words.parse_args()
    benches = []
    try:
        for engine in asked.engine or ENGINES:
            benches.append(Bench(engine, asked.students, asked.seconds, asked.rounds))
            benches[-1].run()
    finally:
        for bench in benches:
            bench.installation.remove()
    text = report(benches)
    print(text)
    if not asked.dry:
        (ROOT / "benchmarks/RESULTS.md").write_text(text, encoding="utf-8")
        raw = [{"engine": bench.engine, "results": bench.results, "import": bench.imported} for bench in benches]
        (ROOT / "benchmarks/results.json").write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
