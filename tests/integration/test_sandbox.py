"""What each isolation keeps from a program: tried with a program that wants all of it."""

import os
import shutil
import subprocess
import sys

import pytest

from maint_pipeline.backups import isolation
from maint_pipeline.backups.sandbox import hand_over
from maint_pipeline.backups.scratch import scratch_folder
from tests.hostile import SECRET

pytestmark = pytest.mark.any_version

BUBBLEWRAP, NAMESPACES, LANDLOCK = "bubblewrap", "namespaces", "Landlock"
SCRIPT = """
echo inside > {inside}/file && echo wrote inside
(echo outside > {canary}/file) 2>/dev/null && echo wrote outside
grep -q {secret} {readable} 2>/dev/null && echo read a file
env | grep -q {secret} && echo read our environment
grep -q {secret} /proc/[0-9]*/environ 2>/dev/null && echo read an environment
(echo > /dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo connected
kill -0 {pid} 2>/dev/null && echo saw a process
[ "$(id -u)" = 0 ] && echo is root
true
"""


@pytest.fixture
def try_all(canary, tmp_path, monkeypatch):
    """What a program in the sandbox could do, in words."""
    readable = canary.folder.parent / "secret"
    readable.write_text(SECRET)
    readable.chmod(0o644)

    def attempt(name: str, user: int | None = None) -> set[str]:
        monkeypatch.setattr("maint_pipeline.backups.scratch.strongest", lambda: name)
        with scratch_folder(tmp_path / "scratch", 0) as scratch:
            script = SCRIPT.format(
                inside=scratch.inside, canary=canary.folder, readable=readable, secret=SECRET,
                port=canary.listener.getsockname()[1], pid=os.getpid(),
            )  # fmt: skip
            ended = scratch.sandbox.run("/bin/bash", "-c", script)
        assert ended.returncode == 0, ended.stderr
        return set(ended.stdout.splitlines())

    return attempt


def needs(name: str) -> None:
    if not isolation._works(name):
        pytest.skip(f"this machine offers no {name}")


def test_bubblewrap_keeps_everything(try_all):
    needs(BUBBLEWRAP)
    assert try_all(BUBBLEWRAP) == {"wrote inside"}


def test_namespaces_and_landlock_keep_everything(try_all):
    needs(NAMESPACES)
    needs(LANDLOCK)
    assert try_all(f"{NAMESPACES}, {LANDLOCK}") == {"wrote inside"}


def test_landlock_alone_keeps_files(try_all):
    needs(LANDLOCK)
    could = try_all(LANDLOCK)
    assert not could & {"wrote outside", "read a file", "read an environment", "is root"}


def test_namespaces_alone_keep_the_network_and_processes(try_all):
    needs(NAMESPACES)
    could = try_all(NAMESPACES)
    assert not could & {"connected", "saw a process", "read an environment", "is root"}


def test_another_user_keeps_what_is_ours(try_all):
    if isolation.sandbox_user() is None:
        pytest.skip("we are not root")
    could = try_all("another user")
    assert not could & {"read our environment", "read an environment", "saw a process", "is root"}


def test_without_any_our_environment_is_kept_all_the_same(try_all):
    assert "read our environment" not in try_all("none")


def test_the_strongest_is_taken():
    found = isolation.strongest()
    if isolation._works(BUBBLEWRAP):
        assert found == BUBBLEWRAP
    elif os.environ.get("MAINT_TEST_REQUIRE_ALL"):
        pytest.fail(f"bubblewrap doesn't work here; found {found}")


def test_an_ordinary_user_has_them_too(tmp_path):
    """As maint runs in production: no root, no user of its own for the sandbox."""
    if os.geteuid() != 0:
        pytest.skip("we are one")
    script = "from maint_pipeline.backups import isolation; print(isolation.strongest())"
    found = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd="/",
        user="nobody", group="nogroup", extra_groups=[],
    ).stdout.strip()  # fmt: skip
    assert "another user" not in found
    if shutil.which("bwrap") and isolation._works(BUBBLEWRAP):
        assert found == BUBBLEWRAP


def test_what_is_started_ends_with_its_server(tmp_path):
    """Nothing that the program left running writes after the end."""
    if not isolation.ends_as_a_whole(isolation.strongest()):
        pytest.skip("only namespaces end as a whole")
    with scratch_folder(tmp_path / "scratch", 0) as scratch:
        started = scratch.inside / "started"
        loop = f"echo > {started}; while true; do date > {scratch.inside}/beat; done"
        process = scratch.sandbox.start("/bin/bash", "-c", f"setsid bash -c '{loop}' & sleep 1000")
        while not started.exists():
            assert process.poll() is None
        scratch.sandbox.end(process)
        (scratch.inside / "beat").unlink(missing_ok=True)
        hand_over(scratch.inside)
        subprocess.run(["sleep", "0.3"], check=True)
        assert not (scratch.inside / "beat").exists()
