"""Watches a topic with stomp.py and prints each message's body on a line of its own; ends after the roll has ended.

python3 stomppy_watcher.py ws://host:port/ws /topic/rolls.<rollId>

Debian's stomp.py 8.0 speaks STOMP but no WebSocket yet: python3-websocket carries its bytes, all else is stomp.py's.
"""
import json
import sys
import threading
import urllib.parse

import stomp
from stomp.transport import BaseTransport
import websocket


class WebSocketTransport(BaseTransport):
    """The transport that stomp.py 8.1 brings along, for 8.0."""

    def __init__(self, url):
        super().__init__()
        self.url = url
        self.socket = None
        self.vhost = None
        address = urllib.parse.urlsplit(url)
        self.current_host_and_port = (address.hostname, address.port)

    def attempt_connection(self):
        self.socket = websocket.create_connection(self.url, subprotocols=["v12.stomp"])

    def is_connected(self):
        return self.socket is not None and self.socket.connected and super().is_connected()

    def send(self, encoded_frame):
        self.socket.send(encoded_frame.decode())

    def receive(self):
        return self.socket.recv().encode()

    def disconnect_socket(self):
        self.running = False
        self.socket.close()

    def cleanup(self):
        pass


class Watcher(stomp.ConnectionListener):
    """Prints what arrives."""

    def __init__(self):
        self.ended = threading.Event()

    def on_message(self, frame):
        print(frame.body, flush=True)
        if json.loads(frame.body)["type"] == "ended":
            self.ended.set()

    def on_error(self, frame):
        print(frame.body, file=sys.stderr, flush=True)
        self.ended.set()

    def on_disconnected(self):
        self.ended.set()


def main(url, destination):
    """Connects, subscribes, waits for the end."""
    watcher = Watcher()
    connection = stomp.connect.StompConnection12()
    connection.transport = WebSocketTransport(url)
    connection.transport.set_listener("protocol-listener", connection)
    connection.set_listener("", watcher)
    connection.transport.start()
    connection.connect(wait=True)
    connection.subscribe(destination, id="0")
    watcher.ended.wait()
    connection.disconnect()


main(*sys.argv[1:])
