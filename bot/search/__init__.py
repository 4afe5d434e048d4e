"""A question in words -> ranked records, and one of three outcomes: an answer, the closest questions, or neither."""
