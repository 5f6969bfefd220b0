"""Calls every operation of the served API description with all that schemathesis can think of, as an administrator.

    schema.py --engine sqlite --seconds 1800

No answer may be 500 or above, and none may be one that the description does not tell of.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from homeroom import ENGINES, Installation

HERE = pathlib.Path(__file__).resolve().parent
TOOL = pathlib.Path(sys.executable).parent / "schemathesis"
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "ignored_auth", "unsupported_method", "use_after_free",
]
# Whoever signs out, ends a session or changes the password has no token for the rest of the run; streams do not end.
LEFT_OUT = r"^/api/v1/(auth/(logout|password)|sessions/\{id\})$|/events$"


def known(caller, description):
    """Identifiers that exist, by the path of the list they stand in: made-up ones lead nowhere."""
    found = {}
    for path, operations in description["paths"].items():
        # A stream of events does not end before its time.
        if "{" in path or "get" not in operations or not path.startswith("/api/v1/") or path.endswith("/events"):
            continue
        answer = caller.get(path, params={"limit": 20} if takes_limit(operations["get"]) else {})
        if answer.status_code == 200 and "json" in answer.headers["content-type"]:
            rows = answer.json().get("data", [])
            ids = [row.get("id") or row.get("sectionId") or row.get("personId") for row in rows if isinstance(row, dict)] \
                if isinstance(rows, list) else []
            if any(ids):
                found[path] = [one for one in ids if one]
    return found


def takes_limit(operation):
    return any(parameter["name"] == "limit" for parameter in operation.get("parameters", []))


def run(engine, seconds, examples=40, seed=None):
    """Runs schemathesis against a school of its own; answers its exit code, its words and the server's faults."""
    installation = Installation(engine, settings={"JWT_EXPIRES_IN": "12h"})
    try:
        installation.seed(60)
        node = installation.serve()
        caller = node.sign_in("administrator")
        description = caller.get("/api/openapi.json").json()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "openapi.json"
            path.write_text(json.dumps(description), encoding="utf-8")
            identifiers = pathlib.Path(folder) / "ids.json"
            identifiers.write_text(json.dumps(known(caller, description)), encoding="utf-8")
            # One worker: two threads that read Python at once trip over each other in Python 3.11 (gh-106905).
            words = [
                str(TOOL), "run", str(path), "--url", node.url, "-H", f"Authorization: Bearer {caller.access}",
                "--checks", ",".join(CHECKS), "--exclude-path-regex", LEFT_OUT, "--max-time", str(seconds),
                "--max-examples", str(examples), "--workers", "1", "--continue-on-failure", "--no-shrink",
                "--request-timeout", "20", "--suppress-health-check", "all", "--warnings", "off",
            ] + (["--seed", str(seed)] if seed is not None else [])
            environment = os.environ | {
                "SCHEMATHESIS_HOOKS": "schema_hooks", "PYTHONPATH": str(HERE), "HOMEROOM_IDENTIFIERS": str(identifiers),
                "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
            done = subprocess.run(
                words, cwd=folder, env=environment, capture_output=True, text=True, check=False,
                timeout=seconds * 2 + 300)
        return done.returncode, without_colour(done.stdout + done.stderr), node.faults()
    finally:
        installation.remove()


def without_colour(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--engine", choices=ENGINES, default="sqlite")
    words.add_argument("--seconds", type=int, default=1800)
    words.add_argument("--examples", type=int, default=500)
    words.add_argument("--seed", type=int)
    asked = words.parse_args()
    code, output, faults = run(asked.engine, asked.seconds, asked.examples, asked.seed)
    print(output)
    for line in faults[:20]:
        print(line)
    sys.exit(code or bool(faults))


if __name__ == "__main__":
    main()
