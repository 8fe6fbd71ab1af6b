"""When: finds time expressions and resolves them to TIMEX3 values and calendar days."""

from sayso.times.reader import read_times

__all__ = ["read_times"]
