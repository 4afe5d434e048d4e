"""Hostile updates by the thousand, and a process killed at random moments: nothing breaks, nothing is lost."""
