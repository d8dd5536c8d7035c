"""Wrong launches over GraphQL to `maint dev`: each refused in words, and no run begins."""

import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from maint_pipeline.ops import all_tasks
from tests.dev import Dev
from tests.soak.hostile import hostile
from tests.soak.lanes import Plan
from tests.soak.tasks import WrongError

LAUNCH = """
mutation ($parameters: ExecutionParams!) {
  launchRun(executionParams: $parameters) {
    __typename
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PipelineNotFoundError { message }
    ... on InvalidSubsetError { message }
    ... on PythonError { message }
  }
}
"""
RUNS = "{ runsOrError { ... on Runs { results { jobName tags { key value } } } } }"
REFUSALS = ("RunConfigValidationInvalid", "PipelineNotFoundError", "InvalidSubsetError")
IN_WORDS = ("can't be configured like this: ", "yaml.parser.ParserError",
            "yaml.scanner.ScannerError", "yaml.reader.ReaderError")  # fmt: skip
"""Ours for values out of bounds (docs/decisions/0006-*), and Dagster's for what is no YAML."""

WRONG: dict[str, tuple[Any, ...]] = {
    "int": ("7", 1.5, [], {}, -1, 0, 10**30, -(10**30), 1e300, True, "nan", [7], {"a": 1}),
    "bool": ("yes", "true", 0, 1, [], {}, 1.0, [True]),
    "str": (5, 1.5, [], {}, True, ["x"], {"env": 5}),
}


def launch(plan: Plan) -> tuple[int, str, str]:
    """Launch what is wrong until there is enough of it."""
    random = Random(plan.seed)
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="maint-soak-") as folder:
        dev = Dev(Path(folder) / "home")
        try:
            dev.wait_until_up()
            while sum(counted.values()) < plan.count:
                counted[_refused(dev, *_wrong(random))] += 1
            _assert_nothing_ran(dev)
        except WrongError as error:
            return sum(counted.values()), str(counted), str(error)
        finally:
            dev.stop()
    words = ", ".join(f"{n:,} {name}" for name, n in sorted(counted.items()))
    return sum(counted.values()), words, ""


def _wrong(random: Random) -> tuple[str, Any]:
    """Give a job and a run config that is wrong for it."""
    task = random.choice(list(all_tasks().values()))
    fields = task.config.model_fields
    kind = random.choice(["job", "top", "op", "field", "config", *5 * ["value"]])
    if kind == "job":
        return hostile(random), {}
    if kind == "top":
        return task.name, {hostile(random): {}}
    if kind == "op":
        return task.name, {"ops": {hostile(random): {"config": {}}}}
    if kind == "config":
        config = random.choice([5, "x" * 100_000, [], [{}], True, 1.5, hostile(random)])
    elif kind == "field" or not fields:
        config = {hostile(random): hostile(random)}
    else:
        config = _wrong_value(random, fields)
    return task.name, {"ops": {task.name: {"config": config}}}


def _wrong_value(random: Random, fields: dict[str, Any]) -> dict[str, Any]:
    name, field = random.choice(list(fields.items()))
    kind = next(word for word in WRONG if word in str(field.annotation))
    value = random.choice(WRONG[kind])
    return {name: hostile(random) if kind == "int" and random.random() < 0.3 else value}


def _refused(dev: Dev, job: str, config: Any) -> str:
    """Launch it; give how it was refused."""
    parameters = {
        "selector": {
            "repositoryLocationName": "maint_pipeline",
            "repositoryName": "__repository__",
            "jobName": job,
        },
        # Dagster reads it as YAML, where an emoji that JSON escapes becomes two halves of one.
        "runConfigData": json.dumps(config, ensure_ascii=False),
    }
    body = json.dumps({"query": LAUNCH, "variables": {"parameters": parameters}}).encode()
    request = Request(
        f"{dev.address}/graphql", data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urlopen(request, timeout=60) as response:
            answer = json.load(response)
    except HTTPError as error:
        # Dagster gives what the code server refuses this status, with an answer in words.
        answer = _json(error.read())
    launched = (answer.get("data") or {}).get("launchRun") or {}
    kind, said = str(launched.get("__typename")), json.dumps(launched)
    is_clear = kind in REFUSALS or any(word in said for word in IN_WORDS)
    if not is_clear or "Traceback" in said or "essage" not in said:
        raise WrongError(f"{job} {str(config)[:500]}: {str(answer)[:2000]}")
    return kind


def _json(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body))
    except ValueError:
        return {"no JSON": body[:2000]}


def _assert_nothing_ran(dev: Dev) -> None:
    """Look for a run that neither a schedule nor a sensor began."""
    runs = dev.graphql(RUNS)["runsOrError"]["results"]
    names = {"dagster/schedule_name", "dagster/sensor_name"}
    if launched := [run for run in runs if names.isdisjoint(tag["key"] for tag in run["tags"])]:
        raise WrongError(f"these runs began: {launched}")
