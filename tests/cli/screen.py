"""A terminal for tests: a program in a window of tmux, keys typed into it, and what it shows."""
import os
import subprocess
import time

SECONDS_MAX = 60  # on a busy machine


class Screen:
    """`with Screen(["bash"], env, folder) as screen:` The window is closed at the end."""

    def __init__(self, command, env, folder, columns=80, rows=24):
        self.socket = f"levy-test-{os.getpid()}-{id(self)}"
        words = [f"{name}={value}" for name, value in env.items()]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c",
                  str(folder), "env", "-i", "TERM=screen", *words, *command)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server", check=False)

    def tmux(self, *words, check=True):
        done = subprocess.run(["tmux", "-L", self.socket, *words], capture_output=True, text=True,
                              check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"tmux {' '.join(words)}: {done.stderr}")
        return done.stdout

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def press(self, *keys):
        """Names of tmux: Tab, Enter, C-d, Escape."""
        self.tmux("send-keys", *keys)

    def text(self):
        return self.tmux("capture-pane", "-p", check=False).rstrip()

    def wait_for(self, shown):
        """The screen once `shown` is on it; what it shows at last where that never happens."""
        end = time.monotonic() + SECONDS_MAX
        while time.monotonic() < end:
            text = self.text()
            if shown in text:
                return text
            time.sleep(0.05)
        raise AssertionError(f"{shown!r} does not appear; the screen shows\n{self.text()}")
