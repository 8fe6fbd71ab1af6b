"""Standard output as every command writes it: in any encoding, to a pipe that closes, to a disk that is full."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def writing() -> Iterator[None]:
    """Around all that a command writes. A reader of the pipe that had enough is no error; any other fault exits 1."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a terminal or a pipe that lacks a character shows a question mark: no page may stop the rest
        sys.stdout.reconfigure(errors="replace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _write_no_more()
    except OSError as error:
        _write_no_more()
        click.echo(f"sayso: standard output: expected room to write, found {error.strerror or error}", err=True)
        sys.exit(1)


def _write_no_more() -> None:
    """What is still buffered goes nowhere; else the interpreter would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
