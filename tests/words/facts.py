"""What the facts of a generated unit say, read and worked out here, on its own: no number of the program's is used."""
import csv
import decimal
import io
import math
import xml.etree.ElementTree as tree

D = decimal.Decimal
NS = "{urn:entente}"
NOW, AGO, PREVIOUS, YTD, YTD_AGO = "2026-Q3", "2025-Q3", "2026-Q2", "2026-Q3-YTD", "2025-Q3-YTD"
YTD_PREVIOUS = "2026-Q2-YTD"
LAST, THIS, NEXT = "2025", "2026", "2027"
SIDES = ("cio", "cmo")
COLUMNS = {"Jan-Sep 2025 actual": (YTD_AGO, "actual"), "Jan-Sep 2026 plan": (YTD, "plan"), "Jan-Sep 2026 actual": (YTD, "actual"),
           "2026 plan": (THIS, "plan"), "2026 forecast": (THIS, "forecast"), "2027 request": (NEXT, "plan")}
WEIGHTS = {"low": 1, "watch": 2, "high": 3, "act": 4}


def rounded(number, places=0):
    return None if number is None else number.quantize(D(1).scaleb(-places), decimal.ROUND_HALF_UP)


class Apart(D):
    """A difference, which is printed as that of two printed numbers."""

    def __new__(cls, a, b):
        self = super().__new__(cls, a - b)
        self.a, self.b = a, b
        return self


def less(a, b):
    return None if a is None or b is None else Apart(a, b)


class Facts:
    def __init__(self, roots, budget, closed=None):
        """closed: the tree of the file of the quarter before."""
        self.values, self.records, self.published, self.was = {}, {}, {}, {}
        for root in roots:
            self.read(root)
        self.lines = list(csv.DictReader(io.StringIO(budget)))
        self.records["line"] = [{"id": r["Id"], "label": r["Line"], "payer": r["Payer"], "step": r["Step"], "why": r["Why"]} for r in self.lines]
        for r in self.lines:
            for column, (period, scenario) in COLUMNS.items():
                if r[column]:
                    self.values["spend", r["Id"], "", period, scenario] = D(r[column]) * 1000

        if closed is not None:
            self.read_closed(closed)

    def read_closed(self, root):
        """Figures as they were published, and records as they were."""
        for figure in root.iter(NS + "figure"):
            if figure.get("cell") == "yes":
                self.published[tuple(figure.get(k, "") for k in ("metric", "item", "side", "period", "scenario"))] = D(figure.get("value"))
        for record in root.iter(NS + "record"):
            fields = record.find(NS + "fields").attrib
            self.was.setdefault(record.get("kind"), {})[record.get("id")] = {**fields, "label": record.get("label", "")}

    def read(self, root):
        for element in root:
            for one in element:
                kind = one.tag[len(NS):]
                if kind == "v":
                    said = {**element.attrib, **one.attrib}
                    key = (said["metric"], said.get("item", ""), said.get("side", ""), said["period"], said.get("scenario", "actual"))
                    self.values[key] = D(one.text)
                elif kind not in ("label", "column"):
                    label = one.find(NS + "label")
                    self.records.setdefault(kind, []).append({"label": "" if label is None else label.text, **one.attrib})

    # ---- values ----

    def value(self, metric, item="", side="", period=NOW, scenario="actual"):
        return self.values.get((metric, item, side, period, scenario))

    def ratio(self, name, side, period=NOW):
        yes, asked = self.value(name + "-yes", "", side, period), self.value(name + "-asked", "", side, period)
        return None if yes is None or not asked else 100 * yes / asked

    def share(self, name, side="", period=NOW):
        """Of one office as printed; of both the mean of what is printed, which is none where one was not asked."""
        if side:
            return rounded(self.ratio(name, side, period))
        both = [self.share(name, s, period) for s in SIDES]
        return None if None in both else rounded(sum(both) / len(both))

    def gap(self, name, period=NOW):
        return less(self.share(name, "cmo", period), self.share(name, "cio", period))

    def worth(self, name, side, period=NOW):
        asked = self.value(name + "-asked", "", side, period)
        return 100 / asked if asked else None

    def moved(self, name, side="", since=AGO):
        """1, -1, or 0 where it moved by less than one answer, or not as printed; the same people are asked each time. A mean is of what is
        printed of each office, and is not rounded before it is held against the other."""
        now, then = self.share(name, side), self.share(name, side, since)
        if now is None or then is None:
            return None
        sides = (side,) if side else SIDES
        answers = [self.worth(name, s, p) / len(sides) for s in sides for p in (NOW, since) if self.worth(name, s, p)]
        exact = [[self.ratio(name, s, p) if side else self.share(name, s, p) for s in sides] for p in (NOW, since)]
        apart = (sum(exact[0]) - sum(exact[1])) / len(sides)
        return 0 if not answers or abs(apart) < min(answers) - D("0.000001") else (now > then) - (now < then)

    def against_plan(self, metric, number, period=NOW):
        return less(number, self.value(metric, "", "", period, "plan"))

    def joint_purchases(self, period=YTD):
        whole, both = self.of_both("purchases", period), self.of_both("purchases-joint", period)
        return None if whole is None or both is None or not whole else 100 * both / whole

    def of_both(self, metric, period):
        told = [self.value(metric, "", s, period) for s in SIDES]
        told = [t for t in told if t is not None]
        return sum(told) if told else None

    def spend(self, period, scenario, payer=None, step=None):
        told = [v for (metric, item, _, p, s), v in self.values.items() if metric == "spend" and (p, s) == (period, scenario) and
                self.is_of(item, payer, step)]
        return sum(told) if told else None

    def is_of(self, item, payer, step):
        line = next((r for r in self.records["line"] if r["id"] == item), None)
        return (payer is None or payer in (item, line and line["payer"])) and (step is None or (line and line["step"] == step))

    def line(self, item, period, scenario):
        return self.value("spend", item, "", period, scenario)

    def outside(self, period, scenario):
        part, whole = self.spend(period, scenario, "direct"), self.spend(period, scenario)
        return 100 * part / whole if whole and part is not None else None

    def days(self, metric, period=NOW):
        return self.value(metric, "", "", period)

    def lead(self, period=NOW):
        parts = [self.days("wait-time", period), self.days("build-time", period)]
        return None if None in parts else sum(parts)

    def benefit(self, scenario="actual", item=None):
        told = [v for (metric, i, _, p, s), v in self.values.items() if (metric, p, s) == ("benefit", NOW, scenario) and item in (None, i)]
        return sum(told) if told else None

    def realised(self, item=None):
        now, plan = self.benefit("actual", item), self.benefit("plan", item)
        return None if now is None or not plan else 100 * now / plan

    # ---- scores ----

    def score(self, item, side, period=NOW):
        return self.value("priority-score", item, side, period)

    def score_gap(self, item, period=NOW):
        return less(self.score(item, "cmo", period), self.score(item, "cio", period))

    def gaps(self, period=NOW):
        found = {r["id"]: self.score_gap(r["id"], period) for r in self.records["priority"]}
        return {k: abs(v) for k, v in found.items() if v is not None}

    def mean_gap(self, period=NOW):
        gaps = self.gaps(period)
        return sum(gaps.values()) / len(gaps) if gaps else None

    def place(self, item, side):
        """From 1; those that are equal share the best place."""
        mine = self.score(item, side)
        return 1 + sum(self.score(r["id"], side) > mine for r in self.records["priority"] if self.score(r["id"], side) is not None)

    def agreement(self):
        items = list(self.gaps())
        a, b = ([self.score(i, s) for i in items] for s in SIDES)
        x, y = ([2 * sum(o > v for o in of) + sum(o == v for o in of) - len(of) for v in of] for of in (a, b))
        below = math.sqrt(sum(p * p for p in x) * sum(q * q for q in y))
        return D(sum(p * q for p, q in zip(x, y)) / below) if below else None

    # ---- records ----

    def every(self, kind, **wanted):
        """A yes that is not said is a no."""
        return [r for r in self.records.get(kind, ())
                if all(r.get(k, "no" if v in ("yes", "no") else None) in (v if isinstance(v, tuple) else (v,)) for k, v in wanted.items())]

    def count(self, kind, **wanted):
        return D(len(self.every(kind, **wanted)))

    def id_of(self, kind, label):
        """Of the record with that label; a sentence may begin it with another case."""
        return next((r["id"] for r in self.records.get(kind, ()) if r["label"].lower() == label.lower()), None)

    def record(self, kind, item):
        return next((r for r in self.records.get(kind, ()) if r["id"] == item), {})
