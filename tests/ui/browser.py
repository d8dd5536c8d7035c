"""What tests in a real browser share."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect


def picture(page: Page, name: str) -> None:
    """Take a picture for the documentation, where MAINT_SCREENSHOTS names a folder."""
    if folder := os.environ.get("MAINT_SCREENSHOTS"):
        page.wait_for_timeout(1000)
        page.screenshot(path=Path(folder) / f"{name}.png")


def write_config(page: Page, text: str) -> None:
    """Replace what stands in the launchpad's editor."""
    editor = page.locator(".CodeMirror").first
    editor.click()
    editor.evaluate("(element, text) => element.CodeMirror.setValue(text)", text)


def launch_in_browser(dev, page: Page, job: str, config: str | None = None) -> str:
    """Launch a job as an operator does, in the launchpad, and give the run's id."""
    page.goto(f"{dev.address}/locations/maint_pipeline/jobs/{job}/playground")
    launch = page.get_by_role("button", name="Launch Run")
    expect(launch).to_be_visible()
    if config is not None:
        write_config(page, config)
    expect(launch).to_be_enabled()
    launch.click()
    page.wait_for_url(re.compile("/runs/"))
    return page.url.rpartition("/runs/")[2][:36]


def show_result(dev, page: Page, run_id: str) -> None:
    """Open what a run returned."""
    page.goto(f"{dev.address}/runs/{run_id}?logs=type%3AASSET_OBSERVATION")
    expect(page.get_by_text("result", exact=True).first).to_be_visible()
