"""The encoder compiled by OpenVINO: 8-bit weights, and activations rounded to 8 bits per token where that is fast.

The weights on disk are the model's own (they were put on the 8-bit grid before calibration), so that only the rounding
of activations is approximate. `exact` computes in float32 with the same weights.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

import openvino

from models.encoders.encoder import States
from models.encoding import Batch

# Activations of one token share a scale per this many channels: finer is truer and slower (docs/classifier.md).
_GROUP = 128


class CompiledEncoder:
    """Compiles at first use; the compiled form is kept in the user's cache folder, which halves the next start."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._core = openvino.Core()
        # Without 8-bit dot products (VNNI) rounding gains nothing, so there everything is exact.
        self.approximate = "INT8" in self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        if cache := _cache_folder():
            self._core.set_property({"CACHE_DIR": str(cache)})

    def states(self, batch: Batch, *, exact: bool = False) -> States:
        compiled = self._fast if self.approximate and not exact else self._exact
        return compiled([batch.input_ids, batch.token_type_ids, batch.attention_mask])[0]  # type: ignore[no-any-return]

    @cached_property
    def _fast(self) -> openvino.CompiledModel:
        return self._compile(_GROUP)

    @cached_property
    def _exact(self) -> openvino.CompiledModel:
        return self._compile(0)

    def _compile(self, group: int) -> openvino.CompiledModel:
        return self._core.compile_model(
            str(self._model),
            "CPU",
            {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_PRECISION_HINT": "f32",
                "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(group),
            },
        )


def _cache_folder() -> Path | None:
    """Where this user keeps caches, if it can be written."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "antwoordcoach"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
