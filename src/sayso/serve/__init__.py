"""A case in the browser: a local web application, which also serves a team; and its JSON API."""

from sayso.serve.app import make_app
from sayso.serve.desk import Options
from sayso.serve.logs import LogForm
from sayso.serve.run import Listening, serve

__all__ = ["Listening", "LogForm", "Options", "make_app", "serve"]
