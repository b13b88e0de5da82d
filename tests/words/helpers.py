"""What claims.py asks of a unit beside its values: counts, lists, firsts and lasts."""
import datetime
import re

from figures import base, changes, several
from facts import AGO, D, LAST, NEXT, NOW, PREVIOUS, SIDES, THIS, YTD, YTD_AGO, less, rounded

FIGURE = re.compile("\x01([^\x02]*)\x02")
CONSTANTS = {k: v for k, v in globals().items() if k in ("AGO", "LAST", "NEXT", "NOW", "PREVIOUS", "SIDES", "THIS", "YTD", "YTD_AGO")}


def tenth(number):
    """In millions with one place."""
    return None if number is None else rounded(number.scaleb(-6), 1)


def hundredth(number):
    return None if number is None else rounded(number.scaleb(-6), 2)


class Helpers:
    """f: the facts; states: whether a printed text is a value."""

    def __init__(self, f, states):
        self.f, self.states = f, states

    def went(self, side):
        return self.f.moved("confident", side, PREVIOUS)

    def same(self, side):
        """As printed."""
        return self.f.share("confident", side) == self.f.share("confident", side, PREVIOUS)

    def not_clear(self, name, metric):
        """Off its plan, and by less than one answer."""
        off = self.f.against_plan(metric, self.f.share(name))
        answers = [self.f.worth(name, s) for s in SIDES if self.f.worth(name, s)]
        return off != 0 and abs(off) < min(answers) / len(answers)

    def on_plan(self, metric, name):
        return self.f.against_plan(metric, self.f.share(name)) == 0

    def bounds(self, end):
        """Wilson's, of 95 in a hundred."""
        n = self.f.value("confident-asked", "", "cmo")
        p, z = self.f.value("confident-yes", "", "cmo") / n, D("1.959964")
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        return 100 * (p + z * z / (2 * n) + (half if end else -half)) / (1 + z * z / n)

    # ---- tiles ----

    def tile_now(self, tile, period=None, side=""):
        period = period or (YTD if tile in ("joint-purchases", "spend-outside-it") else NOW)
        found = base(self.f, tile, "", side, period, "actual")
        return found

    def tile_plan(self, tile):
        return base(self.f, tile, "", "", YTD if tile in ("joint-purchases", "spend-outside-it") else NOW, "plan")

    def tile_prior(self, tile):
        return self.tile_now(tile, YTD_AGO if tile in ("joint-purchases", "spend-outside-it") else AGO)

    def tile_status(self, tile):
        """Off plan where it is worse by more than four; one metric is better when lower."""
        off = rounded(self.tile_now(tile)) - rounded(self.tile_plan(tile))
        off = -off if tile == "spend-outside-it" else off
        return "good" if off >= 0 else "watch" if off >= -4 else "bad"

    def tile_change(self, tile, then):
        return changes(self.tile_now(tile), then)

    def limit(self, side):
        return self.f.value("outside-limit", "", side, YTD)

    # ---- ----

    def share_of(self, part, whole):
        return 100 * part / whole if whole else None

    def percent(self, now, then):
        return changes(now, then)

    # ---- scores ----

    def is_widest(self, label):
        gaps = self.f.gaps()
        return gaps.get(self.f.id_of("priority", label)) == max(gaps.values()) > 0

    def growth(self, item):
        return abs(self.f.score_gap(item)) - abs(self.f.score_gap(item, AGO)) if self.f.score_gap(item, AGO) is not None else D(-99)

    def names(self, text, lang):
        return re.split(r", | und " if lang == "de" else r", | and ", text)

    def listed(self, text, lang):
        return {self.f.id_of("priority", name) for name in self.names(text, lang)}

    def rating(self, item):
        both = [self.f.value("step-rating", item, s) for s in SIDES]
        return None if None in both else sum(both)

    def ratings(self):
        return [r for r in (self.rating(s["id"]) for s in self.f.every("partnership-step")) if r is not None]

    # ---- money ----

    def payer_delta(self, label):
        payer = self.f.id_of("payer", label)
        return less(self.f.spend(NEXT, "plan", payer), self.f.spend(THIS, "forecast", payer))

    def payers_right(self, text, lang):
        told = text.split("; ")
        right = all(self.states(FIGURE.search(one).group(1), self.payer_delta(FIGURE.sub("", one).strip())) for one in told)
        return right and len(told) == sum(self.payer_delta(p["label"]) is not None for p in self.f.every("payer"))

    def step_delta(self, label):
        step = self.f.id_of("step", label)
        return less(self.f.spend(NEXT, "plan", None, step), self.f.spend(THIS, "forecast", None, step))

    def line_delta(self, label):
        return self.off_plan(self.f.id_of("line", label))

    def cents(self):
        """What is spent so far less what was planned, as printed."""
        return less(hundredth(self.f.spend(YTD, "actual")), hundredth(self.f.spend(YTD, "plan")))

    def off_plan(self, item):
        return less(self.f.line(item, YTD, "actual"), self.f.line(item, YTD, "plan"))

    def off_row(self, label):
        """Of a line, or of those of one payer, or of all."""
        if self.f.id_of("line", label):
            return self.line_delta(label)
        payer = self.f.id_of("payer", label)
        return less(self.f.spend(YTD, "actual", payer), self.f.spend(YTD, "plan", payer))

    # ---- what a change since a year ago comes from ----

    def since(self):
        """What is spent so far less what was a year ago; of each line that changed, a missing year being nought."""
        now, then = self.f.spend(YTD, "actual"), self.f.spend(YTD_AGO, "actual")
        lines = {r["label"]: (self.f.line(r["id"], YTD, "actual") or 0) - (self.f.line(r["id"], YTD_AGO, "actual") or 0) for r in self.f.every("line")}
        return less(now, then), {label: D(change) for label, change in lines.items() if change}

    def few(self):
        """Those of the largest, three at most, that make four fifths of it; none where they do not."""
        whole, lines = self.since()
        largest, sum_ = [], D(0)
        for label, change in sorted(lines.items(), key=lambda one: -abs(one[1])):
            if change * whole > 0 and abs(sum_) * 100 < 80 * abs(whole) and len(largest) < 3:
                largest.append(label)
                sum_ += change
        return largest if abs(sum_) * 100 >= 80 * abs(whole) else []

    def largest_of_it(self):
        whole, lines = self.since()
        return max(100 * change / whole for change in lines.values())

    def driven_right(self, text, lang):
        whole, lines = self.since()
        drivers, *offsets = text.split("; teils aufgewogen durch " if lang == "de" else "; partly offset by ")
        named = [re.findall("(?:^|, | and | und )([^\x01]*?) \\(\x01([^\x02]*)\x02\\)", part) for part in (drivers, *offsets)]
        right = all(self.states(figure, lines[label]) for part in named for label, figure in part)
        return right and {label for label, _ in named[0]} == set(self.few()) and all(lines[label] * whole < 0 for part in named[1:] for label, _ in part)

    def any_line_off(self):
        return any(self.off_plan(r["id"]) for r in self.f.every("line"))

    def beyond(self, because=True):
        """Lines beyond fifty thousand and five per cent of their plan."""
        found = []
        for r in self.f.every("line"):
            off = self.off_plan(r["id"])
            if off is not None and (r["why"] or not because) and abs(off) >= 50000 and abs(off) * 100 >= 5 * self.f.line(r["id"], YTD, "plan"):
                found.append(r["label"])
        return found

    def limits_right(self, text, lang):
        """Each with its figure, the largest first; none left out."""
        told = re.findall("(?:^|; )([^\x01;]*?) \x01([^\x02]*)\x02", text)
        sizes = [abs(self.line_delta(label)) for label, _ in told]
        return ({label for label, _ in told} == set(self.beyond()) and sizes == sorted(sizes, reverse=True) and
                all(self.states(figure, self.line_delta(label)) for label, figure in told))

    def sum_of(self, metric, period):
        return sum((v for (m, _, _, p, _), v in self.f.values.items() if (m, p) == (metric, period)), D(0))

    def returned(self, label):
        return rounded(self.f.realised(self.f.id_of("initiative", label)))

    def of_row(self, row):
        """Of an initiative, or of all."""
        return self.returned(row) if self.f.id_of("initiative", row) else rounded(self.f.realised())

    def because(self, why):
        return next(i["id"] for i in self.f.every("initiative") if i.get("why") == why)

    def returns(self):
        return [r for r in (rounded(self.f.realised(i["id"])) for i in self.f.every("initiative")) if r is not None]

    # ---- records ----

    def direct_unlinked(self):
        outside = {p["id"] for p in self.f.every("payer", outside="yes")}
        return D(sum(s.get("payer") in outside for s in self.f.every("system", link="none")))

    def listed_systems(self, text, lang):
        return {n.lower() for n in self.names(text, lang)} == {s["label"].lower() for s in self.f.every("system", personal="yes", retained="no")}

    def number_in(self, kind, label, field):
        """As it stands there; what an effect moves stands among the values where it does not."""
        record = self.f.record(kind, self.f.id_of(kind, label))
        return self.f.days(record["metric"]) if field == "now" and field not in record else D(record[field])

    def asked(self, field):
        """Of the decision that has the options, or the gate."""
        of = {o.get("ask") for o in [*self.f.every("option"), *self.f.every("gate")]}
        at, ask = next((i, a) for i, a in enumerate(self.f.every("ask"), 1) if a["id"] in of)
        return D(at) if field == "index" else D(ask[field])

    def recommends(self, label):
        return any(o["label"].lower() == label.lower() for o in self.f.every("option", recommended="yes"))

    def cash(self, option):
        told = [v for (m, i, _, p, s), v in self.f.values.items() if m in ("option-capex", "option-opex") and (i, p, s) == (option, NEXT, "plan")]
        return sum(told) if told else None

    def cash_right(self, text, lang):
        told = re.findall("(?:^|, )([^\x01,]*?) \x01([^\x02]*)\x02", text)
        return bool(told) and all(self.states(figure, self.cash(self.f.id_of("option", label))) for label, figure in told)

    def stresses(self):
        return [v for v in (self.f.value("stress-net", s["id"], "", "2026") for s in self.f.every("stress")) if v is not None]

    def applying(self):
        """Rules whose own condition holds for the ask that has the options."""
        return D(sum(self.applies(r) for r in self.f.every("sign-rule")))

    def applies(self, rule):
        if "when" not in rule:
            return False
        name, sign, wanted = re.match(r"([\w-]+)(=|<|>)(.*)", rule["when"]).groups()
        ask = next((a for a in self.f.every("ask") if a["id"] == "cdp"), {})
        told = ask.get(name, "no" if sign == "=" else None)
        if told is None:
            return False
        return told == wanted if sign == "=" else D(told) < D(wanted) if sign == "<" else D(told) > D(wanted)

    def late_by(self, label):
        """Days from the date it was due to the meeting."""
        due = next(c["due"] for c in self.f.every("commitment") if c["label"] == label)
        return D((datetime.date(2026, 10, 14) - datetime.date.fromisoformat(due)).days)

    def owned(self):
        return all(r.get("owner") for r in self.f.every("ask-risk"))

    def gated(self, field):
        return D(self.f.every("gate")[0][field])

    def acting(self):
        return self.f.count("risk-cell", level="act")

    # ---- what changed since the quarter before ----

    def changed(self, what):
        """As worked out by changes.py."""
        return D(self.f.changed[what])

    def asked_then(self, what):
        """Asks that were decided, are still open, are new."""
        then, now = self.f.was.get("ask", {}), {a["id"]: a for a in self.f.every("ask")}
        open_now = [i for i, a in now.items() if a.get("state", "asked") in ("asked", "deferred")]
        told = {"new": [i for i in now if i not in then], "open": [i for i in open_now if i in then], "all": {*then, *now}}
        return D(len(told[what] if what in told else [i for i in then if i not in open_now]))

    def amount_of(self, ask):
        """Of today, else as it was asked then."""
        now, then = self.f.every("ask"), self.f.was.get("ask", {}).values()
        return next((D(a["amount"]) for a in [*now, *then] if a["label"] == ask and "amount" in a), None)

    def decided(self):
        return self.f.count("decision", state=("granted", "part", "done"))

    def risks_then(self, what):
        levels = ("low", "watch", "high", "act")
        now = {f"{r['type']}.{r['group']}": r["level"] for r in self.f.every("risk-cell")}
        then = {i: r["level"] for i, r in self.f.was.get("risk-cell", {}).items()}
        both = [levels.index(now[i]) - levels.index(then[i]) for i in now if i in then]
        return D({"higher": sum(b > 0 for b in both), "lower": sum(b < 0 for b in both), "changed": sum(b != 0 for b in both) + len(now.keys() ^ then.keys()),
                  "all": len(now.keys() | then.keys())}[what])

    def move(self, figure, published):
        """Whether something was published so; what it is now is held by its key."""
        return [v for v in self.f.published.values()] if published else [v for k in self.f.published for v in self.now_of(k)]

    def now_of(self, key):
        metric, item, side, period, scenario = key
        later = {PREVIOUS: NOW, "2026-Q2-YTD": YTD}.get(period, period)
        try:
            return [v for p in (period, later) for v in several(base(self.f, metric, item, side, p, scenario))]
        except (KeyError, TypeError, ArithmeticError):
            return []

    def done(self):
        return self.state("done")

    def state(self, state):
        return self.f.count("commitment", state=state)

    def due(self):
        return D(sum(p.get("outcome", "open") != "open" for p in self.f.every("prediction")))

    def holding(self):
        return self.f.count("prediction", outcome=("held", "here"))


def names_of(facts, states, lang):
    """All that a claim can name."""
    helpers = Helpers(facts, states)
    names = {k: getattr(facts, k) for k in dir(facts) if not k.startswith("_")} | {k: getattr(helpers, k) for k in dir(helpers) if not k.startswith("_")}
    return {**CONSTANTS, **names, "D": D, "rounded": rounded, "less": less, "tenth": tenth, "hundredth": hundredth, "lang": lang, "f": facts,
            "labels": {r.get("label") for records in facts.records.values() for r in records}}


