"""Signs a message with a private key and verifies it by the keys that a zone publishes.

Reads [{"zone": text, "origin": name, "selector": s, "privateKey": PEM}] and prints, for each,
{"verifies": bool, "changedVerifies": bool, "bits": number}. No network: names are looked up in the
zone alone.
"""

import base64
import json
import sys

import dkim
import dns.name
import dns.rdatatype
import dns.zone
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

TEXT = (
    b"From: Sato <sato@%s>\r\nTo: someone@receiver.example\r\n"
    b"Subject: =?utf-8?B?6KaL56mN5pu4?=\r\nDate: Sun, 29 Nov 2026 09:00:00 +0900\r\n"
    b"Message-ID: <1@%s>\r\n\r\nThe quotation.\r\n"
)


def texts(zone, name):
    """The TXT record of a name, its strings joined, as resolvers hand it over."""
    found = zone.get_rdataset(dns.name.from_text(name.decode()), dns.rdatatype.TXT)
    if found is None:
        return None
    records = [b"".join(data.strings) for data in found]
    return records[0] if len(records) == 1 else None


def judge(case):
    zone = dns.zone.from_text(case["zone"], origin=case["origin"], relativize=False, check_origin=False)
    key = serialization.load_pem_private_key(case["privateKey"].encode(), password=None)
    if isinstance(key, rsa.RSAPrivateKey):
        algorithm = b"rsa-sha256"
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        bits = key.key_size
    else:
        assert isinstance(key, ed25519.Ed25519PrivateKey)
        algorithm = b"ed25519-sha256"
        secret = base64.b64encode(key.private_bytes_raw())
        bits = 256
    domain = case["origin"].rstrip(".").encode()
    message = TEXT % (domain, domain)
    signature = dkim.sign(
        message, case["selector"].encode(), domain, secret, signature_algorithm=algorithm,
        include_headers=[b"from", b"to", b"subject", b"date", b"message-id"],
    )

    def look_up(name, timeout=5):
        return texts(zone, name)

    return {
        "verifies": dkim.verify(signature + message, dnsfunc=look_up),
        "changedVerifies": dkim.verify(
            signature + message.replace(b"quotation", b"invoice"), dnsfunc=look_up
        ),
        "bits": bits,
    }


print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
