"""The revisions of a case's tables, in the order of their names."""
