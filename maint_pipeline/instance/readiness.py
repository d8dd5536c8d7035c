"""Whether a code server or a web server has the jobs, for probes: exit code 0, or 1 with a reason.

    python -m maint_pipeline.instance.readiness code|web [--port N]

A server that answers may still have failed to load the code; only asking it for jobs shows that.
"""

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request

_LOCATION_QUERY = (
    "{ locationStatusesOrError { ... on WorkspaceLocationStatusEntries "
    "{ entries { loadStatus } } } workspaceOrError { ... on Workspace { locationEntries "
    "{ locationOrLoadError { __typename ... on PythonError { message } } } } } }"
)
ANSWER_SECONDS = 10
PORTS = {"code": 4000, "web": 3000}


def web_has_jobs(port: int) -> bool:
    """Return whether the web server on a port of this machine answers and knows our jobs."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        data=json.dumps({"query": _LOCATION_QUERY}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            data = json.load(answer)["data"]
    except (OSError, urllib.error.URLError):
        return False
    entries = data["workspaceOrError"]["locationEntries"]
    found = [entry["locationOrLoadError"] for entry in entries]
    return bool(found) and all(f and f["__typename"] == "RepositoryLocation" for f in found)


def main() -> None:
    """Ask, and say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", choices=list(PORTS))
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    port = options.port or PORTS[options.server]
    if options.server == "web":
        problem = "" if web_has_jobs(port) else "it does not answer, or has not loaded the code"
    else:
        # It takes Dagster with it.
        from maint_pipeline.instance.internals.code_server import code_problem  # noqa: PLC0415

        problem = code_problem(port)
    if problem:
        sys.exit(f"The {options.server} server on port {port}: {problem}")


if __name__ == "__main__":
    main()
