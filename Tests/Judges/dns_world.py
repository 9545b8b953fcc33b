"""A DNS of its own, in a network namespace: authoritative servers, and a resolver at 127.0.0.1 that
finds its way from the root. It is what /etc/resolv.conf names while it lasts.

Reads JSON: `servers` has zone files by address and zone, of which 127.0.0.2 serves the root;
`steps` are programs to run, in order. Prints what each of them gave, as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

NAMED = "/usr/sbin/named"
PATIENCE = 30


def start(folder, address, zones):
    """A server with zones, or a resolver where there are none."""
    home = os.path.join(folder, address)
    os.mkdir(home)
    for name, text in zones.items():
        with open(os.path.join(home, (name or "root") + ".zone"), "w") as file:
            file.write(text)
    served = "".join(
        f'zone "{name or "."}" {{ type primary; file "{name or "root"}.zone";'
        f" allow-update {{ any; }}; }};\n"
        for name in zones
    )
    if not zones:
        with open(os.path.join(home, "hints"), "w") as file:
            file.write(". 3600000 NS root.\nroot. 3600000 A 127.0.0.2\n")
        served = 'zone "." { type hint; file "hints"; };\n'
    with open(os.path.join(home, "named.conf"), "w") as file:
        file.write(
            f'options {{ directory "{home}"; pid-file "{home}/pid"; session-keyfile "{home}/key";'
            f" listen-on {{ {address}; }}; listen-on-v6 {{ none; }}; notify no;"
            f" query-source address {address}; dnssec-validation no; empty-zones-enable no;"
            " check-names primary warn;"
            + (" recursion no;" if zones else " recursion yes; max-cache-ttl 7; qname-minimization off;")
            + f" }};\ncontrols {{ }};\n{served}"
        )
    log = open(os.path.join(home, "log"), "w")
    command = [NAMED, "-g", "-n", "1", "-c", os.path.join(home, "named.conf")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    asked = next((name for name in zones if name), "") or "."
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        command = ["dig", f"@{address}", "+tries=1", "+time=1", "+short", asked, "SOA"]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        # What goes wrong is said in comments.
        if any(line and not line.startswith(";") for line in said.splitlines()):
            return process
    process.terminate()
    process.wait()
    with open(os.path.join(home, "log")) as file:
        raise SystemExit(f"named does not start: {file.read()}")


def main():
    world = json.load(sys.stdin)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    # A server listens on the addresses that an interface has.
    for address in world["servers"]:
        subprocess.run(["ip", "address", "add", address + "/8", "dev", "lo"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = os.path.join(folder, "resolv.conf")
        with open(settings, "w") as file:
            file.write("nameserver 127.0.0.1\n")
        subprocess.run(["mount", "--bind", settings, "/etc/resolv.conf"], check=True)
        processes = []
        try:
            for address, zones in sorted(world["servers"].items()):
                processes.append(start(folder, address, zones))
            processes.append(start(folder, "127.0.0.1", {}))
            results = []
            for step in world["steps"]:
                done = subprocess.run(
                    step["run"],
                    input=step.get("input", ""),
                    capture_output=True,
                    text=True,
                    timeout=120,
                    check=False,
                )
                results.append(
                    {"status": done.returncode, "output": done.stdout, "errors": done.stderr}
                )
            print(json.dumps(results))
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()


main()
