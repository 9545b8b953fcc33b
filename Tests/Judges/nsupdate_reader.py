"""Runs the nsupdate script on stdin against a server that only listens, on loopback by TCP.

Prints for each owner, in the order of the numbers that the owners begin with, what was asked for:
{"add": [first label, TTL, text], …} with label and text in hexadecimal digits.
"""

import json
import re
import socket
import subprocess
import sys
import tempfile
import threading

import dns.flags
import dns.message
import dns.rdataclass

script = sys.stdin.buffer.read()
listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(1)
finished = threading.Event()
messages = []


def receive(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def serve():
    while not finished.is_set():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        with connection:
            connection.settimeout(60)
            try:
                while True:
                    wire = receive(connection, int.from_bytes(receive(connection, 2), "big"))
                    message = dns.message.from_wire(wire)
                    messages.append(message)
                    answer = dns.message.Message(message.id)
                    answer.flags = dns.flags.QR | (message.flags & 0x7800)
                    answer = answer.to_wire()
                    connection.sendall(len(answer).to_bytes(2, "big") + answer)
            except (EOFError, ConnectionError):
                pass


server = threading.Thread(target=serve)
server.start()
try:
    with tempfile.NamedTemporaryFile() as file:
        port = listener.getsockname()[1]
        file.write(b"server 127.0.0.1 %d\n" % port + script)
        file.flush()
        verdict = subprocess.run(
            ["nsupdate", "-v", file.name], stdin=subprocess.DEVNULL, capture_output=True,
            timeout=600, check=False)
finally:
    finished.set()
    server.join()
    listener.close()
if verdict.returncode or verdict.stderr:
    sys.exit(f"nsupdate: {verdict.returncode} {verdict.stderr.decode(errors='replace')}")

owners = {}
for message in messages:
    for kind, section in (("require", message.prerequisite), ("update", message.update)):
        for records in section:
            label = records.name.labels[0]
            number = int(re.match(rb"l(\d+)-", label).group(1))
            what = kind
            if kind == "update":
                what = "delete" if records.deleting == dns.rdataclass.NONE else "add"
            [data] = records
            asked = owners.setdefault(number, {})
            if what in asked:
                raise ValueError(f"{label!r} is asked twice")
            asked[what] = [label.hex(), str(records.ttl), b"".join(data.strings).hex()]
if sorted(owners) != list(range(len(owners))):
    raise ValueError("an owner is missing")
json.dump([owners[number] for number in range(len(owners))], sys.stdout)
