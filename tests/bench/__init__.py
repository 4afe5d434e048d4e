"""The bench: what it fits and says is right; that its parts run is tested in `tests/test_bench.py`."""
