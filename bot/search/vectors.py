"""Vectors: what texts mean, as numbers; how the model's are kept."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]  # a text a row

SIZE: Final = 384  # numbers in a vector of the model
