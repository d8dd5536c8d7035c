"""What reaches a terminal: texts of others, but nothing that it would obey."""

import io
import json
import re

import pytest
from rich.progress import Progress

from maint_pipeline.cli import output

# Clears the screen, sets the title, goes back, C1's own escape, writes backwards, a fake line.
HOSTILE = (
    "\x1b[2J", "\x1b]0;owned\x07", "up\rdown", "\x9b31m", "\u202egnp.exe", "\u2066x\u2069",
    "a\u2028b", "\x00", "\x7f", "\x08\x08", "\udcff",
)  # fmt: skip
HARMLESS = (
    "Grüße",
    "日本語",
    "می\u200cخواهم",  # noqa: RUF001
    "emoji 👩\u200d🔧",
    "two\nlines",
    "[red]no style[/]",
)


@pytest.fixture
def terminal(monkeypatch):
    """What a terminal gets, with styles."""
    written = io.StringIO()
    shown = output._Console(file=written, force_terminal=True, width=200, color_system="truecolor")
    monkeypatch.setattr(output, "console", shown)
    return written


def obeyed(text: str) -> set[str]:
    """What of a text a terminal obeys, our own styles aside."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return {c for c in text if c != "\n" and output.printable(c) != c}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(terminal, text):
    output.print_rows([{"name": text}], ["name"], as_json=False, empty="")
    output.print_fields({text: text, "details": {text: [text]}})
    output.console.print(f"There is no policy {text}.")
    output.console.print(f"There is no policy {text}.", markup=False, highlight=False)
    output.console.print(output.Rows([{"severity": "high", "detail": text}], ["detail"]))
    progress = Progress(console=output.console)
    progress.add_task(f"into {text}", total=1)
    output.console.print(progress.get_renderable())
    assert obeyed(terminal.getvalue()) == set()


@pytest.mark.parametrize("text", HARMLESS)
def test_texts_of_all_scripts_stay_as_they_are(terminal, text):
    output.print_rows([{"name": text}], ["name"], as_json=False, empty="")
    for line in text.split("\n"):
        assert line in terminal.getvalue()


def test_what_is_shown_says_what_was_there():
    assert output.printable("a\x1b[2J\r\u202e\n") == "a\\x1b[2J\\r\\u202e\n"


@pytest.mark.parametrize("text", [*HOSTILE[:-1], *HARMLESS])
def test_json_gives_the_very_text(capsys, text):
    output.print_rows([{"name": text}], [], as_json=True, empty="")
    printed = capsys.readouterr().out
    assert json.loads(printed) == [{"name": text}]
    assert obeyed(printed) == set()


def test_a_script_for_a_program_stays_as_it_is(capsys):
    output.print_script("select '\x1b'")
    assert capsys.readouterr().out == "select '\x1b'\n"


def test_colours_of_others_are_no_colours(terminal):
    output.print_rows([{"name": "\x1b[31mred"}], ["name"], as_json=False, empty="")
    assert "\\x1b[31mred" in terminal.getvalue() and "\x1b[31m" not in terminal.getvalue()
