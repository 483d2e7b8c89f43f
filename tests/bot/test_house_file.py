"""The organisation's own file: what may stand in it, and one clear line where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_house


def test_a_house_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "huis.yaml"
    file.write_text("name: Stad Torenbeek\naddress: u\nvoice: person\nsignature: An van de stad\n", encoding="utf-8")
    house = load_house(file)
    assert (house.name, house.address, house.voice) == ("Stad Torenbeek", "u", "person")


@pytest.mark.parametrize(
    ("content", "named"), [("address: gij", "address"), ("voice: team", "voice"), ("naam: x", "voice"), ("[", "lezen")]
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, named: str) -> None:
    file = tmp_path / "huis.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=named):
        load_house(file)
