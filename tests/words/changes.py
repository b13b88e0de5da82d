"""What changed since the quarter before, by tests/changes-against-facts, which works it out on its own and holds the page against it."""
import pathlib
import re
import subprocess
import xml.etree.ElementTree as tree

from facts import COLUMNS, NS

ROOT = pathlib.Path(__file__).resolve().parents[2]


def lines_of(budget, into):
    """The table of the budget as XML: a record a line, a value a cell."""
    root = tree.Element(NS + "facts")
    lines, values = tree.SubElement(root, NS + "lines"), tree.SubElement(root, NS + "values", metric="spend")
    for row in budget:
        tree.SubElement(lines, NS + "line", id=row["Id"], label=row["Line"], payer=row["Payer"], step=row["Step"])
        for column, (period, scenario) in COLUMNS.items():
            if row[column]:
                tree.SubElement(values, NS + "v", item=row["Id"], period=period, scenario=scenario).text = str(int(row[column]) * 1000)
    into.write_text(tree.tostring(root, encoding="unicode"))


def worked_out(unit, pdf, facts):
    """(what the page says otherwise, the counts)."""
    work = unit.work
    lines_of(facts.lines, work / "lines-of-budget.xml")
    structure = work / "out.struct"
    structure.write_bytes(subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, check=True).stdout)
    said = subprocess.run(
        [str(ROOT / "tests/changes-against-facts"), str(structure), str(work / "emea/closed.xml"), f"{ROOT}/library/catalogue.xml,{work}/catalogue.xml",
         *(str(work / name) for name in ("shared.xml", "lines-of-budget.xml", "emea/facts.xml"))], capture_output=True, text=True)
    (work / "lines-of-budget.xml").unlink()
    found = re.search(r"readings: (\d+) better, (\d+) worse, (\d+) within\n(\d+) figures moved, \d+ shown; (\d+) restated; (\d+) asks; (\d+) risks", said.stdout)
    if not found:
        return [said.stderr.strip().split("\n")[-1]], {}
    names = ("better", "worse", "within", "moved", "restated", "asks", "risks")
    return ([line for line in said.stdout.split("\n") if "worked out " in line], dict(zip(names, map(int, found.groups()))))
