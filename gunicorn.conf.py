"""gunicorn's settings; `PORT` and `WEB_CONCURRENCY` override them."""

import ctypes
import gc
import os

pythonpath = ".,site"
wsgi_app = "config.wsgi:application"
# Without a host it would listen on every address.
bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
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
# Threads take memory from one heap: of a heap each, most would stay unused. Only glibc
# knows malloc_trim(3), and this option of mallopt(3).
_ARENA_MAX = -8
_libc = ctypes.CDLL(None)
_give_back = getattr(_libc, "malloc_trim", None)
if _give_back:
    _libc.mallopt(_ARENA_MAX, 1)


def when_ready(server):
    """Answer some requests before workers part from this process."""
    from delivery.warming import rehearse

    rehearse(server.app.wsgi())


def pre_fork(server, worker):
    """Keep what is shared where it is: counting references would copy it."""
    gc.collect()
    if _give_back:
        _give_back(0)
    gc.freeze()
