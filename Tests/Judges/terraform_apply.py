"""Lets Terraform with its AWS provider make a zone of a mock Route 53 what configurations say.

Reads {"zone", "variable", "sets": [[name, type, ttl, [value]]], "files": [text], "plugins"}. Prints
for each file the status of "apply", that of "plan -detailed-exitcode" after it (0: no changes), and
the sets of the zone; the first entry is the zone before.
"""

import json
import logging
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

import boto3
from moto.server import ThreadedMotoServer

logging.disable(logging.CRITICAL)
request = json.load(sys.stdin)
output, sys.stdout = sys.stdout, sys.stderr

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
server = ThreadedMotoServer(ip_address="127.0.0.1", port=port)
server.start()
try:
    endpoint = f"http://127.0.0.1:{port}"
    route53 = boto3.client(
        "route53", endpoint_url=endpoint, region_name="us-east-1",
        aws_access_key_id="x", aws_secret_access_key="x",
    )
    zone = route53.create_hosted_zone(Name=request["zone"], CallerReference="x")
    zone_id = zone["HostedZone"]["Id"].split("/")[-1]
    route53.change_resource_record_sets(
        HostedZoneId=zone_id,
        ChangeBatch={
            "Changes": [
                {
                    "Action": "CREATE",
                    "ResourceRecordSet": {
                        "Name": name, "Type": kind, "TTL": ttl,
                        "ResourceRecords": [{"Value": value} for value in values],
                    },
                }
                for name, kind, ttl, values in request["sets"]
            ]
        },
    )

    def sets():
        found = route53.list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
        return sorted(
            [one["Name"], one["Type"], one["TTL"], sorted(r["Value"] for r in one["ResourceRecords"])]
            for one in found
            if one["Type"] not in ("NS", "SOA")
        )

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "provider.tf").write_text(
            f"""
            provider "aws" {{
              region                      = "us-east-1"
              access_key                  = "x"
              secret_key                  = "x"
              skip_credentials_validation = true
              skip_metadata_api_check     = true
              skip_requesting_account_id  = true
              endpoints {{
                route53 = "{endpoint}"
              }}
            }}
            """
        )
        (folder / "rc").write_text(
            "provider_installation {\n  filesystem_mirror {\n"
            f"    path = {json.dumps(request['plugins'])}\n  }}\n}}\n"
        )
        environment = os.environ | {
            "TF_CLI_CONFIG_FILE": str(folder / "rc"), "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1", f"TF_VAR_{request['variable']}": zone_id,
        }

        def terraform(*arguments):
            done = subprocess.run(
                ["terraform", *arguments, "-no-color", "-input=false"],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=300,
            )
            if done.returncode == 1:
                print(done.stdout, done.stderr)
            return done.returncode

        results = [{"applied": 0, "planned": 0, "sets": sets()}]
        (folder / "mgc.tf").write_text(request["files"][0])
        initialized = terraform("init")
        if initialized != 0:
            raise SystemExit(initialized)
        for text in request["files"]:
            (folder / "mgc.tf").write_text(text)
            applied = terraform("apply", "-auto-approve")
            planned = terraform("plan", "-detailed-exitcode")
            results.append({"applied": applied, "planned": planned, "sets": sets()})
        json.dump(results, output)
finally:
    server.stop()
