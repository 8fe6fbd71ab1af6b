"""``sayso``: the commands and what they share. Each command's work is imported when it runs: start-up counts."""

from __future__ import annotations

import os

# before anything loads numpy: its products here are many and small, and threads would only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from sayso.cli.accounts import accounts
from sayso.cli.add import add
from sayso.cli.backup import backup
from sayso.cli.bulk import bulk
from sayso.cli.case import list_articles, search
from sayso.cli.copies import changes, copies
from sayso.cli.decide import decide, decisions, undo
from sayso.cli.export import export
from sayso.cli.keep import forget, reread
from sayso.cli.read import read
from sayso.cli.schema import schema
from sayso.cli.serve import serve
from sayso.cli.stories import stories, story
from sayso.cli.voices import voices
from sayso.cli.watch import watch
from sayso.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, "--version", "-V", prog_name="sayso")
def cli() -> None:
    """On whose say-so? sayso reads news pages and answers, for everything they say happened:
    who says so, who they had it from, and on which words that rests.

    \b
    Begin with
      sayso read page.html                  one page, taken apart
      sayso read folder/ --format jsonl     many pages, for programs
      sayso read page.html --format html > page-read.html
      sayso add folder/                     many pages into a case (case.sayso)
      sayso stories                         what they say happened, and how many independent origins say so
      sayso serve                           the same in your browser
    """


for command in (
    read, add, watch, bulk, list_articles, search, stories, story, copies, changes, voices, decide, decisions, undo,
    export, reread, forget, backup, serve, accounts, schema,
):  # fmt: skip
    cli.add_command(command)


def main() -> None:
    """Entry point of the ``sayso`` command."""
    cli.main(prog_name="sayso", standalone_mode=True)
