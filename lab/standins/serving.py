"""How each stand-in serves the engine: one gRPC server on loopback, its port on stdout, gone when the engine is gone."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc

# The engine sends whole charts and states in one message: the limits are the engine's own, 400 MB.
MESSAGE_LIMIT = 400 * 1024 * 1024
CHANNEL_OPTIONS = (
    ("grpc.max_receive_message_length", MESSAGE_LIMIT),
    ("grpc.max_send_message_length", MESSAGE_LIMIT),
    ("grpc.so_reuseport", 0),
)
PARENT_POLL_SECONDS = 0.5
# Every resource that waits to become ready holds a thread, and a chart's Construct holds one over all of its children.
THREADS = 512


def serve(register: Callable[[grpc.Server], None], *, stopping: Callable[[], None] = lambda: None) -> int:
    """Serve until the engine ends or interrupts this process, then call `stopping`; returns the exit code 0."""
    server = grpc.server(ThreadPoolExecutor(max_workers=THREADS), options=CHANNEL_OPTIONS)
    register(server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    parent = os.getppid()
    while not ended.wait(PARENT_POLL_SECONDS):
        if os.getppid() != parent:
            break
    stopping()
    sys.stdout.flush()
    sys.stderr.flush()
    # A thread that still waits for a resource must not keep the process: the engine no longer listens.
    os._exit(0)
