"""What the classifier asks of an encoder, however it is run."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.encoding import Batch

States = NDArray[np.float32]


class Encoder(Protocol):
    """`approximate` says that `states` without `exact` may differ a little from the reference."""

    approximate: bool

    def states(self, batch: Batch, *, exact: bool = False) -> States:
        """Last hidden states: (comments, length, hidden)."""
        ...
