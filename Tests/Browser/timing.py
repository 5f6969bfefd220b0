"""Waiting for what comes, and telling times apart."""

import math
import time


def wait_for(found, seconds=15):
    """Waits until something is found; answers the first."""
    until = time.monotonic() + seconds
    while not (some := found()):
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.05)
    return some[0]


def rank_test(first, second):
    """How likely two samples of one source lie so far apart (Mann and Whitney, by the normal approximation)."""
    values = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(place for place, (_, which) in enumerate(values, 1) if which == 0)
    many, others = len(first), len(second)
    above = ranks - many * (many + 1) / 2
    score = abs(above - many * others / 2) / math.sqrt(many * others * (many + others + 1) / 12)
    return math.erfc(score / math.sqrt(2))
