"""A client with stomp.py. Any error ends the client with exit code 1.

Subscribe to a topic: prints "subscribed" and the body of each message, until the roll has ended.
    python3 stomppy_client.py ws://host:port/ws /topic/rolls.<rollId>
Sessions, ten at a time, each with one presence: prints the number of sessions without an error.
    python3 stomppy_client.py ws://host:port/ws /topic/rolls.<rollId> http://host:port/classes/1/presence <sessions>

Debian's stomp.py 8.0 has no WebSocket transport, so python3-websocket transports the bytes. Everything else is stomp.py.
"""
import concurrent.futures
import json
import queue
import sys
import urllib.parse
import urllib.request

import stomp
from stomp.transport import BaseTransport
import websocket

DEADLINE_SECONDS = 60
AT_A_TIME = 10


class WebSocketTransport(BaseTransport):
    """A WebSocket transport for stomp.py 8.0; version 8.1 has its own."""

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
        opcode, data = self.socket.recv_data()
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            self.notify("closed", int.from_bytes(data[:2], "big"))
            return None
        return data

    def disconnect_socket(self):
        """Does nothing: the server closes after the receipt of DISCONNECT, and its close code is read before."""

    def cleanup(self):
        self.running = False
        self.socket.close()


class Inbox(stomp.ConnectionListener):
    """Stores what arrives, in order."""

    def __init__(self):
        self.arrived = queue.Queue()

    def on_message(self, frame):
        self.arrived.put(("message", frame.body))

    def on_receipt(self, frame):
        self.arrived.put(("receipt", frame.headers["receipt-id"]))

    def on_error(self, frame):
        self.arrived.put(("error", frame.headers.get("message")))

    def on_closed(self, code):
        self.arrived.put(("closed", code))

    def next(self, kind):
        """The value that arrives next, which must be of this kind."""
        found, value = self.arrived.get(timeout=DEADLINE_SECONDS)
        if found != kind:
            sys.exit(f"Expected {kind} and got {found}: {value}")
        return value

    def after_messages(self, kind, value):
        """Like expect, but events can arrive before: the subscription is in effect before its receipt is sent."""
        found = self.arrived.get(timeout=DEADLINE_SECONDS)
        while found[0] == "message":
            found = self.arrived.get(timeout=DEADLINE_SECONDS)
        if found != (kind, value):
            sys.exit(f"Expected {kind} {value} and got {found}")

    def expect(self, kind, value):
        found = self.next(kind)
        if found != value:
            sys.exit(f"Expected {kind} {value} and got {found}")


def subscribed(url, destination):
    """Connects, subscribes and waits until the subscription is in effect."""
    inbox = Inbox()
    connection = stomp.connect.StompConnection12()
    connection.transport = WebSocketTransport(url)
    connection.transport.set_listener("protocol-listener", connection)
    connection.set_listener("", inbox)
    connection.transport.start()
    connection.connect(wait=True)
    connection.subscribe(destination, id="roll", headers={"receipt": "subscribed"})
    inbox.after_messages("receipt", "subscribed")
    return connection, inbox


def disconnect(connection, inbox):
    connection.disconnect(receipt="bye")
    inbox.expect("receipt", "bye")
    inbox.expect("closed", 1000)


def watch(url, destination):
    connection, inbox = subscribed(url, destination)
    print("subscribed", flush=True)
    kind = ""
    while kind != "ended":
        body = inbox.next("message")
        print(body, flush=True)
        kind = json.loads(body)["type"]
    disconnect(connection, inbox)


def session(url, destination, presence_url, student):
    connection, inbox = subscribed(url, destination)
    request = urllib.request.Request(presence_url, json.dumps({"studentId": student}).encode(),
                                     {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()
    while json.loads(inbox.next("message"))["studentId"] != student:
        pass
    connection.unsubscribe("roll", receipt="unsubscribed")
    inbox.after_messages("receipt", "unsubscribed")
    disconnect(connection, inbox)


def main(url, destination, presence_url=None, sessions=0):
    if presence_url is None:
        watch(url, destination)
        return
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as threads:
        running = [threads.submit(session, url, destination, presence_url, f"stomppy-{number}")
                   for number in range(int(sessions))]
        print(len([done.result() for done in running]))


main(*sys.argv[1:])
