"""A headless Chromium, driven over the DevTools protocol by two pipes: no port is opened.

    with Chromium() as browser:
        page = browser.page()
        page.open("file:///…/page.html")
        page.run("document.title")

Each wait is for an answer or an event, and ends after `LIMIT` seconds at the latest. The browser is
ended by its process id.
"""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

LIMIT = 120


class Failure(Exception):
    pass


class Chromium:
    def __init__(self):
        program = shutil.which("chromium")
        if not program:
            raise Failure("no chromium on the PATH: make setup-judges installs it")
        self.folder = tempfile.mkdtemp(prefix="mgc-chromium-")
        to_browser, self.outgoing = os.pipe()
        self.incoming, from_browser = os.pipe()

        def places():
            # The browser reads from 3 and writes to 4.
            a, b = os.dup(to_browser), os.dup(from_browser)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--no-sandbox", "--remote-debugging-pipe",
                "--user-data-dir=" + self.folder, "--no-first-run", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--lang=en",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=places,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (Failure, OSError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        os.close(self.outgoing)
        os.close(self.incoming)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _message(self, deadline):
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.incoming], [], [], left)[0]:
                raise Failure("the browser did not answer")
            chunk = os.read(self.incoming, 1 << 20)
            if not chunk:
                raise Failure("the browser ended")
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(line)

    def call(self, method, session=None, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.outgoing, data):]
        deadline = time.monotonic() + LIMIT
        while True:
            answer = self._message(deadline)
            if answer.get("id") == number:
                if "error" in answer:
                    raise Failure(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def event(self, method, matches=lambda parameters: True):
        """The first event of a kind that was not taken yet."""
        deadline = time.monotonic() + LIMIT
        place = 0
        while True:
            while place < len(self.events):
                event = self.events[place]
                if event.get("method") == method and matches(event["params"]):
                    del self.events[place]
                    return event["params"]
                place += 1
            self.events.append(self._message(deadline))

    def page(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, session)


class Page:
    def __init__(self, browser, session):
        self.browser = browser
        self.session = session
        for domain in ["Page", "Runtime", "Log", "Network", "DOM", "Accessibility"]:
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.browser.event("Page.loadEventFired")

    def reload(self):
        self.call("Page.reload")
        self.browser.event("Page.loadEventFired")

    def run(self, expression):
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True,
            userGesture=True)
        if "exceptionDetails" in answer:
            raise Failure(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def key(self, name, code, text=None):
        for kind in ["keyDown", "keyUp"]:
            parameters = {"type": kind, "key": name, "code": name if name != " " else "Space",
                          "windowsVirtualKeyCode": code}
            if text and kind == "keyDown":
                parameters["text"] = text
            self.call("Input.dispatchKeyEvent", **parameters)

    def width(self, width, height, mobile=False):
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=1, mobile=mobile)

    def scheme(self, name):
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": name}])

    def picture(self, path, height=None):
        clip = {}
        if height:
            width = self.run("document.documentElement.clientWidth")
            clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
                    "captureBeyondViewport": True}
        data = self.call("Page.captureScreenshot", format="png", **clip)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def paper(self, path):
        data = self.call(
            "Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69,
            printBackground=True)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def problems(self):
        """What went to the console or was thrown, and every request so far."""
        console, requests = [], []
        for event in self.browser.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                console.append(json.dumps(parameters["exceptionDetails"])[:500])
            elif method == "Runtime.consoleAPICalled":
                console.append(json.dumps(parameters["args"])[:500])
            elif method == "Log.entryAdded":
                console.append(parameters["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                requests.append(parameters["request"]["url"])
        return console, requests
