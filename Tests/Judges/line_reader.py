"""Reads lines on stdin, ended by anything that Python ends a line at. Prints them as JSON."""

import json
import sys

json.dump(sys.stdin.buffer.read().decode("utf-8").splitlines(), sys.stdout)
