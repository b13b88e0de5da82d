#!/usr/bin/env python3
"""Items of a dump of pages: no text off its page, no two texts over one another (what stands behind all others aside).
Usage: overlaps.py PAGES.txt"""
import re
import sys

PAGE = re.compile(r"^\s*page \d+ ([\d.]+) ([\d.]+) label")
TEXT = re.compile(r'^\s*text (\S+(?: \d+)?) (-?[\d.]+) (-?[\d.]+) w (-?[\d.]+) face \d+ (-?[\d.]+) .*?"(.*)"$')
SLACK = 0.6  # points: ending spaces, italics


def overlaps(a, b):
    apart = abs(a[1] - b[1])
    return apart < min(a[3], b[3]) * 0.6 and a[0] + a[2] > b[0] + SLACK and b[0] + b[2] > a[0] + SLACK


def main():
    page, size, items, wrong, count = 0, None, [], 0, 0
    for line in open(sys.argv[1], encoding="utf-8"):
        found = PAGE.match(line)
        if found:
            page, size, items = page + 1, (float(found.group(1)), float(found.group(2))), []
            continue
        found = TEXT.match(line)
        if not found or found.group(1) == "background":
            continue
        x, y, width, type_size = (float(found.group(i)) for i in range(2, 6))
        count += 1
        if x < 0 or y < 0 or x + width > size[0] or y > size[1]:
            wrong += 1
            print(f"page {page}: '{found.group(6)}' is off its page")
        item = (x, y, width, type_size, found.group(6))
        for other in items:
            if other[4].strip() and item[4].strip() and overlaps(item, other):
                wrong += 1
                print(f"page {page}: '{item[4]}' over '{other[4]}'")
        items.append(item)
    print(f"{count} texts on {page} pages, {wrong} wrong")
    return 1 if wrong or not count else 0


sys.exit(main())
