"""Briefings that are variants of a sample: figures changed, left out or made equal, choices of records turned over, records left out; by a
generator whose numbers are the same on every machine."""
import csv
import functools
import io
import pathlib
import re
import subprocess
import xml.etree.ElementTree as tree

ROOT = pathlib.Path(__file__).resolve().parents[2]
NS = "{urn:entente}"
AT_ONCE = 200


class Numbers:
    """The same numbers on every machine and in every release of Python."""

    def __init__(self, seed):
        self.state = seed * 2654435761 % 2 ** 64 or 1

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def chance(self, percent):
        return self.below(100) < percent

    def one_of(self, things):
        return things[self.below(len(things))]


# ---- the library ----

def snippets():
    """topic/snippet -> what it depends on."""
    found = {}
    for path in sorted((ROOT / "library/snippets/en").glob("*.xml")):
        for topic in tree.parse(path).getroot().iter(NS + "topic"):
            for s in topic.iter(NS + "snippet"):
                found[topic.get("id"), s.get("id")] = s.attrib
    return found


ITEMS = {m.get("id"): m.get("items") or (m.get("add") or "").split("-")[0]
         for m in tree.parse(ROOT / "library/catalogue.xml").getroot().iter(NS + "metric")}


def choices():
    """(element of a record, field) -> what it can be."""
    found = {}
    for kind in tree.parse(ROOT / "library/catalogue.xml").getroot().iter(NS + "kind"):
        for field in kind.iter(NS + "field"):
            listed = [c.get("id") for c in field.iter(NS + "choice")] or (field.get("choices") or "").split()
            if field.get("type") == "yes":
                listed = ["yes", "no"]
            if listed:
                found[kind.get("id"), field.get("id")] = listed
            if field.get("required") != "yes" and field.get("type") not in ("choice", "ref", "side"):
                found.setdefault(("optional", kind.get("id")), set()).add(field.get("id"))
    return found


# ---- variants ----

# What the metric's own scale allows, and no more yes than asked.
LIMITS = {"priority-score": 10, "step-rating": 4, "aligned-yes": 19, "confident-yes": 19, "leadership-yes": 19, "purchases-joint": 12, "joint-purchases": 100, "confidence": 100, "priority-alignment": 100}


def mutate_number(n, text, seen, most):
    value = float(text)
    how = n.below(10)
    if how < 5:
        return text
    if how < 6 and seen:
        return n.one_of(seen)
    factor = n.one_of([0.3, 0.6, 0.8, 0.9, 1.1, 1.25, 1.6, 2.5])
    changed = value * factor if how < 9 else -value if value < 0 or value > 900000 else value
    changed = min(changed, most) if changed > value else changed
    return ("%.1f" % changed) if "." in text else str(int(changed))


def vary_values(n, values):
    seen = []
    drop_all = n.chance(4)
    keep = n.chance(45)
    for v in list(values):
        if v.tag != NS + "v" or not v.text:
            continue
        if drop_all or n.chance(2):
            values.remove(v)
            continue
        if not keep:
            v.text = mutate_number(n, v.text, seen[-3:], LIMITS.get(values.get("metric"), 1e9))
        seen.append(v.text)


def vary_records(n, records, can_be):
    kind = None
    if records.tag != NS + "asks" and n.chance(7):
        records.clear()
        return
    turned = {}
    for r in list(records):
        kind = r.tag[len(NS):]
        if kind != "ask" and n.chance(6):
            records.remove(r)
            continue
        for name in list(r.attrib):
            listed = can_be.get((kind, name))
            if listed and name not in turned:
                turned[name] = n.one_of(listed) if n.chance(22) else None  # all alike, or each by itself
            if listed and (turned[name] or n.chance(25)):
                r.set(name, turned[name] or n.one_of(listed))
            elif name in can_be.get(("optional", kind), ()) and n.chance(7):
                del r.attrib[name]


def settle(facts, before):
    """What speaks of a record that is gone goes with it, and so on; a figure that a record repeats is not repeated."""
    gone = before - ids(facts)
    for element in list(facts):
        items = ITEMS.get(element.get("metric"))
        for one in list(element):
            refers = (items, one.get("item")) if one.tag == NS + "v" else None
            if one.get("metric") and "now" in one.attrib:
                del one.attrib["metric"]
            if refers in gone or any((name, one.get(name)) in gone for name in ("ask", "cut")):
                element.remove(one)
    if before - ids(facts) != gone:
        settle(facts, before)


def ids(facts):
    return {(one.tag[len(NS):], one.get("id")) for element in facts for one in element if one.get("id")}


def vary(n, facts, can_be):
    before = ids(facts)
    for element in list(facts):
        if element.tag == NS + "values":
            vary_values(n, element)
        elif element.tag not in (NS + "table", NS + "source") and len(element):
            vary_records(n, element, can_be)
    settle(facts, before)


def vary_budget(n, text):
    lines = text.split("\n")
    head = lines[0].split(",")
    columns = [i for i, name in enumerate(head) if re.search(r"\d{4}", name)]
    how = n.below(6)
    for at in range(1, len(lines)):
        cells = lines[at].split(",")
        if len(cells) != len(head):
            continue
        for i in columns:
            if cells[i] and how == 1 and n.chance(40):
                cells[i] = str(int(int(cells[i]) * n.one_of([0.5, 0.9, 1.1, 1.6])))
            elif cells[i] and how == 2:
                cells[i] = cells[columns[-2]] or cells[i]
            elif cells[i] and how == 3 and "request" in head[i]:
                cells[i] = str(int(int(cells[i]) * 0.7))
        lines[at] = ",".join(cells)
    return "\n".join(lines)


# ---- variants with one thing changed ----

def lists_of(facts):
    return [e for e in facts if e.tag not in (NS + "table", NS + "source", NS + "values") and len(e)]


def changes(facts, can_be):
    """Each is a function of the facts: a list without its records, or with one; all records of one choice; a metric without values, or with
    one for all periods, or for one side only, or without what it was before or is to be."""
    families = [family_of_list(element, can_be) for element in lists_of(facts)]
    families += [family_of_metric(metric, facts) for metric in dict.fromkeys(e.get("metric") for e in facts.findall(NS + "values"))]
    families += [[with_budget(how) for how in BUDGETS], [at_meeting("2040-10-14")]]
    single = [change for family in families for change in family]
    return single + [together(Numbers(7000 + i), families) for i in range(AT_ONCE)]


def with_text(metric, said, n):
    def change(facts):
        for element in facts.findall(NS + "values"):
            for v in element:
                if element.get("metric") == metric and all(v.get(k) == want for k, want in said.items()):
                    v.text = str(n)
    return change


def with_one_at(tag, field, one, others):
    def change(facts):
        for element in facts.findall(NS + tag):
            for at, record in enumerate(element):
                record.set(field, others if at else one)
    return change


def family_of_list(element, can_be):
    tag, kind = element.tag, element[0].tag[len(NS):]
    made = [with_list(tag, keep) for keep in (0, 1, 2)]
    for (of, field), listed in ((k, v) for k, v in can_be.items() if k[0] == kind):
        made += [with_choice(tag, field, choice) for choice in listed]
    return made + [without_field(tag, field) for field in sorted(can_be.get(("optional", kind), ()))]


def family_of_metric(metric, facts):
    sides = ("cio", "cmo", None) if any(v.get("side") for e in facts.findall(NS + "values") if e.get("metric") == metric for v in e) else (None,)
    return [with_values(metric, keep) for keep in VALUES] + [as_before(metric, swapped) for swapped in (False, True)] + [
        with_factor(metric, side, factor) for side in sides for factor in (0.2, 0.9, 1.1)]


def without(metric):
    return with_values(metric, lambda v, now: False)


def both(one, other):
    def change(facts):
        one(facts)
        other(facts)
    for part in (one, other):
        vars(change).update(vars(part))
    return change


def at_meeting(date):
    """Long after the studies were made."""
    def change(facts):
        pass
    change.meeting = date
    return change


def with_more(metric, numbers, periods=("2025-Q3", "2026-Q3"), **said):
    """Another metric of the catalogue."""
    def change(facts):
        values = tree.SubElement(facts, NS + "values", metric=metric, source="pulse", **said)
        for period, n in zip(periods, numbers):
            tree.SubElement(values, NS + "v", period=period).text = str(n)
    return change


def as_before(metric, swapped):
    """This quarter's as a year before; swapped: and each office's is the other's."""
    def change(facts):
        for element in facts.findall(NS + "values"):
            if element.get("metric") not in (metric, metric.replace("-yes", "-asked")):
                continue
            told = {(v.get("item"), v.get("side"), v.get("period")): v.text for v in element}
            for v in element:
                side = {"cio": "cmo", "cmo": "cio"}.get(v.get("side"), v.get("side")) if swapped else v.get("side")
                period = "2025-Q3" if v.get("period") == "2026-Q3" else v.get("period")
                v.text = told.get((v.get("item"), side, period), v.text)
    return change


def with_budget(how):
    """One thing changed in the table of the budget."""
    def change(facts):
        for cuts in facts.findall(NS + "cuts"):
            facts.remove(cuts)
    change.budget = lambda text: with_lines(how, text)
    return change


def with_lines(how, text):
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([rows[0]] + [list(how(dict(enumerate(row)), at).values()) for at, row in enumerate(rows[1:], 1)])
    return out.getvalue()


def together(n, families):
    """Some of them at once."""
    some = [n.one_of(n.one_of(families)) for _ in range(2 + n.below(3))]

    def change(facts):
        for one in some:
            one(facts)
    budgets = [one.budget for one in some if hasattr(one, "budget")]
    change.closed = n.chance(50)
    if budgets:
        change.budget = lambda text: functools.reduce(lambda t, f: f(t), budgets, text)
    return change


# Columns: 2 payer, 3 step, 4 to 6 January to September (before, plan, actual), 7 plan, 8 forecast, 9 request, 10 reading, 11 why, 12 protected.
BUDGETS = (
    lambda c, at: c | {9: c[8]},
    lambda c, at: c | {9: ""},
    lambda c, at: {i: "" if 4 <= i <= 9 else cell for i, cell in c.items()},
    lambda c, at: c | {6: c[5]},
    lambda c, at: c | {5: "", 7: ""},
    lambda c, at: c | {3: ""},
    lambda c, at: c | {12: "yes" if at == 2 else ""},
    lambda c, at: c | {12: ""},
    lambda c, at: c | {2: "it"},
    lambda c, at: c | {2: "direct"},
    lambda c, at: c | {9: c[9] and str(int(c[9]) // 2)},
    lambda c, at: c | {6: c[6] and str(int(int(c[6]) * 1.3))},
    lambda c, at: c | {6: c[6] and str(int(int(c[6]) * 0.7))},
    lambda c, at: c | {11: ""},
)

def with_list(tag, keep):
    def change(facts):
        for element in facts.findall(tag):
            del element[keep:]
    return change


def with_choice(tag, field, choice):
    def change(facts):
        for one in (one for element in facts.findall(tag) for one in element):
            one.set(field, choice)
    return change


def without_field(tag, field):
    def change(facts):
        for one in (one for element in facts.findall(tag) for one in element):
            one.attrib.pop(field, None)
    return change


VALUES = (
    lambda v, now: False,
    lambda v, now: v.get("scenario") != "plan",
    lambda v, now: v.get("side") != "cio",
    lambda v, now: v.get("side") != "cmo",
    lambda v, now: (v.get("period") or now) >= now,
)


def with_values(metric, keep):
    def change(facts):
        for element in facts.findall(NS + "values"):
            for v in list(element):
                if element.get("metric") == metric and v.tag == NS + "v" and not keep({**element.attrib, **v.attrib}, "2026-Q3"):
                    element.remove(v)
    return change


def with_factor(metric, side, factor):
    """This quarter's, of one side or of none, as a multiple of the quarter's before; of 1.1: all the same."""
    def change(facts):
        for element in facts.findall(NS + "values"):
            for v in element:
                said = {**element.attrib, **v.attrib}
                if element.get("metric") != metric or v.tag != NS + "v" or (side and said.get("side") != side):
                    continue
                if factor == 1.1 and said.get("scenario") != "plan":
                    v.text = element[0].text
                elif factor != 1.1 and said.get("period") == "2026-Q3":
                    v.text = "%.0f" % (float(v.text) * factor)
    return change


CONTEXT = re.compile(r"item=[\"']\.|<(?:t|n|b?y|mark|number) (?:field|show)=|field\(|'\.'|\bis\(|<n/>")


def plain_topics(library):
    """Topics that say the same wherever they stand; the others are about a record or metric that the layout gives them."""
    bound = set()
    for path in (ROOT / "library/snippets/en").glob("*.xml"):
        for topic in re.finditer(r'<topic id="([^"]*)".*?</topic>', path.read_text(), re.S):
            for snippet in re.finditer(r"<snippet [^>]*>.*?</snippet>", topic.group(0), re.S):
                text = re.sub(r"<(list|drivers) .*?</\1>", "", snippet.group(0), flags=re.S)
                if " each=" not in snippet.group(0).split(">")[0] and CONTEXT.search(text):
                    bound.add(topic.group(1))
    return sorted({t for t, _ in library} - bound)


def move(facts):
    """What is told of the third quarter alone is told of the second."""
    for element in facts:
        told = "2026-Q2" in "".join(v.get("period", "") for v in element)
        for one in [element, *element]:
            period = one.get("period", "")
            if not told and period[:7] in ("2026-Q3", "2025-Q3"):
                one.set("period", period.replace("-Q3", "-Q2"))


def answer(facts, n):
    """Each ask of the quarter that was closed says what became of it."""
    for ask in (one for asks in facts.findall(NS + "asks") for one in asks):
        ask.set("state", n.one_of(["asked", "granted", "part", "deferred", "refused", "done"]))
        if ask.get("state") in ("granted", "part") and n.chance(50):
            ask.set("decided-on", "2026-09-01")


class Project:
    def __init__(self, work, topics, lang="en-GB", take=" take=\"0\""):
        self.lang = lang
        self.work, self.briefing, self.closed = work, work / "emea/briefing.xml", work / "emea/closed.xml"
        for name in ("company.xml", "catalogue.xml", "shared.xml"):
            (work / name).write_text(self.told_in((ROOT / "samples/northwind" / name).read_text()))
        company = (work / "company.xml").read_text()
        (work / "company.xml").write_text(company.replace('\t<use href="narrative.xml"/>\n', '\t<use href="benchmarks.xml"/>\n'))
        (work / "emea").mkdir()
        (work / "layouts").mkdir()
        slots = "".join(f'<narrative slot="x-{i}" topic="{t}"{take}/>' for i, t in enumerate(topics))
        (work / "layouts/all.xml").write_text(
            '<layout xmlns="urn:entente" version="1" id="all" extends="quarterly">'
            '<words lang="en"><word id="section-all">All</word></words><words lang="de"><word id="section-all">Alles</word></words>'
            + "".join(f'<section id="{s}" one-page="no"/>' for s in ("summary", "views", "money", "ask", "outcomes", "risks"))
            + f'<section id="all" title="section-all" master="first" notes="yes">{slots}'
            '<exhibit slot="all-risks" title="section-all" source="pulse" if="records" if-value="risk-change"><table><rows each="risk-change"/>'
            '<column head="risk" topic="risk-moved" width="1"/><column head="reading" topic="risk-direction" width="1"/></table></exhibit></section></layout>')
        (work / "layouts/words.xml").write_text(
            '<layout xmlns="urn:entente" version="1" id="words" extends="base">'
            '<words lang="en"><word id="section-all">All</word></words><words lang="de"><word id="section-all">Alles</word></words>'
            f'<section id="all" title="section-all" master="first">{slots}</section></layout>')
        self.catalogue = (work / "catalogue.xml").read_text()
        tree.register_namespace("", "urn:entente")
        self.facts = self.told_in((ROOT / "samples/northwind/emea/facts.xml").read_text())
        self.budget = (ROOT / "samples/northwind/emea/budget.csv").read_text()

    def told_in(self, text):
        """Its labels are those of the sample in any language: the sentences around them are what counts."""
        return text.replace('lang="en"', f'lang="{self.lang[:2]}"')

    def earlier(self, seed, can_be, wanted, change=None):
        """The quarter before, closed from other figures; from those that a change makes of its own for it."""
        self.closed.unlink(missing_ok=True)
        if wanted:
            self.write(0 if change else seed * 7 + 1, can_be, "", change, period="2026-Q2")
            run(self.program, "close", self.briefing, "-o", self.closed)

    def write(self, seed, can_be, closed, change=None, period="2026-Q3"):
        n = Numbers(seed)
        facts = tree.fromstring(self.facts)
        before = ids(facts)
        if change:
            change(facts)
            settle(facts, before)
        if seed:
            vary(n, facts, can_be)
        if seed % 2:  # cuts are worked out of the budget lines, whose amounts are then left alone
            for cuts in facts.findall(NS + "cuts"):
                facts.remove(cuts)
        budget = getattr(change, "budget", None)
        if period < "2026-Q3":
            move(facts)
        if closed and not hasattr(change, "earlier"):
            answer(facts, n)
        (self.work / "catalogue.xml").write_text(self.catalogue.replace("</catalogue>", getattr(change, "catalogue", "") + "</catalogue>"))
        (self.work / "emea/budget.csv").write_text(budget(self.budget) if budget else vary_budget(n, self.budget) if seed % 2 else self.budget)
        (self.work / "emea/facts.xml").write_text(tree.tostring(facts, encoding="unicode"))
        self.brief(period, closed, change)

    def brief(self, period, closed, change=None):
        earlier = f'<closed href="{closed}"/>' if closed else ""
        meeting, layout = getattr(change, "meeting", "2026-10-14"), getattr(change, "layout", "all")
        (self.work / "benchmarks.xml").write_text(
            '<benchmarks xmlns="urn:entente" version="1">' + getattr(change, "benchmarks", "") + "</benchmarks>")
        (self.work / "emea/briefing.xml").write_text(
            f'<briefing xmlns="urn:entente" version="1" unit="emea" period="{period}" lang="{self.lang}" layout="{layout}">'
            f'<meeting date="{meeting}" minutes="45"/>{earlier}<use href="../company.xml"/><use href="facts.xml"/></briefing>')


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
