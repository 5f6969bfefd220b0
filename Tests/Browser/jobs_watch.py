"""Watches from behind which jobs have workers, and how long those wait whose worker has died."""

import sqlite3
import threading
import time

# How long a job belongs to a worker that says nothing, in seconds.
LEASE = 30


class Watch(threading.Thread):
    """Looks at the jobs twice a second, in the database itself.

    A job whose lease token has gone up was taken from its worker; it has begun again when the token went up once more.
    While nobody is awake nobody can take anything, so that time does not count.
    """

    def __init__(self, installation, awake):
        super().__init__(daemon=True)
        self.installation = installation
        self.waiting = 0
        self.orphans = 0
        self.longest, self.longest_job = 0.0, None
        self.overdue = 0.0
        self.troubles = []
        self.awake = awake
        self.nights = []
        self.held, self.taken = {}, {}
        self.blind = 0
        self.is_over = threading.Event()

    def run(self):
        while not self.is_over.wait(0.5):
            try:
                self.look()
                self.blind = 0
            except (RuntimeError, sqlite3.OperationalError) as fault:
                # SQLite's file is locked for a moment when its process was hit in the middle of opening it.
                self.blind += 1
                if self.blind == 100:
                    self.troubles.append(f"the watch sees nothing: {fault}")

    def end(self):
        self.is_over.set()
        if self.ident:
            self.join(timeout=30)

    def count(self, change):
        """One process more or less is awake."""
        now = time.time()
        if self.awake + change == 0:
            self.nights.append([now, None])
        elif self.awake == 0:
            self.nights[-1][1] = now
        self.awake += change

    def day(self, since, until):
        """How many seconds of this time somebody was awake."""
        return until - since - sum(
            max(0, min(until, end or until) - max(since, begin)) for begin, end in list(self.nights))

    def look(self):
        rows = self.installation.rows
        self.waiting = int(rows("SELECT COUNT(*) FROM jobs_job WHERE state = 'waiting'")[0][0])
        running = {job: (int(token), int(until) / 1000) for job, token, until in rows(
            "SELECT id, lease_token, lease_until FROM jobs_job WHERE state = 'running'")}
        now = time.time()
        for _, until in running.values():
            if until < now:
                self.overdue = max(self.overdue, self.day(until, now))
        changed = [job for job, (token, _) in self.held.items() if running.get(job, (None,))[0] != token]
        for job, state, token in self.standing({*changed, *self.taken}):
            if job in changed and token > self.held[job][0]:
                self.orphans += 1
                self.taken.setdefault(job, self.held[job])
            if job in self.taken:
                before, until = self.taken[job]
                if state == "waiting" and token == before + 1:
                    continue  # In line again, and not begun yet.
                del self.taken[job]
                if state != "quarantined" and (wait := LEASE + max(0, self.day(until, now))) > self.longest:
                    self.longest, self.longest_job = wait, job
        self.held = running

    def standing(self, jobs):
        """The state and the lease token of some jobs."""
        if not jobs:
            return []
        quote = "'{}'" if self.installation.engine == "postgres" else "x'{}'"
        listed = ", ".join(quote.format(job) for job in jobs)
        return [(job, state, int(token)) for job, state, token in self.installation.rows(
            f"SELECT id, state, lease_token FROM jobs_job WHERE id IN ({listed})")]
