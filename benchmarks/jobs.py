"""Measures the line of jobs and writes benchmarks/JOBS.md. Called by `bin/bench jobs`, which builds the program first.

The jobs are canaries: each is taken by a worker under a lease and written down as done, both durable, and does nothing
between, or leaves a durable trace in a transaction of its own. All times come from the rows that the program keeps.
"""

import argparse
import datetime
import os
import pathlib
import sys
import time

from bench import ROOT, output, processor_name, tell, verdict

sys.path.insert(0, str(ROOT / "Tests/Browser"))

from homeroom import ENGINES, PROGRAM, Installation  # noqa: E402

WIDTH = 64
GOALS = {"sqlite": 2000, "postgres": 4000}


class Line:
    """An installation, and what its line of jobs does."""

    def __init__(self, engine):
        self.engine = engine
        self.installation = Installation(
            engine, settings={"WORKER_CONCURRENCY": str(WIDTH), "LOG_LEVEL": "warning"}).seed(20)

    def send(self, node, count, pieces):
        """Puts so many canaries in line, a thousand in one transaction."""
        admin = node.sign_in("administrator")
        ids = []
        for start in range(0, count, 1000):
            answer = admin.post("/api/v1/job-canaries", json={
                "count": min(1000, count - start), "pieces": pieces})
            assert answer.status_code == 202, answer.text
            ids += answer.json()["data"]["ids"]
        return ids

    def idle(self, count=300):
        """Milliseconds from being put in line to being begun, one after the other with pauses, nothing else going on."""
        node = self.installation.serve()
        admin = node.sign_in("administrator")
        for _ in range(count):
            assert admin.post("/api/v1/job-canaries", json={"count": 1}).status_code == 202
            time.sleep(0.02)
        self.wait(node)
        node.stop()
        return sorted(int(row[0]) for row in self.installation.rows(
            f"SELECT started_at - created_at FROM jobs_job WHERE kind = 'jobs.canary' ORDER BY id DESC LIMIT {count}"))

    def rate(self, waiting, counted, pieces=0):
        """Jobs a second over the first `counted` of so many that wait when the worker begins."""
        node = self.installation.serve(words=["--no-worker"])
        self.send(node, waiting, pieces)
        node.stop()
        node = self.installation.serve()
        self.wait(node)
        node.stop()
        times = sorted((int(begun), int(ended)) for begun, ended in self.installation.rows(
            f"SELECT started_at, finished_at FROM jobs_job WHERE kind = 'jobs.canary' AND state = 'done' "
            f"ORDER BY finished_at DESC LIMIT {waiting}"))
        begun = times[0][0]
        ended = sorted(end for _, end in times)[counted - 1]
        return counted / (ended - begun) * 1000

    def wait(self, node):
        """Until nothing waits or runs any more."""
        admin = node.sign_in("administrator")
        while True:
            stats = admin.get("/api/v1/job-stats").json()["data"]
            if stats["waiting"] + stats["running"] + stats["later"] == 0:
                return
            time.sleep(0.2)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--engine", choices=ENGINES, action="append")
    words.add_argument("--jobs", type=int, default=20_000)
    words.add_argument("--crowd", type=int, default=100_000)
    words.add_argument("--dry", action="store_true", help="print the report, write nothing")
    asked = words.parse_args()
    lines = [
        "# The line of jobs", "",
        f"Written by `bin/bench jobs`, {datetime.date.today()}, commit {output('git', 'rev-parse', '--short', 'HEAD')}. "
        f"{processor_name()}, {os.cpu_count()} cores for program and database together; "
        f"{pathlib.Path(PROGRAM).parent.name} build; `WORKER_CONCURRENCY={WIDTH}`. Taking a job and writing it "
        "down as done are both durable; a trace is a transaction of the job's own between them.", "",
        "| | Goal | SQLite | PostgreSQL |", "|---|--:|--:|--:|"]
    cells = {}
    for engine in asked.engine or ENGINES:
        line = Line(engine)
        try:
            idle = line.idle()
            tell(f"{engine}: begun after {idle[len(idle) // 2]} ms, p99 {idle[int(len(idle) * 0.99)]} ms")
            rate = line.rate(asked.jobs, asked.jobs)
            tell(f"{engine}: {rate:.0f} jobs a second")
            traced = line.rate(asked.jobs, asked.jobs, pieces=1)
            tell(f"{engine}: {traced:.0f} jobs a second that leave a trace")
            crowd = line.rate(asked.crowd, asked.jobs)
            tell(f"{engine}: {crowd:.0f} jobs a second with {asked.crowd} waiting")
        finally:
            line.installation.remove()
        cells[engine] = [
            f"{idle[len(idle) // 2]} ms", f"{idle[int(len(idle) * 0.99)]} ms",
            f"**{rate:.0f}** {verdict(rate, GOALS[engine])}", f"{traced:.0f}", f"{crowd:.0f}", f"{rate / crowd:.2f} ×"]
    rows = [
        ("Put in line to begun, idle: median", ""), ("the same, p99", "20 ms"),
        ("Jobs a second: taken, and written down as done", "2000 / 4000"),
        ("the same, each with a trace of its own", ""), (f"the first {asked.jobs} of {asked.crowd} waiting, without", ""),
        ("slower by", "1.5 ×")]
    for place, (name, goal) in enumerate(rows):
        found = [cells[engine][place] if engine in cells else "–" for engine in ("sqlite", "postgres")]
        lines.append(f"| {name} | {goal} | {' | '.join(found)} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if not asked.dry:
        (ROOT / "benchmarks/JOBS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
