"""Keeps Dagster's connections to PostgreSQL open between its questions.

Dagster opens one for every question outside its webserver, fifteen a second while nothing happens, and PostgreSQL
forks a process for each. Its engines are made from an address alone, and an address may name a plugin of SQLAlchemy's.
"""

import threading
from typing import Any

from sqlalchemy import URL, NullPool, QueuePool
from sqlalchemy.dialects import plugins
from sqlalchemy.engine import CreateEnginePlugin

PLUGIN = "credmate_kept_connections"
"""The plugin's name in an address: `…?plugin=credmate_kept_connections`."""
_NO_MOST = -1


class KeptConnections(CreateEnginePlugin):
    """An engine that would keep no connection keeps one, opens more where it needs them, and asks each whether it still
    stands before it is used: a restarted server has closed it.

    Only engines that a process's main thread makes live as long as the process. The code server makes others in its
    worker threads, for every tick of a sensor, and never ends them: those keep nothing.
    """

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        super().__init__(url, kwargs)
        if kwargs.get("poolclass") is NullPool and threading.current_thread() is threading.main_thread():
            kwargs.update(poolclass=QueuePool, pool_size=1, max_overflow=_NO_MOST)
        kwargs["pool_pre_ping"] = True

    def update_url(self, url: URL) -> URL:
        """As it is: nothing in it is meant for this plugin alone."""
        return url


plugins.register(PLUGIN, __name__, KeptConnections.__name__)
