"""Kills the server again and again while 64 callers write, and looks afterwards for what was promised.

    crash.py --engine sqlite --kills 200 --result docs/results/kill-sqlite.md

A caller notes a student as written when the answer 201 has arrived. After the last kill every noted student must be
there, and nothing may be there by halves: a student has its person, its words to be found by and its history, and no
history tells of a row that is missing.
"""

import collections
import http.client
import json
import random
import sys
import threading
import time

from homeroom import Installation, new_student
from trials import asked, hand_in, setting, tell

CALLERS = 64


class Storm:
    """64 callers at one server, each writing one student after the other until the line breaks."""

    def __init__(self, node, token, school, round_number):
        self.node, self.token, self.school, self.round = node, token, school, round_number
        self.acknowledged = []
        self.refused = collections.Counter()
        self.ended = threading.Event()
        self.guard = threading.Lock()

    def run(self, seconds):
        """Lets everybody write, kills the server after so many seconds of it, and waits until all have noticed."""
        callers = [threading.Thread(target=self.call, args=(number,), daemon=True) for number in range(CALLERS)]
        for caller in callers:
            caller.start()
        time.sleep(seconds)
        self.node.kill()
        self.ended.set()
        for caller in callers:
            caller.join(timeout=30)
        return self

    def call(self, caller):
        """One caller's work."""
        line = http.client.HTTPConnection("127.0.0.1", self.node.port, timeout=20)
        turn = 0
        while not self.ended.is_set():
            turn += 1
            number = f"K{self.round}-{caller}-{turn}"
            body = json.dumps(new_student(self.school, number, f"Kill {number}"))
            try:
                line.request("POST", "/api/v1/students", body, {
                    "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
                answer = line.getresponse()
                text = answer.read()
            except (OSError, http.client.HTTPException):
                return
            with self.guard:
                if answer.status == 201:
                    self.acknowledged.append((json.loads(text)["data"]["id"].replace("-", ""), number))
                else:
                    self.refused[f"{answer.status} {text[:120].decode(errors='replace')}"] += 1


class Trial:
    """A whole series of kills on one engine."""

    def __init__(self, engine, seed=None):
        self.installation = Installation(engine)
        self.random = random.Random(seed)
        self.acknowledged = []
        self.refused = collections.Counter()
        self.ready = []
        self.kills = 0

    def run(self, kills, tell=lambda words: None):
        """Kills the server so many times; what it acknowledged stands in `acknowledged` afterwards."""
        self.installation.seed(20)
        node = self.installation.serve()
        for number in range(1, kills + 1):
            caller = node.sign_in("administrator")
            storm = Storm(node, caller.access, caller.school(), number).run(self.random.uniform(0.3, 1.6))
            self.acknowledged += storm.acknowledged
            self.refused += storm.refused
            self.kills += 1
            node.start()
            self.ready.append(node.ready_after)
            tell(f"kill {number}: {len(storm.acknowledged)} written, ready again after {node.ready_after:.2f} s")
        return self

    def faults(self):
        """What is missing or there by halves, each in a line; an empty list is what was promised."""
        rows = self.installation.rows
        students = {number: identity for identity, number in rows(
            f"SELECT id, number FROM directory_student_live WHERE number LIKE 'K%-%-%'")}
        found = [f"acknowledged, but not there: {number}" for identity, number in self.acknowledged
                 if students.get(number) != identity]
        found += [f"{words}: {row}" for words, statement in self.halves() for row in rows(statement)]
        if self.installation.engine == "sqlite":
            found += [f"damaged: {row[0]}" for row in rows("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"dangling: {row}" for row in rows("PRAGMA foreign_key_check")]
        return found

    def halves(self):
        """Questions whose answer must be empty."""
        numbers = "s.number LIKE 'K%-%-%'"
        return [
            ("a student without a person",
             f"SELECT s.number FROM directory_student s LEFT JOIN directory_person p ON p.id = s.person_id "
             f"WHERE {numbers} AND p.id IS NULL"),
            ("a person without a student",
             "SELECT p.display_name FROM directory_person p LEFT JOIN directory_student s ON s.person_id = p.id "
             "WHERE p.display_name LIKE 'Kill K%' AND s.id IS NULL"),
            ("a student without a school enrolment",
             f"SELECT s.number FROM directory_student s LEFT JOIN directory_school_enrolment e ON e.student_id = s.id "
             f"WHERE {numbers} AND e.id IS NULL"),
            ("a student without history",
             f"SELECT s.number FROM directory_student s LEFT JOIN record_audit a ON a.object_id = s.id "
             f"AND a.version = s.version WHERE {numbers} AND a.id IS NULL"),
            ("a person without history",
             f"SELECT s.number FROM directory_student s LEFT JOIN record_version v ON v.id = s.person_id "
             f"WHERE {numbers} AND v.id IS NULL"),
            ("history without its row",
             "SELECT a.kind, a.action FROM record_audit a LEFT JOIN directory_student s ON s.id = a.object_id "
             "WHERE a.kind = 'student' AND s.id IS NULL"),
            ("history without its version",
             "SELECT a.kind, a.action FROM record_audit a LEFT JOIN record_version v ON v.audit_id = a.id "
             "WHERE a.kind = 'student' AND v.id IS NULL"),
            ("a student who cannot be found",
             f"SELECT s.number FROM directory_student s WHERE {numbers} AND NOT EXISTS "
             f"(SELECT 1 FROM directory_word w WHERE w.person_id = s.person_id AND w.word = 'kill')"),
        ]

    def remove(self):
        self.installation.remove()


def main():
    wanted = asked(__doc__)
    trial = Trial(wanted.engine, wanted.seed)
    try:
        begun = time.monotonic()
        trial.run(wanted.kills, tell)
        faults = trial.faults()
        minutes = (time.monotonic() - begun) / 60
    finally:
        trial.remove()
    ready = sorted(trial.ready)
    report = f"""# kill -9 while {CALLERS} callers write, {wanted.engine}

`bin/soak kill --engine {wanted.engine} --kills {wanted.kills}`, {setting()}. Every caller makes one student after the
other over the API; the server is killed with SIGKILL at a random moment and started again.

| | |
|---|---|
| Kills | {trial.kills} |
| Writes acknowledged | {len(trial.acknowledged)} |
| Acknowledged and missing, or there by halves | {len(faults)} |
| Refused while it lasted | {sum(trial.refused.values())} |
| Ready again: median, longest | {ready[len(ready) // 2]:.2f} s, {ready[-1]:.2f} s |
| Time | {minutes:.1f} min |
"""
    hand_in(report, faults, trial.refused, wanted.result)
    sys.exit(1 if faults or trial.refused or not trial.acknowledged else 0)


if __name__ == "__main__":
    main()
