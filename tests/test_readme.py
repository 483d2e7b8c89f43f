"""The README is true: its settings table is the settings class, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    lines = ["| setting | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def test_the_settings_table_is_made_from_the_settings_class() -> None:
    assert settings_table() in README


def test_it_is_short_enough_to_read() -> None:
    assert len(README.splitlines()) < 200


@pytest.mark.parametrize("words", sorted(set(re.findall(r"antwoordcoach ((?:base )?[a-z]+)", README))))
def test_every_command_it_names_exists(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*words.split(), "--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out
