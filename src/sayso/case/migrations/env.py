"""Run by Alembic: applies revisions over the connection that ``sayso.case.schema`` hands it."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
