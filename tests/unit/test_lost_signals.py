"""A signal that comes at a bad moment still ends the command."""

import subprocess
import sys
import textwrap

import pytest

AT_A_BAD_MOMENT = {
    "fork": """
        os.register_at_fork(after_in_parent=ask)
        subprocess.run(["sleep", "100"], preexec_fn=die_with_parent)
    """,
    "garbage": """
        class Garbage:
            def __del__(self):
                ask()
        Garbage()
        time.sleep(100)
    """,
}
SCRIPT = """
import os, signal, subprocess, sys, time
from maint_pipeline.processes import die_with_parent
from maint_pipeline.signals import end_in_order
end_in_order()
def ask():
    os.kill(os.getpid(), signal.{name})
    for _ in range(1000):
        pass
try:
{moment}
finally:
    print("in order")
"""


@pytest.mark.parametrize("moment", AT_A_BAD_MOMENT)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_it_ends_in_order(moment, name):
    body = textwrap.indent(textwrap.dedent(AT_A_BAD_MOMENT[moment]), "    ")
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(name=name, moment=body)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.stdout == "in order\n", ended.stderr
    assert ended.returncode == (143 if name == "SIGTERM" else -2), ended.stderr
    assert "ignored" not in ended.stderr
