#!/usr/bin/env python3
"""Presses Tab in bash, zsh and fish, and looks at what the shells make of it.

usage: check_completion.py LEVY_BINARY

Each shell runs in a terminal with the script that levy prints for it: bash sources it, zsh finds it
in fpath at the first Tab, fish in its folder of completions. A word that one candidate completes
is typed and Tab completes it; of several the shell lists each. What is not installed is skipped and
said. Exit status 1: something failed, or there was nothing to run.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from screen import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
# What is typed before Tab, and how the line then ends.
COMPLETED = [
    ("levy quo", "levy quote "),
    ("levy quote okp", "levy quote okpay "),
    ("levy quote okpay with", "levy quote okpay withdrawal "),
    ("levy quote okpay withdrawal 250 --meth", "levy quote okpay withdrawal 250 --method "),
    ("levy quote okpay withdrawal 250 --method ba", "--method bank "),
    ("levy quote okpay withdrawal 250 --method=ba", "--method=bank "),
    ("levy quote okpay withdrawal 250 --tier ver", "--tier verified "),
    ("levy quote okpay withdrawal 250 --tim", "--time "),
    ("levy quote okpay withdrawal 250 --lang zh", "--lang zh-CN "),
    ("levy quote okpay conversion 250 --to JP", "--to JPY "),
    ("levy quote okpay transaction 250 --country DE", "--country DE "),
    ("levy quote okpay withdrawal 250 --used withdrawal-c", "--used withdrawal-count="),
    ("levy check okpay --meth", "levy check okpay --method "),
    ("levy diff okp", "levy diff okpay "),
    ("levy compare withdrawal 250 okp", "levy compare withdrawal 250 okpay "),
    ("levy plot okp", "levy plot okpay "),
    ("levy batch okpay rows.csv --results fee,de", "--results fee,debit "),
    ("levy explain clif", "levy explain cliff "),
    ("levy help quo", "levy help quote "),
    ("levy help quote okp", "levy help quote okpay "),
]
# What is typed before Tab, what is then shown, and what is not.
LISTED = [
    ("levy quote okpay withdrawal 250 --method ", ("bank", "card", "wallet"), ("only_a_file",)),
    ("levy quote okpay withdrawal 250 --t", ("--time", "--tier", "--to"), ("--amount",)),
]
# Words of descriptions, which zsh and fish show.
DESCRIBED = [("levy t", ("Run the examples", "The ladder of tiers"))]
MARK = "@@"


def prepare(shell, levy, home):
    """The command that starts the shell, with completion as the manual says."""
    script = subprocess.run([levy, "completion", shell], capture_output=True, text=True,
                            check=True).stdout
    if shell == "bash":
        rc = home / "bashrc"
        rc.write_text("PS1='> '\n" + script)
        return ["bash", "--noprofile", "--rcfile", str(rc), "-i"]
    if shell == "zsh":
        functions = home / "functions"
        functions.mkdir()
        (functions / "_levy").write_text(script)
        (home / ".zshrc").write_text(f"PS1='> '; fpath=({functions} $fpath)\n"
                                     "autoload -Uz compinit && compinit -u -D\n"
                                     "setopt no_beep; zstyle ':completion:*' menu no\n")
        return ["zsh", "-i"]
    folder = home / ".config/fish/completions"
    folder.mkdir(parents=True)
    (folder / "levy.fish").write_text(script)
    (home / ".config/fish/config.fish").write_text(
        "set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n"
        "function fish_prompt; echo '> '; end\n")
    return ["fish", "-i"]


def check(shell, levy, failures):
    passed = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "only_a_file.csv").touch()
        os.symlink(levy, home / "levy")
        env = {"PATH": f"{home}:/usr/local/bin:/usr/bin:/bin", "HOME": folder, "ZDOTDIR": folder,
               "LC_ALL": "C.UTF-8", "LEVY_SCHEDULES": str(ROOT / "schedules")}
        with Screen(prepare(shell, levy, home), env, home, columns=110, rows=40) as screen:
            screen.wait_for(">")
            tabs = 2 if shell == "bash" else 1  # until several are listed
            for typed, shown in COMPLETED:
                passed += attempt(shell, screen, typed, (shown + MARK,), (), failures, 1)
            for typed, shown, hidden in LISTED:
                passed += attempt(shell, screen, typed, shown, hidden, failures, tabs)
            for typed, shown in DESCRIBED if shell != "bash" else []:
                passed += attempt(shell, screen, typed, shown, (), failures, tabs)
    return passed


def attempt(shell, screen, typed, shown, hidden, failures, tabs):
    """MARK is typed after Tab, so that what is seen is what Tab has left. fish takes its list away
    when something is typed; so there the list is waited for."""
    screen.press("C-l")
    screen.type(typed)
    screen.press(*["Tab"] * tabs)
    listed = shell == "fish" and not shown[0].endswith(MARK)
    try:
        if not listed:
            screen.type(MARK)
        text = screen.wait_for(shown[-1] if listed else MARK)
        for one in shown:
            if one not in text:
                raise AssertionError(f"{one!r} does not appear; the screen shows\n{text}")
        for one in hidden:
            if one in text:
                raise AssertionError(f"{one!r} is offered:\n{text}")
        return 1
    except AssertionError as error:
        failures.append(f"{shell}: {typed!r} and Tab: {error}")
        return 0
    finally:
        screen.press("C-u")


def main(words):
    if len(words) != 1:
        sys.exit(__doc__)
    levy = str(Path(words[0]).resolve())
    failures, passed, ran = [], 0, 0
    if not shutil.which("tmux"):
        print("skipped: there is no tmux")
        return 0
    for shell in ("bash", "zsh", "fish"):
        if not shutil.which(shell):
            print(f"skipped: there is no {shell}")
            continue
        ran += 1
        passed += check(shell, levy, failures)
    for failure in failures:
        print("failed:", failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or ran == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
