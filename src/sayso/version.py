"""The version of sayso, in one place."""

VERSION = "0.1.0"
