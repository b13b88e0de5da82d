#!/usr/bin/env python3
"""Briefings at the edge of what a person would write, beside the torture project's files: extremes.py FOLDER writes them there."""
import pathlib
import sys

SENTENCE = "The forecast assumes that two of the five suppliers accept the new terms before the end of the year. "
DEPTH = 200
REST = "".join(f'<text id="{name}"><p>Nothing more.</p></text>' for name in ("level", "one-view", "other-view")) + (
    '<topic id="verdict"><snippet id="v"><say>Nothing more.</say></snippet></topic>')

TEXTS = {
    "box": '<callout kind="risk"><p>' + SENTENCE * 400 + "</p></callout>",
    "headline": "<h>预算 2026 年 \U0001f600\U0001f680 ميزانية हिन्दी</h><p>Words under a headline that no face has.</p>",
    "lists": '<list kind="bulleted"><item>deep ' * DEPTH + "</item></list>" * DEPTH,
    "quotes": "<quote>deep " * DEPTH + "</quote>" * DEPTH,
    "notes": "<p>" + " ".join(f"w<footnote>Note {i} says so.</footnote>" for i in range(10000)) + "</p>",
    "circle": '<figure id="a" file="picture.png" width="40pt" alt="a">As <ref to="b" show="title"/></figure>'
              '<figure id="b" file="picture.png" width="40pt" alt="b">As <ref to="a" show="title"/></figure>',
    "narrow": '<columns count="8">' + '<beside><cell span="1"><p>one of them</p></cell><cell span="11"><p>and the other</p></cell></beside>' * 9 + "</columns>",
    "spans": '<table widths="1 1 1"><row head="yes"><cell>A</cell><cell>B</cell><cell>C</cell></row><row><cell rows="4">' + SENTENCE * 40
             + "</cell><cell>x</cell><cell>y</cell></row>" + "<row><cell>part</cell><cell>done</cell></row>" * 3 + "</table>",
    "word": '<table widths="1 6"><row head="yes"><cell>A</cell><cell>B</cell></row><row><cell>' + "abcdefghijklmnopq" * 6 + "</cell><cell>y</cell></row></table>",
    "columns": "<table><row head=\"yes\">" + "".join(f"<cell>Head {i}</cell>" for i in range(60)) + "</row>"
               + ("<row>" + "".join(f"<cell>value {i}</cell>" for i in range(60)) + "</row>") * 3 + "</table>",
    "row": '<table widths="1 3"><row head="yes"><cell>A</cell><cell>B</cell></row><row><cell>' + SENTENCE * 60 + "</cell><cell>done</cell></row></table>",
    "calls": '<p>word<footnote id="n">One note.</footnote>' + " ".join('word<footnote ref="n"/>' for _ in range(10000)) + "</p>",
}


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, text in TEXTS.items():
        (folder / f"{name}.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<briefing xmlns="urn:entente" version="1" unit="main" period="2026-Q3"><meeting date="2026-10-14" minutes="45"/>'
            '<use href="company.xml"/><use href="facts.xml"/><narrative lang="en"><text id="cover"><p>Cover.</p></text>'
            f'<text id="paper">{text}</text>{REST}</narrative></briefing>\n', encoding="utf-8")


main()
