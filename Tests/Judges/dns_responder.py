"""A DNS server that answers as the first label of the name says: well, badly, or not at all.

Prints its port of 127.0.0.1 (UDP and TCP), then serves until its standard input ends. A second
argument is the text that `ok` answers with, so that two of them can disagree.
"""

import os
import socket
import struct
import sys
import threading

TEXT = sys.argv[1] if len(sys.argv) > 1 else "ok"
A, NS, CNAME, SOA, MX, TXT, AAAA = 1, 2, 5, 6, 15, 16, 28
AA, TC, QR = 0x0400, 0x0200, 0x8000


def wire(name):
    labels = [part for part in name.split(".") if part]
    return b"".join(bytes([len(part)]) + part.encode("latin-1") for part in labels) + b"\0"


def question(message):
    place, labels = 12, []
    while message[place]:
        labels.append(message[place + 1 : place + 1 + message[place]].decode("latin-1"))
        place += message[place] + 1
    kind = struct.unpack("!H", message[place + 1 : place + 3])[0]
    return labels, kind, message[12 : place + 5]


def record(kind, data, owner=b"\xc0\x0c", ttl=300):
    return owner + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data


def text(value):
    value = value if isinstance(value, bytes) else value.encode()
    parts = [value[start : start + 255] for start in range(0, len(value), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts)


def message(ident, asked, answers=(), flags=QR | AA, code=0, authority=(), counts=None):
    counts = counts or (1 if asked else 0, len(answers), len(authority), 0)
    head = struct.pack("!HH4H", ident, flags | code, *counts)
    return head + asked + b"".join(answers) + b"".join(authority)


def answers(query, stream):
    """The messages to send, in order."""
    ident = struct.unpack("!H", query[:2])[0]
    labels, kind, asked = question(query)
    mode = labels[0].lower() if labels else ""
    soa = wire("ns.test") + wire("root.test") + struct.pack("!5I", 1, 2, 3, 4, 60)
    if kind == SOA:
        return [message(ident, asked, [record(SOA, soa)])]
    good = message(ident, asked, [record(TXT, text(TEXT))])
    if mode == "silent":
        return []
    if mode == "garbage":
        return [os.urandom(40), b"", b"\0", query[:2] + os.urandom(500)]
    if mode == "garbagethengood":
        return [os.urandom(40), query[:2] + os.urandom(100), good]
    if mode == "wrongid":
        return [struct.pack("!H", ident ^ 1) + good[2:]]
    if mode == "wrongidthengood":
        return [struct.pack("!H", ident ^ 1) + good[2:], good]
    if mode == "wrongname":
        other = wire("other.test") + struct.pack("!HH", TXT, 1)
        return [message(ident, other, [record(TXT, text("other"))])]
    if mode == "wrongtype":
        other = asked[:-4] + struct.pack("!HH", A, 1)
        return [message(ident, other, [record(TXT, text("other"))])]
    if mode == "noquestion":
        return [message(ident, b"", [record(TXT, text("x"), wire("noquestion.test"))])]
    if mode == "query":
        return [struct.pack("!HH", ident, 0) + good[4:]]
    if mode == "cut":
        return [good[:cut] for cut in range(12, len(good), 3)]
    if mode == "counts":
        return [message(ident, asked, [record(TXT, text("x"))], counts=(1, 65535, 65535, 65535))]
    if mode == "fewer":
        return [message(ident, asked, [record(TXT, text("x"))], counts=(1, 3, 0, 0))]
    if mode == "loop":
        place = 12 + len(asked)
        owner = struct.pack("!H", 0xC000 | place)
        return [message(ident, asked, [record(TXT, text("x"), owner)])]
    if mode == "forward":
        owner = struct.pack("!H", 0xC000 | 0x3FFF)
        return [message(ident, asked, [record(TXT, text("x"), owner)])]
    if mode == "baddata":
        return [message(ident, asked, [record(TXT, b"\xff" + b"x" * 10)])]
    if mode == "emptydata":
        return [message(ident, asked, [record(TXT, b"")])]
    if mode == "shorta":
        return [message(ident, asked, [record(A, b"\1\2\3")])]
    if mode == "flood":
        return [struct.pack("!H", ident ^ 1) + good[2:]] * 200 + [good]
    if mode == "tcp":
        if stream:
            return [message(ident, asked, [record(TXT, text("x" * 5000))])]
        return [message(ident, asked, flags=QR | AA | TC)]
    if mode in ("tctwice", "tcpdrip", "tcpshort", "tcplong", "tcpzero", "tcpclose", "tcpwrongid"):
        if not stream or mode == "tctwice":
            return [message(ident, asked, flags=QR | AA | TC)]
        if mode == "tcpwrongid":
            return [struct.pack("!H", ident ^ 1) + good[2:]]
        return [good]
    if mode == "servfail":
        return [message(ident, asked, code=2)]
    if mode == "refused":
        return [message(ident, asked, code=5, flags=QR)]
    if mode == "nxdomain":
        return [message(ident, asked, code=3, authority=[record(SOA, soa, wire("test"))])]
    if mode == "nodata":
        return [message(ident, asked, authority=[record(SOA, soa, wire("test"))])]
    if mode == "lame":
        return [message(ident, asked, [record(TXT, text("cached"))], flags=QR)]
    if mode == "formerr":
        if struct.unpack("!H", query[10:12])[0]:
            return [message(ident, b"", code=1)]
        return [good]
    if mode == "alias":
        return [message(ident, asked, [record(CNAME, wire("ok.test"), ttl=7)])]
    if mode == "selfalias":
        return [message(ident, asked, [record(CNAME, wire("selfalias.test"))])]
    if mode.startswith("chain"):
        number = int(mode[5:])
        return [message(ident, asked, [record(CNAME, wire(f"chain{number + 1}.test"))])]
    if mode == "twoaliases":
        return [message(ident, asked, [record(CNAME, wire(n)) for n in ("a.test", "b.test")])]
    if mode == "oddalias":
        target = b"\x0b\x1b[31m\".$()\\\0\x04test\0"
        return [message(ident, asked, [record(CNAME, target)])]
    if mode == "hugettl":
        return [message(ident, asked, [record(TXT, text("old"), ttl=0xFFFFFFFF)])]
    if mode == "escape":
        return [message(ident, asked, [record(TXT, text(b"\x1b[2J\n\"\\\xe6\xa5\x93;"))])]
    if mode == "mixedttl":
        return [message(ident, asked, [record(TXT, text("a"), ttl=9), record(TXT, text("b"), ttl=5)])]
    if mode == "twice":
        return [message(ident, asked, [record(TXT, text("a"))] * 2)]
    if mode == "case":
        mixed = bytes(byte ^ 0x20 if 0x61 <= byte <= 0x7A else byte for byte in asked[:-4]) + asked[-4:]
        return [message(ident, mixed, [record(TXT, text("case"))])]
    if mode == "oversize":
        return [message(ident, asked, [record(TXT, text("x" * 200))] * 250)]
    if kind == TXT:
        return [good]
    return [message(ident, asked, authority=[record(SOA, soa, wire("test"))])]


def datagrams(server):
    while True:
        query, client = server.recvfrom(65535)
        try:
            for answer in answers(query, False):
                server.sendto(answer, client)
        except (IndexError, OSError, ValueError, struct.error):
            continue


def connection(client):
    with client:
        client.settimeout(10)
        try:
            size = struct.unpack("!H", client.recv(2, socket.MSG_WAITALL))[0]
            query = client.recv(size, socket.MSG_WAITALL)
            mode = question(query)[0][0].lower()
            for answer in answers(query, True):
                framed = struct.pack("!H", len(answer)) + answer
                if mode == "tcpdrip":
                    waiting = threading.Event()
                    for byte in framed:
                        client.sendall(bytes([byte]))
                        waiting.wait(0.1)
                elif mode == "tcpshort":
                    client.sendall(framed[:-5])
                elif mode == "tcplong":
                    client.sendall(struct.pack("!H", 65535) + answer + b"\0" * 65000)
                elif mode == "tcpzero":
                    client.sendall(b"\0\0")
                elif mode != "tcpclose":
                    client.sendall(framed)
        except (IndexError, OSError, ValueError, struct.error):
            return


def streams(server):
    while True:
        client, _ = server.accept()
        threading.Thread(target=connection, args=(client,), daemon=True).start()


def listen():
    """A datagram and a stream socket of one port."""
    for _ in range(100):
        datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagram.bind(("127.0.0.1", 0))
        stream = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            stream.bind(datagram.getsockname())
        except OSError:
            datagram.close()
            stream.close()
            continue
        stream.listen(16)
        return datagram, stream
    raise SystemExit("no port is free")


DATAGRAM, STREAM = listen()
threading.Thread(target=datagrams, args=(DATAGRAM,), daemon=True).start()
threading.Thread(target=streams, args=(STREAM,), daemon=True).start()
print(DATAGRAM.getsockname()[1], flush=True)
sys.stdin.read()
