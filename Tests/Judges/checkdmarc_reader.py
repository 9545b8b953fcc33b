"""Parses mail records by checkdmarc, without a network.

Reads [{"domain": name, "text": record}] and prints, for each, {"kind": …, "tags": {…},
"warnings": […]}; a record that checkdmarc refuses has "error" instead.
"""

import json
import sys

import checkdmarc.dmarc
import checkdmarc.mta_sts
import checkdmarc.smtp_tls_reporting


def no_network(*arguments, **options):
    raise AssertionError("a judge asked the network")


# Whether receivers of reports take them is not in the record, so nobody is asked.
checkdmarc.dmarc.query_dns = no_network
checkdmarc.dmarc.verify_dmarc_report_destination = lambda *arguments, **options: None
checkdmarc.dmarc.get_mx_records = lambda *arguments, **options: [{"hostname": "mx.example"}]


def parse(case):
    text = case["text"]
    if text.startswith("v=DMARC1"):
        return "dmarc", checkdmarc.dmarc.parse_dmarc_record(text, case["domain"])
    if text.startswith("v=STSv1"):
        return "mta-sts", checkdmarc.mta_sts.parse_mta_sts_record(text)
    return "tls-rpt", checkdmarc.smtp_tls_reporting.parse_smtp_tls_reporting_record(text)


def judge(case):
    try:
        kind, found = parse(case)
    except AssertionError:
        raise
    except Exception as error:
        return {"kind": "", "tags": {}, "warnings": [], "error": f"{type(error).__name__}: {error}"}
    tags = {}
    for name, tag in found["tags"].items():
        value = tag["value"] if isinstance(tag, dict) else tag
        if isinstance(value, list):
            value = ",".join(
                f"{v['scheme']}:{v['address']}" if isinstance(v, dict) else str(v) for v in value
            )
        tags[name] = str(value)
    return {"kind": kind, "tags": tags, "warnings": found["warnings"]}


print(json.dumps([judge(case) for case in json.load(sys.stdin)]))
