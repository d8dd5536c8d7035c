"""`maint`, told by its environment which databases to use: in a process of its own, or in this one.

A process costs a second. One of its own is for what only that shows: signals, kills, a terminal,
what is written to the end. Everything else is called here.
"""

import io
import json
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from maint_pipeline.cli import main

Answer = subprocess.CompletedProcess[str]


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

    def process(self, *arguments: str) -> Answer:
        """Run a command to its end in a process of its own."""
        process = self.start(*arguments)
        stdout, stderr = process.communicate(timeout=180)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    def __call__(self, *arguments: str) -> Answer:
        """Run a command to its end in this process."""
        stdout, stderr = io.StringIO(), io.StringIO()
        code: object = 0
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.getsignal(number) for number in numbers}
        try:
            with (
                patch.dict(os.environ, self.variables, clear=True),
                patch.object(sys, "argv", ["maint", *arguments]),
                patch.object(sys, "unraisablehook", sys.unraisablehook),
                redirect_stdout(stdout),
                redirect_stderr(stderr),
            ):
                main()
        except SystemExit as end:
            code = end.code
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        assert code is None or isinstance(code, int), code
        return subprocess.CompletedProcess(
            arguments, code or 0, stdout.getvalue(), stderr.getvalue()
        )

    def json(self, *arguments: str) -> list[dict]:
        answer = self(*arguments, "--json")
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)
