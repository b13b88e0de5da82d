"""Units whose figures are made to trip sentences: nothing, all of it, equal ones, steps too small to print, growth beyond all measure, signs
that turn, ranks that are tied, sides and periods that are missing. The same on every machine."""
import csv
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "snippets"))
from variants import NS, Project, answer, choices, ids, move, plain_topics, settle, snippets, tree, vary_records  # noqa: E402
from variants import Numbers, run  # noqa: E402

SIDES, NOW, AGO, PREVIOUS = ("cio", "cmo"), "2026-Q3", "2025-Q3", "2026-Q2"
SHARES = {"aligned": "pulse", "confident": "pulse", "leadership": "pulse"}


def values_of(facts, metric, scenario=None):
    for element in facts.findall(NS + "values"):
        for v in element.findall(NS + "v"):
            said = {**element.attrib, **v.attrib}
            if said.get("metric") == metric and (scenario is None or said.get("scenario", "actual") == scenario):
                yield element, v, said


def drop(facts, metric, which):
    for element, v, said in list(values_of(facts, metric)):
        if which(said):
            element.remove(v)


def put(v, number, places=0):
    v.text = f"{number:.{places}f}"


# ---- answers of those asked ----

def answers(n, facts, name):
    """Yes of asked, by a way of its own for each side."""
    how = n.below(8)
    for side in SIDES:
        asked = n.one_of((22, 19, 5, 3, 40)) if how > 1 else 20
        yes, way = n.below(asked + 1), n.one_of(("walk", "same", "none", "all", "flip", "any"))
        more = n.chance(40)
        for _, v, said in values_of(facts, name + "-asked"):
            if said["side"] == side:
                put(v, asked + (n.below(3) if more and said["period"] == NOW else 0))  # one more to ask is less than one answer
        for at, (_, v, said) in enumerate((_, v, said) for _, v, said in values_of(facts, name + "-yes") if said["side"] == side):
            yes = {"walk": max(0, min(asked, yes + n.below(3) - 1)), "same": yes, "none": 0, "all": asked,
                   "flip": asked - yes if at else yes, "any": n.below(asked + 1)}[way]
            put(v, yes)
    lacks = n.below(10)
    gone = {0: lambda s: s["side"] == "cio", 1: lambda s: s["side"] == "cmo", 2: lambda s: s["period"] < NOW,
            3: lambda s: s["period"] == AGO, 4: lambda s: True}.get(lacks)
    if gone and n.chance(50):
        drop(facts, name + "-yes", gone)
        drop(facts, name + "-asked", gone)


def plans(n, facts, metric, about):
    for element, v, said in list(values_of(facts, metric, "plan")):
        how = n.below(5)
        if how == 0:
            element.remove(v)
        elif how < 4:
            put(v, max(0, min(about[1], about[0] + n.one_of((-30, -4, -1, 0, 0, 1, 4, 30)))))


def mean_share(facts, name):
    of = {}
    for end in ("-yes", "-asked"):
        for _, v, said in values_of(facts, name + end):
            if said.get("period") == NOW:
                of[said["side"], end] = float(v.text)
    shares = [100 * of[s, "-yes"] / of[s, "-asked"] for s in SIDES if of.get((s, "-asked"))]
    return round(sum(shares) / len(shares)) if shares else 50


# ---- scores, ratings, days, money ----

def scores(n, facts):
    how = n.below(9)
    base = [n.below(101) / 10 for _ in range(3)]
    before = {}
    for _, v, said in sorted(values_of(facts, "priority-score"), key=lambda x: x[2]["period"]):
        key = said["item"], said["side"]
        tiny = n.one_of((-0.1, 0, 0.1))
        fresh = {0: base[0], 1: base[0] if said["side"] == "cio" else base[1], 2: float(v.text), 3: n.below(101) / 10,
                 4: float(v.text), 5: n.one_of(base), 6: float(v.text), 7: 10 if said["side"] == "cio" else 0, 8: 0}[how]
        if how == 2 and said["period"] == NOW:
            fresh = before.get(key, fresh)
        if how == 4 and said["period"] == NOW:
            fresh = max(0, min(10, before.get(key, fresh) + tiny))
        if how == 6 and said["period"] == NOW:
            fresh = before.get((said["item"], "cmo" if said["side"] == "cio" else "cio"), fresh)
        before[key] = fresh
        put(v, fresh, 1)
    lacks = n.below(8)
    gone = {0: lambda s: s["period"] == AGO, 1: lambda s: s["side"] == "cio", 2: lambda s: True,
            3: lambda s: s["item"] in ("keep-dates", "privacy"), 4: lambda s: s["period"] == AGO and s["item"] == "one-view"}.get(lacks)
    if gone:
        drop(facts, "priority-score", gone)


def ratings(n, facts):
    how, one = n.below(4), n.below(5)
    for _, v, said in values_of(facts, "step-rating", "actual"):
        put(v, one if how == 0 else n.below(5) if how < 3 else float(v.text))
    if n.chance(15):
        drop(facts, "step-rating", lambda s: s["side"] == "cmo" and n.chance(60))


def days(n, facts):
    for metric in ("wait-time", "build-time"):
        how, last = n.below(7), None
        for _, v, said in values_of(facts, metric):
            number = float(v.text)
            last = number if last is None else last
            put(v, {0: 0, 1: last, 2: number + n.below(3) - 1, 3: 1 + n.below(2), 4: number * (50 if said["period"] == NOW else 1), 5: number,
                    6: 80 - number}[how])
    if n.chance(20):
        drop(facts, n.one_of(("wait-time", "build-time")), n.one_of((lambda s: s["period"] == AGO, lambda s: True, lambda s: s["period"] == NOW)))
    now = [float(v.text) for m in ("wait-time", "build-time") for _, v, s in values_of(facts, m) if s["period"] == NOW]
    plans(n, facts, "lead-time", (sum(now), 99999))


def purchases(n, facts):
    how = n.below(6)
    for side in SIDES:
        for period in ("2026-Q3-YTD", "2025-Q3-YTD"):
            whole = n.one_of((28, 24, 1, 7, 300))
            joint = {0: 0, 1: whole, 2: whole // 2}.get(how, n.below(whole + 1))
            for metric, number in (("purchases", whole), ("purchases-joint", joint)):
                for _, v, said in values_of(facts, metric):
                    if (said["side"], said["period"]) == (side, period):
                        put(v, number)
    if how == 4:
        for _, v, said in values_of(facts, "purchases"):
            put(v, 24)
        for _, v, said in values_of(facts, "purchases-joint"):
            put(v, 12)
    if n.chance(15):
        gone = n.one_of((lambda s: s["period"] < "2026", lambda s: s["side"] == "cmo", lambda s: True))
        drop(facts, "purchases", gone)
        drop(facts, "purchases-joint", gone)
    plans(n, facts, "joint-purchases", (50, 100))
    for _, v, said in values_of(facts, "requests"):
        if said["period"] == NOW and n.chance(25):
            put(v, 1)


def returns(n, facts):
    how = n.below(7)
    for metric, scenario in (("benefit", "plan"), ("benefit", "actual"), ("initiative-cost", None)):
        for _, v, said in values_of(facts, metric, scenario):
            number = float(v.text)
            if metric == "benefit" and scenario == "actual":
                number = {0: 0, 1: number, 2: number * n.one_of((0.5, 0.996, 1.004, 1.6)), 3: 400000, 4: number * 3, 5: number, 6: 499999}[how]
            elif metric == "benefit":
                number = {3: 500000, 6: 500000}.get(how, number)
            put(v, number)
    if n.chance(15):
        drop(facts, "benefit", lambda s: s.get("scenario") != "plan" and n.chance(60))
    for metric in ("stress-net",):
        way = n.below(5)
        for _, v, said in values_of(facts, metric):
            put(v, {0: 0, 1: -4000, 2: 500000, 3: float(v.text), 4: -float(v.text)}[way])


def budget(n, text):
    rows = list(csv.reader(io.StringIO(text)))
    how, line = n.below(13), 1 + n.below(len(rows) - 1)
    for at, row in enumerate(rows[1:], 1):
        amounts = {i: int(row[i]) for i in range(4, 10) if row[i]}
        if how == 0:
            amounts[9] = amounts.get(8, 0)                      # asks for what is forecast
        elif how == 1:
            amounts[9] = amounts.get(8, 0) + (n.below(5) - 2)   # by thousands, which do not print
        elif how == 2:
            amounts[9] = amounts.get(9, 0) * 40
        elif how == 3:
            amounts = {i: 0 for i in amounts}
        elif how == 4:
            amounts[6] = amounts.get(5, 0)                      # as planned in each line
        elif how == 5:
            amounts[6] = amounts.get(5, 0) + {1: 100, 2: -100}.get(at, 0)
        elif how == 6:
            amounts = {i: 1000 for i in amounts}
        elif how == 7 and at == line:
            amounts = {i: -a for i, a in amounts.items()}
        elif how == 8 and at == line:
            amounts[6], amounts[9] = amounts.get(5, 0) + 900, amounts.get(8, 0) + 3000
        elif how == 9:
            amounts[9] = amounts.get(9, 0) // 2
            amounts[6] = amounts.get(6, 0) // 3
        elif how == 10:
            amounts[6] = amounts.get(5, 0) + n.one_of((-4, 0, 4))
        elif how == 11:
            amounts.pop(n.one_of((4, 5, 6, 9)), None)
        for i in range(4, 10):
            row[i] = str(amounts[i]) if i in amounts else ""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


# ---- lists ----

def lists(n, facts, can_be):
    for element in list(facts):
        if element.tag in (NS + "values", NS + "table", NS + "source", NS + "payers") or not len(element):
            continue
        if n.chance(30):
            vary_records(n, element, can_be)
        keep = n.one_of((None, None, None, 0, 1, 2))
        if keep is not None:
            del element[keep:]


class Unit(Project):
    """One unit after another in the same folder."""

    def __init__(self, work, program, lang):
        library = snippets()
        super().__init__(work, plain_topics(library), lang, take="")
        self.program, self.can_be = program, choices()

    def make(self, seed):
        """Its facts, the lines of its budget and, every other time, the file of the quarter before, whose figures are made up likewise."""
        closed = self.earlier_quarter(seed) if seed % 2 else ""
        facts, text = self.files(Numbers(seed + 100000))
        if closed:
            self.tell(facts, Numbers(seed + 300000))
        self.put(facts, text)
        self.brief(NOW, closed)
        return facts, text, self.closed if closed else None

    def earlier_quarter(self, seed):
        facts, text = self.files(Numbers(seed + 200000))
        move(facts)
        self.put(facts, text)
        self.brief(PREVIOUS, "")
        self.closed.unlink(missing_ok=True)
        run(self.program, "close", self.briefing, "-o", self.closed)
        return self.closed.name if self.closed.exists() else ""

    def tell(self, facts, n):
        """What became of each ask of the quarter before: those that are no longer listed have been decided."""
        answer(facts, n)
        told = {ask.get("id") for asks in facts.findall(NS + "asks") for ask in asks}
        for record in tree.parse(self.closed).getroot().iter(NS + "record"):
            if record.get("kind") == "ask" and record.get("id") not in told:
                fields = record.find(NS + "fields").attrib
                decisions = facts.find(NS + "decisions")
                decisions = tree.SubElement(facts, NS + "decisions", source="pulse") if decisions is None else decisions
                tree.SubElement(decisions, NS + "decision", id=record.get("id"), label=record.get("label"),
                                **{"by": fields["by"], "state": n.one_of(("granted", "part", "refused", "done")), "decided-on": "2026-09-0%d" % (1 + n.below(9))})

    def put(self, facts, text):
        (self.work / "emea/budget.csv").write_text(text)
        (self.work / "emea/facts.xml").write_text(tree.tostring(facts, encoding="unicode"))

    def files(self, n):
        facts = tree.fromstring(self.facts)
        before = ids(facts)
        for name in SHARES:
            answers(n, facts, name)
        plans(n, facts, "priority-alignment", (mean_share(facts, "aligned"), 100))
        plans(n, facts, "confidence", (mean_share(facts, "confident"), 100))
        for change in (scores, ratings, days, purchases, returns):
            if n.chance(75):
                change(n, facts)
        lists(n, facts, self.can_be)
        for cuts in facts.findall(NS + "cuts"):
            facts.remove(cuts)
        settle(facts, before)
        return facts, budget(n, self.budget)
