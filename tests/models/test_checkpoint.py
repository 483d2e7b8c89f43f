"""A checkpoint that is missing, cut or changed is one clear line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.checkpoint import WEIGHTS_DIR, CheckpointError, load_checkpoint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS_DIR, tmp_path / "weights"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    "name", ["encoder.bin", "encoder.xml", "heads.safetensors", "tokenizer.json", "antwoordcoach.json"]
)
@pytest.mark.parametrize("damage", [cut, Path.unlink])
def test_a_damaged_checkpoint_says_how_to_mend_it(folder: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(folder / name)
    with pytest.raises(CheckpointError, match="git checkout"):
        load_checkpoint(folder)


def test_weights_that_were_changed_are_not_used(folder: Path) -> None:
    path = folder / "encoder.bin"
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(CheckpointError, match="beschadigd"):
        load_checkpoint(folder)


def test_a_damaged_reference_is_not_used_either(folder: Path) -> None:
    cut(folder / "encoder.safetensors")
    with pytest.raises(CheckpointError, match=r"encoder\.safetensors is beschadigd"):
        load_checkpoint(folder, reference=True)
