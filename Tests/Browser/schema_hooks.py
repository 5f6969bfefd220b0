"""Loaded by schemathesis: two of three identifiers in a path are of things that exist, so that calls get somewhere."""

import json
import os
import pathlib
import zlib

import schemathesis

KNOWN = json.loads(pathlib.Path(os.environ["HOMEROOM_IDENTIFIERS"]).read_text(encoding="utf-8"))


def existing(path, name, value):
    """Something that exists and fits the variable of a path; the value itself when nothing does."""
    if name == "section":
        fitting = KNOWN.get("/api/v1/sections", [])
    elif name == "id":
        fitting = KNOWN.get(path.split("/{")[0], [])
    else:
        fitting = []
    draw = zlib.crc32(str(value).encode("utf-8", errors="replace"))
    return fitting[draw % len(fitting)] if fitting and draw % 3 else value


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    path = context.operation.path
    return {name: existing(path, name, value) for name, value in path_parameters.items()}
