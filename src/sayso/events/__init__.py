"""Events: what is said to have happened, to whom, by whom, where and when."""

from sayso.events.reader import read_events

__all__ = ["read_events"]
