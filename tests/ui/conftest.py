"""A real browser for every test in this folder."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

# The machine may be busy and the pages load data of their own.
expect.set_options(timeout=90_000)

ANY_NAME = "evil.example"
"""A name of the web that leads to this machine, in these tests' browser."""

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None and not os.environ.get("MAINT_TEST_REQUIRE_ALL"):
        pytest.skip("chromium is not installed")
    arguments = [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run",
        f"--host-resolver-rules=MAP {ANY_NAME} 127.0.0.1",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1360, "height": 860})
    opened.set_default_timeout(90_000)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    opened.close()
    # Nothing of Dagster's own pages is stopped by our content policy.
    assert not [text for text in complaints if "Content Security Policy" in text]
