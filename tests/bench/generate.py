"""Inputs that are too large to keep: many units made from one, and long tables. The same arguments always make the same files."""
import html
import importlib.machinery
import importlib.util
import os
import random
import re
import shutil

VALUE = re.compile(r'(<v\b[^>]*>)(-?[0-9]+)(</v>)')
MONEY = re.compile(r'(amount|left|half|full)="([0-9]{5,})"')


# Other sentences may be longer ones: no page is refused for it.
LOOSE = """<layout xmlns="urn:entente" version="1" id="loose" extends="quarterly">{}</layout>
"""


def varied(text, index):
    """One unit's facts: amounts of money by a factor, so that whatever added up still does; answers of surveys a few up or down."""
    rng = random.Random(index)
    factor = 980 + rng.randrange(40)

    def scaled(number):
        return str(int(number) * factor // 1000 if int(number) * factor % 1000 == 0 else int(number) * factor / 1000)

    def value(match):
        number = match.group(2)
        return match.group(1) + (scaled(number) if abs(int(number)) >= 10000 else number) + match.group(3)

    def answers(match):
        return re.sub(VALUE, lambda v: v.group(1) + str(max(1, int(v.group(2)) - rng.randrange(2))) + v.group(3), match.group(0))

    text = re.sub(VALUE, value, text)
    text = re.sub(MONEY, lambda m: f'{m.group(1)}="{scaled(m.group(2))}"', text)
    return re.sub(r'<values metric="[a-z]+-yes".*?</values>', answers, text, flags=re.S)


def rewrite(path, unit, name, index):
    if not path.endswith(".xml"):
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith("/facts.xml"):
        text = varied(text, index)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(f'unit="{unit}"', f'unit="{name}"'))


def units(company, unit, folder, count, sections):
    """Copies a company and multiplies one of its units; returns the batch file. sections: of the quarterly layout."""
    shutil.copytree(company, folder)
    lines, labels = [], []
    for index in range(count):
        name = f"unit-{index:03d}"
        shutil.copytree(f"{folder}/{unit}", f"{folder}/{name}")
        for file in os.listdir(f"{folder}/{name}"):
            rewrite(f"{folder}/{name}/{file}", unit, name, index)
        labels.append(f'<unit id="{name}"><label lang="en">Region {index + 1}</label></unit>')
        lines.append(f'<unit id="{name}" briefing="{name}/briefing.xml"/>')
    with open(f"{folder}/company.xml", encoding="utf-8") as file:
        text = file.read()
    with open(f"{folder}/company.xml", "w", encoding="utf-8") as file:
        file.write(text.replace("</units>", "".join(labels) + "</units>"))
    os.makedirs(f"{folder}/layouts", exist_ok=True)
    with open(f"{folder}/layouts/loose.xml", "w", encoding="utf-8") as file:
        file.write(LOOSE.format("".join(f'<set section="{name}" one-page="no"/>' for name in sections)))
    with open(f"{folder}/bench.xml", "w", encoding="utf-8") as file:
        file.write('<batch xmlns="urn:entente" version="1" layout="loose" lang="en-GB">' + "\n".join(lines) + "</batch>\n")
    return f"{folder}/bench.xml"


HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
COMPANY = HEAD + '''<company xmlns="urn:entente" version="1" id="bench" name="Bench" currency="EUR" layout="long" lang="en-GB" title="A long table">
<catalogue><kind id="entry" list="entries"><label lang="en">Entry</label></kind>
<metric id="cost" measure="money" exponent="3" decimals="1" aggregate="sum" items="entry" period-kind="year"><label lang="en">Cost</label></metric></catalogue>
<narrative lang="en"><topic id="headline"><snippet id="s"><say>Cost is <n metric="cost"/></say></snippet></topic></narrative>
</company>
'''
BRIEFING = HEAD + '''<briefing xmlns="urn:entente" version="1" period="2026" lang="en-GB"><use href="company.xml"/>
<facts><source id="ledger" title="Ledger" date="2026-12-31"/><table href="table.csv" kind="entry" metric="cost" source="ledger">
<column name="id" to="item"/><column name="name" to="label"/><column name="2024" to="value" period="2024"/>
<column name="2025" to="value" period="2025"/><column name="2026" to="value" period="2026"/><column name="plan" to="value" period="2026" scenario="plan"/>
</table></facts></briefing>
'''
LAYOUT = HEAD + '''<layout xmlns="urn:entente" version="1" id="long" extends="base"><section id="table" title="table" master="first" rest="rest">
<title slot="headline" topic="headline"/>
<exhibit slot="entries" title-topic="headline"><table row-height="12pt"><rows each="entry" metric="cost"/><row as="total" metric="cost" label="total"/>
<column label="yes" head="table" width="1"/><column head-from="period" period="2024" width="56pt"/><column head-from="period" period="2025" width="56pt"/>
<column head-from="period" period="2026" width="56pt"/><column head="code-plan" scenario="plan" period="2026" width="56pt"/>
</table></exhibit></section><words lang="en"><word id="table">Entries</word></words></layout>
'''
WORDS = "licence storage network campaign analytics support training migration audit content search consent".split()


def table(folder, rows):
    """A project with one briefing whose table has so many rows; returns the briefing."""
    rng = random.Random(rows)
    os.makedirs(f"{folder}/layouts")
    for name, text in (("company.xml", COMPANY), ("briefing.xml", BRIEFING), ("layouts/long.xml", LAYOUT)):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    with open(f"{folder}/table.csv", "w", encoding="utf-8") as file:
        file.write("id,name,2024,2025,2026,plan\n")
        for index in range(rows):
            name = " ".join(rng.choice(WORDS) for _ in range(2)).capitalize()
            file.write(f"e{index},{name} {index}," + ",".join(str(rng.randrange(100, 9000000)) for _ in range(4)) + "\n")
    return f"{folder}/briefing.xml"


REPORT_COMPANY = HEAD + """<company xmlns="urn:entente" version="1" id="bench" name="Bench" currency="EUR" layout="report" lang="en-GB" title="A report">
<narrative lang="en"><topic id="headline"><snippet id="s"><say>What the licences say</say></snippet></topic><text id="report">
{}
</text></narrative></company>
"""
REPORT_LAYOUT = HEAD + """<layout xmlns="urn:entente" version="1" id="report" extends="base"><style id="prose" role="prose" size="11pt" leading="18pt" space-after="8pt"/>
<section id="report" title="report" master="first" rest="rest"><title slot="headline" topic="headline"/><prose slot="report" text="report"/></section>
<words lang="en"><word id="report">Report</word></words></layout>
"""
REPORT_BRIEFING = HEAD + """<briefing xmlns="urn:entente" version="1" period="2026" lang="en-GB"><use href="company.xml"/></briefing>
"""
LICENCES = "/usr/share/common-licenses"


def licences():
    """Paragraphs of English that every Debian has; none twice."""
    found = {}
    for name in sorted(os.listdir(LICENCES)):
        if os.path.islink(f"{LICENCES}/{name}"):
            continue
        with open(f"{LICENCES}/{name}", encoding="utf-8", errors="replace") as file:
            for part in re.split(r"\n\s*\n", file.read()):
                text = " ".join(part.split())
                if len(text) >= 80 and text.isascii() and text.isprintable():
                    found.setdefault(text)
    return list(found)


def report(folder):
    """A project with one briefing of some sixty pages of paragraphs; returns the briefing and its text, a paragraph a line."""
    os.makedirs(f"{folder}/layouts")
    texts = licences()
    marked = "\n".join(f"<p>{html.escape(text)}</p>" for text in texts)
    files = {"layouts/report.xml": REPORT_LAYOUT, "company.xml": REPORT_COMPANY.format(marked), "briefing.xml": REPORT_BRIEFING,
             "text.txt": "\n".join(texts) + "\n"}
    for name, text in files.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    return f"{folder}/briefing.xml", f"{folder}/text.txt"


UNITS, METRICS = 14, 400
LONG_COMPANY = """<company xmlns="urn:entente" version="1" id="long" name="Long" currency="EUR" lang="en-GB" layout="long" title="Long">
{metrics}<narrative lang="en"><topic id="t"><snippet id="s"><say>The first is <n metric="metric-000"/></say></snippet></topic></narrative>
<facts><table href="{file}"{units} source-date="2026-09-30"/></facts></company>
"""
LONG_LAYOUT = """<layout xmlns="urn:entente" version="1" id="long" extends="base"><words lang="en"><word id="long">Long</word></words>
<section id="long" title="long" master="first" rest="rest"><title slot="headline" topic="t"/></section></layout>
"""


def company_rows(count):
    """Rows of a table of the whole company: each a cell of its own, 14 units in turn."""
    for i in range(count):
        each, unit = divmod(i, UNITS)
        month, metric = divmod(each, METRICS)
        yield (f"unit-{unit:02d}", f"{1990 + month // 12}-{month % 12 + 1:02d}", f"metric-{metric:03d}", "", "actual",
               f"{each * 7919 % 100000}.{metric % 100:02d}", "", "General ledger of the company", f"note {i:07d} " * 10)


def company_table(folder, count, kind, own):
    """A project of one table of the company as CSV or XLSX; its briefing, of one unit. own: it takes its unit's rows alone."""
    os.makedirs(f"{folder}/layouts")
    head = "unit period metric side scenario value n source note".split()
    if kind == "csv":
        with open(f"{folder}/figures.csv", "w", encoding="utf-8") as file:
            file.write(",".join(head) + "\n")
            file.writelines(",".join(row) + "\n" for row in company_rows(count))
    else:
        make_workbook().write([("Data", [head, *map(list, company_rows(count))])], f"{folder}/figures.xlsx")
    metrics = "".join(f'<metric id="metric-{m:03d}" measure="money" period-kind="month" aggregate="sum"><label lang="en">{m}</label></metric>\n'
                      for m in range(METRICS))
    files = {"layouts/long.xml": LONG_LAYOUT,
             "company.xml": LONG_COMPANY.format(metrics=f"<catalogue>{metrics}</catalogue>", file=f"figures.{kind}", units=' units="own"' if own else ""),
             "briefing.xml": '<briefing xmlns="urn:entente" version="1" unit="unit-03" period="1990-01">'
                             '<meeting date="1990-02-01" minutes="45"/><use href="company.xml"/></briefing>'}
    for name, text in files.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    return f"{folder}/briefing.xml"


def make_workbook():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "make-workbook")
    loader = importlib.machinery.SourceFileLoader("make_workbook", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_workbook", loader))
    loader.exec_module(module)
    return module
