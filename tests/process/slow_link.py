"""A link on the loopback interface that hands on what it is sent piece by piece, as a network may."""
import contextlib
import socket
import threading
import time

PIECE_BYTES = 100
PIECE_SECONDS = 0.0003


def piece_by_piece(source, target):
    with contextlib.suppress(OSError):
        while some := source.recv(65536):
            for begin in range(0, len(some), PIECE_BYTES):
                target.sendall(some[begin:begin + PIECE_BYTES])
                time.sleep(PIECE_SECONDS)


def at_once(source, target):
    with contextlib.suppress(OSError):
        while some := source.recv(65536):
            target.sendall(some)
    end(source, target)


def end(*sockets):
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


class SlowLink:
    """From `port` to another port; only what goes there is cut into pieces, not what comes back."""

    def __init__(self, to_port):
        self.to_port = to_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.to_port))
                for each in (near, far):
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.carry, args=(near, far), daemon=True).start()

    @staticmethod
    def carry(near, far):
        with near, far:
            back = threading.Thread(target=at_once, args=(far, near), daemon=True)
            back.start()
            piece_by_piece(near, far)
            end(near, far)
            back.join()

    def close(self):
        end(self.listener)
        self.listener.close()
