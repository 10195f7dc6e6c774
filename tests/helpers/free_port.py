"""A port for a server of the tests' own."""

import random
import socket

# Below those that a machine gives to whoever connects: between looking and serving,
# such a one may be given away.
_PORTS = range(20_000, 32_000)


def free_port() -> int:
    """Return a port to which nobody listens."""
    for port in random.sample(_PORTS, 100):
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                free.bind(("", port))
            except OSError:
                continue
            return port
    raise AssertionError("There is no free port.")
