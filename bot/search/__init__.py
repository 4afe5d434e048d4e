"""A question in words -> ranked records, and one of three outcomes: an answer, the closest questions, or neither."""

import os

# Before NumPy is loaded: a question's products are too small to be shared among threads, which only get in the way of
# each other, and of what else the machine does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
