"""How a case's tables came to be as they are, one revision after another (Alembic)."""
