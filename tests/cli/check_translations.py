#!/usr/bin/env python3
"""Every sentence that is to be translated has its translation, whole and in the field's terms.

usage: check_translations.py

xgettext collects the sentences of the source (translate, say, tell, translatable, and the two forms
of translate_count and say_count). Each must stand in src/render/texts/zh_CN.po, translated, with
the same places in braces; nothing may stand there that no source has. Where a sentence holds an
English term of glossary.zh_CN.txt, its translation holds the Chinese one, and no English word is
left in a translation. Exit status 1: something failed.
"""
import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = ROOT / "src" / "render" / "texts"
KEYWORDS = ("translate:2", "say:1", "tell:1", "translatable:1", "translate_count:2,3",
            "say_count:1,2")
# What stays as it is typed: options, keys, words of the format and of levy's own forms, and what is
# written in capitals.
KEPT = re.compile(r"--[a-z-]+|ID=VALUE|=VALUE|\b[A-Z][A-Z0-9_]+\b|\b(?:Tab|Esc|Enter|Lines|Schema|"
                  r"Markdown|id|name|value|levy|quote|check|help|init|okpay|csv|tsv|jsonl|json|text|"
                  r"markdown|auto|always|never|record|chunk|bash|zsh|fish|sarif|github|junit|error|"
                  r"warning|undecided|fee|percent|net|schedule|rates|missing_rate|withdrawal|"
                  r"transaction|amount|currency|country|to_country|true|false|en|zh|mapping|debit|credit)\b")


def entries(text):
    """The messages of a .po or .pot file: {msgid: (msgid_plural, msgstr)}."""
    found, one, key = {}, {}, None
    for line in [*text.splitlines(), ""]:
        start = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
        if start:
            key = start.group(1).split("[")[0]
            one[key] = ast.literal_eval(start.group(2))
        elif line.startswith('"'):
            one[key] += ast.literal_eval(line)
        elif not line and "msgid" in one:
            found[one["msgid"]] = (one.get("msgid_plural"), one.get("msgstr", ""))
            one = {}
    found.pop("", None)
    return found


def sentences():
    sources = sorted(str(path) for path in (ROOT / "src").rglob("*")
                     if path.suffix in (".cpp", ".h"))
    words = [f"--keyword={keyword}" for keyword in KEYWORDS]
    pot = subprocess.run(["xgettext", "--from-code=UTF-8", "--language=C++", "--keyword", *words,
                          "--no-wrap", "--output=-", *sources], capture_output=True, text=True,
                         check=True).stdout
    return entries(pot)


def places(sentence):
    return sorted(set(re.findall(r"{(\w+)}", sentence)))


def glossary():
    for line in (TEXTS / "glossary.zh_CN.txt").read_text("utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            yield line.split(" = ")


def term_faults(sentence, translation, terms):
    plain = re.sub(r"{\w+}|--[a-z-]+", " ", sentence)
    for english, chinese in terms:
        said = re.search(rf"(?<![\w-]){re.escape(english)}(?![\w-])", plain, re.I)
        if said and chinese not in translation:
            yield f"{sentence!r}: {english} is {chinese}, and the translation is {translation!r}"


def faults(wanted, have):
    terms = list(glossary())
    for english, _ in terms:
        if sum(1 for other, _ in terms if other == english) > 1:
            yield f"glossary: {english} stands twice"
    for sentence, (plural, _) in wanted.items():
        _, translation = have.get(sentence, (None, ""))
        if not translation:
            yield f"{sentence!r} has no translation"
            continue
        if places(translation) != places(plural or sentence):
            yield f"{sentence!r}: places {places(sentence)}, translated {places(translation)}"
        yield from term_faults(sentence, translation, terms)
        left = re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", " ", KEPT.sub(" ", translation)))
        if left:
            yield f"{sentence!r}: still English: {left}"
    for sentence in have:
        if sentence not in wanted:
            yield f"{sentence!r} is in zh_CN.po and in no source"


def main():
    wanted, have = sentences(), entries((TEXTS / "zh_CN.po").read_text("utf-8"))
    found = list(faults(wanted, have))
    for fault in found:
        print("failed:", fault)
    print(f"{len(wanted)} sentences, {len(found)} faults")
    return 1 if found or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
