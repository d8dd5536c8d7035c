"""The Containerfile of deploy/image, read; test_kubernetes_cluster.py builds it."""

import re

from tests.image import ROOT, instructions, is_sent


def test_the_image_is_built_from_a_lock_and_runs_as_nobody_special():
    words = instructions()
    assert {word for word, _ in words} <= {
        "FROM", "ARG", "ENV", "WORKDIR", "COPY", "RUN", "USER", "CMD"
    }  # fmt: skip
    installs = re.findall(r"pip install (.*?)(?:&&|$)", "\n".join(rest for _, rest in words), re.M)
    assert installs == ['--require-hashes --no-deps -r "$LOCK"', "--no-deps . "]
    last = dict(words[max(i for i, (word, _) in enumerate(words) if word == "FROM") :])
    assert last["USER"] == "10001:10001"


def test_every_lock_has_hashes_and_no_index():
    for lock in ("requirements.lock", "requirements-kubernetes.lock", "requirements-celery.lock"):
        text = (ROOT / lock).read_text()
        pins = re.findall(r"^[a-zA-Z0-9._-]+==.*\\$", text, re.M)
        assert len(pins) > 80 and "://" not in text
        assert len(re.findall(r"^[a-zA-Z0-9._-]+==", text, re.M)) == len(pins)
        assert is_sent(ROOT / lock)


def test_what_is_in_both_locks_is_the_same():
    one, other = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.M))
        for lock in ("requirements.lock", "requirements-kubernetes.lock")
    )
    assert one.items() <= other.items() and "dagster-k8s" in other


def test_nothing_else_is_sent_to_the_build():
    assert (ROOT / ".containerignore").read_text() == (ROOT / ".dockerignore").read_text()
    for name in ("tests", "docs", ".git", ".venv", "deploy"):
        assert not is_sent(ROOT / name)
