"""Fitting: finds the weights of `bot/search/weighing.py`, and says what they are worth on sets they had no part in."""
