"""The classifier draws lines between documents, however many ways to ask for each are known."""

import numpy as np

from bot.search.classifier import Classifier
from bot.search.owned import Owned


def test_every_document_with_a_way_to_ask_can_be_chosen() -> None:
    """One with a single way is chosen for what lies near it; one with none never; the shares are those of a whole."""
    rows = np.eye(6, dtype=np.float32)[[0, 1, 2, 3, 5]]
    shares = Classifier(rows, Owned([0, 0, 0, 0, 2], 3), 3).shares(rows[4])
    assert shares.argmax() == 2
    assert shares[1] == 0
    assert abs(shares.sum() - 1) < 1e-5
    assert Classifier(rows, Owned([0, 0, 0, 0, 2], 3), 3).shares(rows[1]).argmax() == 0


def test_where_there_is_too_much_to_learn_no_document_is_chosen() -> None:
    """Twelve thousand documents are ranked without it, rather than learnt for minutes."""
    rows = np.ones((12_000, 2), np.float32)
    assert not Classifier(rows, Owned(list(range(12_000)), 12_000), 12_000).shares(rows[0]).any()
