#!/usr/bin/env python3
"""Holds a batch of briefings against the table it was made of: every figure printed in a table or chart, and the sum of all totals.

    check.py PROGRAM FOLDER DATA.csv

Reads the table with a reader of its own, and the briefings with `PROGRAM trace --json`. What a figure must be is worked out from the
table alone: agency, bureau or account, year."""
import collections
import csv
import json
import subprocess
import sys

ACTUAL, FIRST, LAST = 2015, 2010, 2021


def read_table(path):
    """(agency, item, year) -> thousands of dollars; item is "", a bureau, or bureau/account."""
    sums, agencies = collections.Counter(), []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            agency = row["agency_code"]
            if agency not in agencies:
                agencies.append(agency)
            for year in range(FIRST, LAST + 1):
                for item in ("", row["bureau"], row["bureau"] + "/" + row["account"]):
                    sums[agency, item, year] += int(row[str(year)])
    return agencies, sums


def rows(columns):
    """The attached values or figures, which come column by column, as a list of dicts without what is null."""
    count = len(next(iter(columns.values())))
    return [{name: column[i] for name, column in columns.items() if column[i] is not None} for i in range(count)]


def number(text):
    """The number a reader of the page sees: "−12,345" and "$12,345 million" -> ±12345."""
    return int("".join("-" if c == "\u2212" else c for c in text if c.isdigit() or c == "\u2212"))


def check_figure(agency, figure, value, sums, problems):
    """1 when the figure is a cell of the table, and is what the table says."""
    if value.get("operation", "sum") != "sum" or figure["slot"] not in ("years", "accounts", "bureaus-table"):
        return 0
    year = int(value["period"])
    thousands = sums[agency, value.get("item", ""), year]
    if value["scenario"] != ("actual" if year <= ACTUAL else "forecast"):
        problems.append(f"{agency}: {year} is said to be {value['scenario']}")
    if value["value"] != thousands * 1000 or number(figure["text"]) * 1000 != thousands:
        problems.append(f"{agency}: {figure['slot']}, {value.get('item', 'total')}, {year}: the table says {thousands} thousand, "
                        f"the page {figure['text']} million, its trace {value['value']}")
    return 1


def check_changes(agency, figures, values, sums, problems):
    """Changes named in words: each is the table's, and the largest one in the direction of the agency's own is among them. How many."""
    changes = {item: sums[agency, item, ACTUAL] - sums[agency, item, ACTUAL - 1] for a, item, year in list(sums) if a == agency and "/" in item}
    named = []
    for figure in figures:
        value = values[figure["value"]] if "value" in figure else {}
        if figure.get("slot") != "stands-out" or value.get("operation") != "difference" or "item" not in value:
            continue
        named.append(changes[value["item"]])
        if value["value"] != changes[value["item"]] * 1000 or abs(number(figure["text"])) * 1000 != abs(changes[value["item"]]):
            problems.append(f"{agency}: {value['item']} changed by {changes[value['item']]} thousand, the page says {figure['text']} million")
    if named and max(changes.values()) > 0 > min(changes.values()):
        whole = sums[agency, "", ACTUAL] - sums[agency, "", ACTUAL - 1]
        largest = max(changes.values()) if whole > 0 else min(changes.values())
        if whole and largest not in named:
            problems.append(f"{agency}: the largest change, {largest} thousand, is not named")
    return len(named)


def check_explained(agency, path, sums, problems):
    """The change of a year is explained by three accounts at most where they make four fifths of it; where they do not, the page says so."""
    changes = [now - sums[agency, item, ACTUAL - 1] for (of, item, year), now in sums.items() if of == agency and "/" in item and year == ACTUAL]
    whole = sums[agency, "", ACTUAL] - sums[agency, "", ACTUAL - 1]
    if len(changes) < 2 or abs(whole) < 1000:
        return
    same_way = sorted((abs(c) for c in changes if c * whole > 0), reverse=True)
    wanted = f"The {'rise' if whole > 0 else 'fall'} comes from" if sum(same_way[:3]) * 100 >= 80 * abs(whole) else "No few accounts explain the"
    text = " ".join(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout.split())
    if wanted not in text:
        problems.append(f"{agency}: '{wanted}' is not said of a change of {whole} thousand")


def check_agency(program, path, agency, sums, problems):
    """Figures checked, and the agency's total of the year as printed, in thousands (None: not printed)."""
    trace = json.loads(subprocess.run([program, "trace", "--json", path], check=True, capture_output=True).stdout)
    values, figures = rows(trace["values"]), rows(trace["figures"])
    checked, total = check_changes(agency, figures, values, sums, problems), None
    check_explained(agency, path, sums, problems)
    for figure in figures:
        if "value" not in figure:
            continue
        value = values[figure["value"]]
        checked += check_figure(agency, figure, value, sums, problems)
        is_total = figure["slot"] == "accounts" and "item" not in value and value.get("operation", "sum") == "sum"
        if is_total and value["period"] == str(ACTUAL):
            total = number(figure["text"]) * 1000
    return checked, total


def main():
    program, folder, table = sys.argv[1:4]
    agencies, sums = read_table(table)
    problems, checked, grand = [], 0, 0
    for agency in agencies:
        count, total = check_agency(program, f"{folder}/{agency}.pdf", agency, sums, problems)
        checked += count
        if total is None:
            problems.append(f"{agency}: no total is printed")
        else:
            grand += total
    wanted = sum(sums[agency, "", ACTUAL] for agency in agencies)
    if grand != wanted:
        problems.append(f"the printed totals add up to {grand} thousand, the table to {wanted}")
    print("\n".join(problems[:40]))
    print(f"{len(agencies)} agencies, {checked} figures held against the table, total {grand:,} thousand: {len(problems)} problems")
    return 1 if problems or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
