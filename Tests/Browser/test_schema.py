"""The served description of the API tells the truth. The long form is `bin/soak schemathesis`."""

from schema import run

SECONDS = 90


def test_no_undocumented_answer_and_none_of_500(engine):
    code, words, faults = run(engine, SECONDS, seed=1)
    assert faults == []
    assert code == 0, words[-6000:]
