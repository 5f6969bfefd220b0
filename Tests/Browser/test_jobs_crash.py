"""Jobs outlive their workers, and nothing is done twice. The long form is `bin/soak jobs`."""

from jobs_crash import Trial
from jobs_watch import LEASE

KILLS = 6


def test_killed_and_sleeping_workers_lose_nothing_and_do_nothing_twice(engine):
    """The nap is longer than a lease: meanwhile the jobs of the dead go on, and the sleeper's own with PostgreSQL."""
    trial = Trial(engine, seed=1)
    try:
        trial.run(KILLS, naps=[LEASE + 2])
        assert len(trial.sent) > KILLS * 10
        assert trial.watch.orphans > 0
        assert trial.faults() == []
        assert trial.refused == {}
    finally:
        trial.remove()
