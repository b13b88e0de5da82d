#!/usr/bin/env python3
"""The paragraphs of scripts.txt against the text of a PDF as two readers give it, each of them letter for letter and in order:
poppler, and one of our own that knows nothing of ours but the standard. Spaces at the ends of lines and marks of direction are left
out; so are, in lines from the right to the left, what poppler sets on the wrong side: vowel signs, and the letters of lam-alef.
Usage: scripts-of-page.py scripts.txt FILE.pdf"""
import pathlib
import re
import subprocess
import sys
import unicodedata

LEFT_OUT = re.compile("[\\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
TURNED = "\u0644\u0627\u0623\u0625\u0622"
HERE = pathlib.Path(__file__).parent


def bare(text, marks=True):
    text = LEFT_OUT.sub("", text)
    return text if marks else "".join(c for c in text if unicodedata.category(c) != "Mn" and c not in TURNED)


def read(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def wrong_in(name, text, rows, loose):
    """How many paragraphs are not there, or not in their order."""
    wrong = at = 0
    full, letters = bare(text), bare(text, marks=False)
    for lang, script, _, direction, words in rows:
        marks = not (loose and direction == "rtl")
        whole, wanted = (full if marks else letters), bare(words, marks)
        found = whole.find(wanted)
        before = len(bare(full[:found], False)) if marks else found
        if found < 0 or before < at:
            print(f"{name}: {lang} ({script}) is {'not there' if found < 0 else 'out of order'}")
            wrong += 1
        else:
            at = before
    return wrong


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8") if line.strip() and line[0] != "#"]
    wrong = wrong_in("poppler", read("pdftotext", "-raw", "-enc", "UTF-8", sys.argv[2], "-"), rows, True)
    wrong += wrong_in("our own", read(sys.executable, str(HERE / "read-pdf.py"), sys.argv[2]), rows, False)
    print(f"{len(rows)} paragraphs in as many languages, {wrong} wrong in two readers")
    return wrong > 0


sys.exit(main())
