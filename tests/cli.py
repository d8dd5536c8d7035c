"""`maint` in processes of its own, told by its environment which databases to use."""

import json
import subprocess
import sys
from dataclasses import dataclass


@dataclass
class Cli:
    """`maint`, told by its environment which databases to use."""

    variables: dict[str, str]

    def with_variables(self, **more: str) -> "Cli":
        return Cli({**self.variables, **more})

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "maint_pipeline.cli", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.variables,
        )  # fmt: skip

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        stdout, stderr = process.communicate(timeout=180)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    def json(self, *arguments: str) -> list[dict]:
        answer = self(*arguments, "--json")
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)
