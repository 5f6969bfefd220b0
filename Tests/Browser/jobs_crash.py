"""Kills workers again and again, and puts them to sleep, while callers put jobs in line; then looks for every piece.

    jobs_crash.py --engine postgres --kills 250 --result docs/results/jobs-postgres.md

The jobs are canaries: each of their pieces leaves one row, in one transaction with how far the job is. A caller notes a
job as in line when the answer 202 has arrived. At the end every noted job must be done and every piece of it must be
there exactly once, although workers died in the middle of it, or slept so long that others took it over and then woke.
With SQLite one process is hit, with PostgreSQL two servers and a worker, each on its own.
"""

import collections
import http.client
import json
import os
import random
import sys
import threading
import time

from homeroom import Installation
from jobs_watch import LEASE, Watch
from trials import asked, hand_in, setting, tell

CALLERS = 4
# How many may wait at a time before callers hold back.
CROWD = 200
# From the end of a lease until the job is back in line: a second until somebody looks, half a second until this test
# does, and what a busy machine takes.
MARGIN = 3
# From there to the next attempt it waits for a free hand. After a nap of the only server that takes a while: the
# orphans of half a minute are back in line at once.
PATIENCE = 20


class Trial:
    """A whole series of kills and naps on one engine."""

    def __init__(self, engine, seed=None):
        self.installation = Installation(engine, settings={"WORKER_CONCURRENCY": "8"})
        self.random = random.Random(seed)
        self.sent = {}
        self.refused = collections.Counter()
        self.kills, self.naps, self.deep, self.retried = 0, 0, 0, 0
        self.troubles = []
        self.asleep = {}
        self.is_over = threading.Event()
        self.guard = threading.Lock()
        self.processes, self.watch = [], None

    # ---- The storm ---------------------------------------------------------------------------------------------------

    def run(self, kills, naps, tell=lambda words: None):
        """Kills so many times, with naps of so many seconds spread over it, and waits until nothing is in line."""
        school = self.installation.seed(20)
        self.processes = [school.serve()]
        if school.engine == "postgres":
            self.processes.append(school.serve(folder=os.path.join(school.folder, "second")))
            self.processes.append(school.work(folder=os.path.join(school.folder, "third")))
        self.watch = Watch(school, len(self.processes))
        callers = [threading.Thread(target=self.call, args=(self.random.random(),), daemon=True)
                   for _ in range(CALLERS)]
        for thread in [self.watch, *callers]:
            thread.start()
        self.storm(kills, naps, tell)
        self.is_over.set()
        for caller in callers:
            caller.join(timeout=30)
        self.calm(tell)
        self.watch.end()
        return self

    def storm(self, kills, naps, tell):
        """Hits one process after the other. The last nap begins when the last kill is done."""
        while self.kills < kills or self.naps < len(naps) or self.asleep:
            time.sleep(self.random.uniform(0.3, 1.5))
            for process in [one for one, until in self.asleep.items() if time.monotonic() >= until]:
                self.wake(process)
            awake = [one for one in self.processes if one not in self.asleep]
            if self.naps < len(naps) and not self.asleep and self.kills * len(naps) >= (self.naps + 1) * kills:
                self.lay_down(self.random.choice(awake), naps[self.naps])
                tell(f"nap {self.naps}: {naps[self.naps - 1]:.0f} s")
            elif self.kills < kills and awake:
                self.kill(self.random.choice(awake))
                if self.kills % 10 == 0:
                    tell(f"kill {self.kills}: {len(self.sent)} jobs in line so far, {self.watch.waiting} wait")

    def kill(self, process):
        process.kill()
        self.watch.count(-1)
        self.kills += 1
        process.start()
        self.watch.count(+1)

    def lay_down(self, process, seconds):
        process.sleep()
        self.watch.count(-1)
        self.asleep[process] = time.monotonic() + seconds
        self.naps += 1
        self.deep += seconds > LEASE

    def wake(self, process):
        del self.asleep[process]
        self.watch.count(+1)
        process.wake()

    def call(self, seed):
        """One caller's work: canaries of one piece by the dozen, and some that take a while."""
        mine = random.Random(seed)
        tokens = {}
        while not self.is_over.wait(mine.uniform(0.02, 0.2)):
            if self.watch.waiting > CROWD:
                continue
            # Like a balancer: a node that sleeps gets nothing new while another is awake.
            nodes = self.installation.nodes
            node = mine.choice([one for one in nodes if one not in self.asleep] or nodes)
            order = {"count": mine.randint(1, 20)} if mine.random() < 0.6 else {
                "count": mine.randint(1, 3), "pieces": mine.randint(2, 12), "pause": mine.randint(0, 100)}
            try:
                if node not in tokens:
                    email, password = self.installation.accounts["administrator"]
                    status, answer = post(node, "auth/login", {"email": email, "password": password})
                    if status == 200:
                        tokens[node] = answer["accessToken"]
                    continue
                status, answer = post(node, "job-canaries", order, tokens[node])
            except (OSError, http.client.HTTPException, ValueError):
                continue  # It was killed or sleeps. What it had not acknowledged may be in line or not.
            with self.guard:
                if status == 202:
                    self.sent |= {one.replace("-", ""): order.get("pieces", 1) for one in answer["data"]["ids"]}
                elif status == 401:
                    del tokens[node]  # A token is good for some minutes.
                else:
                    self.refused[f"{status} {json.dumps(answer)[:160]}"] += 1

    # ---- The calm after it -------------------------------------------------------------------------------------------

    def calm(self, tell):
        """Waits until nothing is in line; has what is in quarantine tried again."""
        admin = self.installation.nodes[0].sign_in("administrator")
        while True:
            begun = time.monotonic()
            while (left := self.standing("waiting") + self.standing("running")) and time.monotonic() - begun < 180:
                time.sleep(0.2)
            set_aside = admin.all("/api/v1/jobs", state="quarantined")
            tell(f"after the storm: {len(set_aside)} in quarantine, {left} in line")
            if left:
                self.troubles.append(f"still in line after three minutes: {left}")
            if left or not set_aside:
                return
            for job in set_aside:
                answer = admin.post(f"/api/v1/jobs/{job['id']}/retry")
                if answer.status_code != 200:
                    self.troubles.append(f"a job in quarantine is not tried again: {answer.status_code} {answer.text}")
                    return
            self.retried += len(set_aside)

    def standing(self, state):
        """How many jobs stand so."""
        return int(self.installation.rows(f"SELECT COUNT(*) FROM jobs_job WHERE state = '{state}'")[0][0])

    def account(self):
        """What became of every job and every piece: the lost, the double and the strange, each in a line."""
        rows = self.installation.rows
        jobs = {job: (state, json.loads(payload).get("pieces", 1)) for job, state, payload in rows(
            "SELECT id, state, payload FROM jobs_job WHERE kind = 'jobs.canary'")}
        found = {(job, int(piece)): int(count) for job, piece, count in rows(
            "SELECT job_id, piece, COUNT(*) FROM jobs_canary GROUP BY job_id, piece")}
        wanted = {(job, piece) for job, (_, pieces) in jobs.items() for piece in range(pieces)}
        lost = [f"acknowledged, but not there: job {job}" for job in self.sent if job not in jobs]
        lost += [f"{state} in the end: job {job}" for job, (state, _) in jobs.items() if state != "done"]
        lost += [f"not arrived: piece {piece} of job {job}" for job, piece in sorted(wanted - found.keys())]
        twice = [f"{count} times: piece {piece} of job {job}" for (job, piece), count in found.items() if count != 1]
        strange = [f"of no job: piece {piece} of {job}" for job, piece in sorted(found.keys() - wanted)]
        strange += [f"other than ordered: job {job}" for job, pieces in self.sent.items()
                    if job in jobs and jobs[job][1] != pieces]
        self.jobs, self.pieces = len(jobs), len(wanted)
        return lost, twice, strange

    def faults(self):
        """Everything that is not as promised, each in a line; an empty list is what was promised."""
        lost, twice, strange = self.account()
        late = []
        if self.watch.overdue > MARGIN:
            late.append(f"a job stayed with a silent worker {self.watch.overdue:.1f} s longer than its lease")
        if self.watch.longest > LEASE + PATIENCE:
            late.append(f"an orphan began again after {self.watch.longest:.1f} s: job {self.watch.longest_job}")
        if self.installation.engine == "sqlite":
            strange += [f"damaged: {row[0]}" for row in self.installation.rows("PRAGMA integrity_check")
                        if row[0] != "ok"]
        return self.troubles + self.watch.troubles + lost + twice + strange + late

    def remove(self):
        self.is_over.set()
        if self.watch:
            self.watch.end()
        self.installation.remove()


def post(node, path, body, token=None):
    """Calls the API once; answers the status and what was said."""
    line = http.client.HTTPConnection("127.0.0.1", node.port, timeout=5)
    try:
        line.request("POST", f"/api/v1/{path}", json.dumps(body), {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {token}"} if token else {}))
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def naps_for(kills, chance):
    """A nap after every eight kills; each sixth, and the last, is longer than a lease."""
    count = max(1, kills // 8)
    return [chance.uniform(LEASE + 1, LEASE + 5) if turn % 6 == 0 or turn == count else chance.uniform(0.5, 5)
            for turn in range(1, count + 1)]


def main():
    wanted = asked(__doc__)
    trial = Trial(wanted.engine, wanted.seed)
    try:
        begun = time.monotonic()
        trial.run(wanted.kills, naps_for(wanted.kills, trial.random), tell)
        lost, twice, strange = trial.account()
        faults = trial.faults()
        minutes = (time.monotonic() - begun) / 60
    finally:
        trial.remove()
    hit = "one server" if wanted.engine == "sqlite" else "two servers and a worker, each on its own,"
    report = f"""# Workers killed and put to sleep while jobs come in, {wanted.engine}

`bin/soak jobs --engine {wanted.engine} --kills {wanted.kills}`, {setting()}. {CALLERS} callers put canaries in line;
{hit} with 8 hands each, met SIGKILL or SIGSTOP every 0.3 to 1.5 s.

| | |
|---|---|
| SIGKILLs | {trial.kills} |
| SIGSTOPs, longer than the lease of {LEASE} s | {trial.naps}, {trial.deep} |
| Jobs acknowledged, jobs in all | {len(trial.sent)}, {trial.jobs} |
| Pieces | {trial.pieces} |
| Lost | {len(lost)} |
| Done twice | {len(twice)} |
| Of no job, or other than ordered | {len(strange)} |
| Taken from a silent worker | {trial.watch.orphans} |
| Quarantined after three deaths, then tried again and done | {trial.retried} |
| Longest from the last sign of life to the next attempt | {trial.watch.longest:.1f} s |
| Longest with a silent worker after the lease | {trial.watch.overdue:.1f} s |
| Refused while it lasted | {sum(trial.refused.values())} |
| Time | {minutes:.1f} min |
"""
    hand_in(report, faults, trial.refused, wanted.result)
    sys.exit(1 if faults or trial.refused or not trial.sent else 0)


if __name__ == "__main__":
    main()
