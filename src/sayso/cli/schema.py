"""``sayso schema``: prints the JSON Schema of a record."""

from __future__ import annotations

import click

from sayso.cli.output import writing


@click.command()
@click.argument("record", type=click.Choice(["reading", "story"]))
def schema(record: str) -> None:
    """Print the JSON Schema (2020-12) of a RECORD, as `sayso read` and `sayso stories` write it in JSON."""
    import json

    from sayso.records import SCHEMAS, schema_of

    with writing():
        click.echo(json.dumps(schema_of(SCHEMAS[record]), indent=2, ensure_ascii=False))
