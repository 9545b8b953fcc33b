"""Runs a program at a terminal of its own and types lines, each after a prompt.

Arguments: the program and its arguments. Standard input: JSON with `lines` (typed with Enter;
`^C` and `^D` are the keys) and `folder`. Prints JSON: what was shown, and the exit status.
"""

import json
import os
import pty
import signal
import sys


def main() -> None:
    script = json.load(sys.stdin)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(script["folder"])
        # Whoever started this may have the key ignored or held back.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.environ["TERM"] = "xterm"
        os.execv(sys.argv[1], sys.argv[1:])
    shown = b""
    rest = list(script["lines"])
    seen = 0
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        # The prompt stands at the start of a line, and nothing after it.
        if shown.endswith(b"\n> ") and len(shown) > seen:
            seen = len(shown)
            if not rest:
                # A question for which there is no line.
                os.kill(child, signal.SIGKILL)
                continue
            line = rest.pop(0)
            keys = {"^C": b"\x03", "^D": b"\x04"}.get(line, line.encode() + b"\n")
            os.write(terminal, keys)
    _, status = os.waitpid(child, 0)
    print(json.dumps({
        "shown": shown.decode("utf-8", "replace"),
        "status": os.waitstatus_to_exitcode(status),
        "left": len(rest),
    }))


main()
