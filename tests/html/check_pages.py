#!/usr/bin/env python3
"""Holds the web pages of `levy show --html` to what they promise.

usage: check_pages.py LEVY_BINARY SCHEDULE...

Each page needs nothing from outside, has its pictures described for screen readers, and is the same
twice. Where Debian's chromium is installed, each is laid out at a phone's and a screen's width, and
must not be wider than either. Exit status 1: something did not hold.
"""
import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTHS = (390, 1280)
# The page tells its width to the frame around it, which writes it down.
TELL = ("<script>addEventListener('load',()=>parent.postMessage("
        "document.documentElement.scrollWidth+' '+innerWidth,'*'))</script>")
POLICY = r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
FRAME = """<!DOCTYPE html><body><iframe src="{page}" width="{width}" height="2000"
style="border:0"></iframe><script>addEventListener('message',e=>
{{document.body.setAttribute('data-widths',e.data)}})</script></body>"""


def page_of(levy, schedule):
    done = subprocess.run([levy, "show", schedule, "--html", "--at", "2026-11-22"],
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8")


def policy_faults(page):
    """The policy allows the page's own style by its hash, and stands before it."""
    policy = re.search(POLICY, page)
    if not policy:
        return ["has no Content-Security-Policy"]
    allowed = set(re.findall(r"'sha256-([^']+)'", policy[1]))
    used = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for text in re.findall(r"<style>(.*?)</style>", page, re.S)}
    faults = [] if allowed == used else [f"allows {allowed} and uses {used}"]
    if "default-src 'none'" not in policy[1] or "unsafe" in policy[1]:
        faults.append(f"has a loose policy: {policy[1]}")
    if page.index("<style>") < policy.start():
        faults.append("has a style before its policy")
    if re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", page):
        faults.append("has an attribute that its policy forbids")
    return faults


def static_faults(page):
    faults = []
    outside = re.findall(r"(?:src|href|action)\s*=|url\((?!#)|@import|<script|<link|<iframe", page)
    if outside:
        faults.append(f"refers to something outside: {outside[:3]}")
    if not page.startswith("<!DOCTYPE html>") or not page.endswith("</html>\n"):
        faults.append("is no whole page")
    faults += policy_faults(page)
    for picture in re.findall(r"<svg.*?</svg>", page, re.S):
        names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', picture)
        if not names or any(f'id="{name}"' not in picture for name in names.groups()):
            faults.append("has a picture without its title and description")
    ids = re.findall(r'\bid="([^"]+)"', page)
    if len(ids) != len(set(ids)):
        faults.append("has an id twice")
    return faults


def widths_in_browser(chromium, folder, page, width):
    # The policy forbids the script that tells of the widths as well.
    told = re.sub(POLICY, "", page).replace("</body>", TELL + "</body>")
    Path(folder, "page.html").write_text(told, "utf-8")
    frame = Path(folder, "frame.html")
    frame.write_text(FRAME.format(page="page.html", width=width), "utf-8")
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
         "--virtual-time-budget=10000", "--window-size=1400,2100", "--dump-dom", frame.as_uri()],
        capture_output=True, timeout=120, check=False)
    found = re.search(r'data-widths="(\d+) (\d+)"', done.stdout.decode("utf-8", "replace"))
    return (int(found[1]), int(found[2])) if found else None


def main(levy, schedules):
    chromium = shutil.which("chromium")
    if not chromium:
        print("skipped: the layout, as chromium is not installed (Debian's package chromium)")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for schedule in schedules:
            status, page = page_of(levy, schedule)
            faults = static_faults(page) if status == 0 else [f"ended with status {status}"]
            if page_of(levy, schedule)[1] != page:
                faults.append("is not the same twice")
            for width in WIDTHS if chromium and status == 0 else ():
                told = widths_in_browser(chromium, folder, page, width)
                if told is None or told[0] > told[1]:
                    faults.append(f"at {width} pixels its width and the window's are {told}")
            for fault in faults:
                print(f"failed: {schedule}: {fault}")
            passed, failed = (passed, failed + 1) if faults else (passed + 1, failed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not schedules else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
