"""Prints a port of 127.0.0.1 that nobody has, for UDP and TCP."""

import json
import socket

for _ in range(100):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", 0))
        port = datagrams.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as streams:
            try:
                streams.bind(("127.0.0.1", port))
            except OSError:
                continue
        print(json.dumps(port))
        break
