"""gunicorn's settings; `PORT` and `WEB_CONCURRENCY` override them."""

import ctypes
import gc
import os
from contextlib import suppress

pythonpath = ".,site"
wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# As long an address as nginx passes on: the site says in words what is wrong with it.
limit_request_line = 8190
# In-flight requests are answered within this many seconds of SIGTERM.
graceful_timeout = 25
# Nothing here is steered at run time.
control_socket_disable = True
# Workers share the memory of what the first process has read. New code needs a restart:
# HUP keeps the old.
preload_app = True
# Threads take memory from one heap: of a heap each, most would stay unused. By
# mallopt(3), where the C library has it; only glibc knows this option.
_ARENA_MAX = -8
with suppress(AttributeError):
    ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def pre_fork(server, worker):
    """Keep what is shared where it is: counting references would copy it."""
    gc.collect()
    gc.freeze()
