"""Lets Terraform with its AWS provider make zones of a mock Route 53 what configurations say.

Reads {"zones": [{"zone", "variable", "sets": [[name, type, ttl, [value]]]}], "runs": [[text]],
"plugins"}; a run has a file for each zone, all of them in one configuration. Prints for each run the
status of "apply", that of "plan -detailed-exitcode" after it (0: no changes), and the sets of each
zone; the first entry is the zones before.
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

    def create(zone):
        made = route53.create_hosted_zone(Name=zone["zone"], CallerReference=zone["zone"])
        zone_id = made["HostedZone"]["Id"].split("/")[-1]
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
                    for name, kind, ttl, values in zone["sets"]
                ]
            },
        )
        return zone_id

    zone_ids = [create(zone) for zone in request["zones"]]

    def sets(zone_id):
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
            "TF_IN_AUTOMATION": "1",
        } | {
            f"TF_VAR_{zone['variable']}": zone_id
            for zone, zone_id in zip(request["zones"], zone_ids)
        }

        def terraform(*arguments):
            done = subprocess.run(
                ["terraform", *arguments, "-no-color", "-input=false"],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=900,
            )
            if done.returncode == 1:
                print(done.stdout, done.stderr)
            return done.returncode

        def write(texts):
            for number, text in enumerate(texts):
                (folder / f"mgc{number}.tf").write_text(text)

        def result(applied, planned):
            found = [sets(zone_id) for zone_id in zone_ids]
            return {"applied": applied, "planned": planned, "sets": found}

        results = [result(0, 0)]
        write(request["runs"][0])
        initialized = terraform("init")
        if initialized != 0:
            raise SystemExit(initialized)
        for texts in request["runs"]:
            write(texts)
            applied = terraform("apply", "-auto-approve")
            planned = terraform("plan", "-detailed-exitcode")
            results.append(result(applied, planned))
        json.dump(results, output)
finally:
    server.stop()
