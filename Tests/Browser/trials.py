"""How a long trial is asked for on the command line, and how its report is handed in."""

import argparse
import datetime
import os
import pathlib

from homeroom import ENGINES, PROGRAM, ROOT


def asked(description):
    """What was asked for: the engine, how many kills, a seed, and where the report goes."""
    words = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--engine", choices=ENGINES, required=True)
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--seed", type=int)
    words.add_argument("--result", type=pathlib.Path)
    return words.parse_args()


def tell(line):
    """Says how far the trial is."""
    print(f"   {line}", flush=True)


def setting():
    """The day, the machine and the build, as a report names them."""
    build = pathlib.Path(PROGRAM).parent.name
    return f"{datetime.date.today()}, {os.cpu_count()} cores,\n{build} build"


def hand_in(report, faults, refused, result):
    """Prints the report and what went wrong, and keeps it where that was asked for."""
    print(report)
    for line in (faults + [f"refused {count} times: {words}" for words, count in refused.items()])[:50]:
        print(line)
    if result:
        result.parent.mkdir(parents=True, exist_ok=True)
        result.write_text(report, encoding="utf-8")
        print(f"written to {result.resolve().relative_to(ROOT)}")
