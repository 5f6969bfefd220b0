"""What was acknowledged is there after a power cut. The long form is `bin/soak kill`."""

from crash import Trial

KILLS = 6


def test_six_kills_lose_nothing(engine):
    trial = Trial(engine, seed=1)
    try:
        trial.run(KILLS)
        assert len(trial.acknowledged) > KILLS * 10
        assert trial.faults() == []
        assert trial.refused == {}
    finally:
        trial.remove()
