"""A figure of a tile, a table or a chart is what its metric, item, office, period and scenario make of the facts: worked out by facts.py."""
from facts import AGO, D, LAST, NEXT, NOW, PREVIOUS, SIDES, THIS, YTD, YTD_AGO, YTD_PREVIOUS, Apart, rounded

SHARES = {"priority-alignment": "aligned", "confidence": "confident", "leadership": "leadership", "trust": "trust"}
BEFORE = {NOW: (AGO, PREVIOUS), YTD: (YTD_AGO,), NEXT: (THIS, LAST), THIS: (LAST, NEXT)}


def base(f, metric, item, side, period, scenario):
    """What is stated, or made of what is."""
    if metric in SHARES and scenario == "actual":
        return f.share(SHARES[metric], side, period)
    if metric == "joint-purchases" and scenario == "actual":
        return ratio(*(f.value(m, "", side, period) if side else f.of_both(m, period) for m in ("purchases-joint", "purchases")))
    if metric == "spend-outside-it":
        return f.outside(period, scenario)
    if metric == "benefit-realised":
        return f.realised(item or None)
    if metric == "lead-time" and scenario == "actual":
        return f.lead(period)
    if metric == "spend":
        return spend(f, item, period, scenario)
    if metric == "priority-score" and not side:
        return mean_of([f.score(item, s, period) for s in SIDES]) if item else f.mean_gap(period)
    if metric.startswith("option-"):
        return option(f, metric, item, side, period, scenario)
    if metric in ("purchases", "purchases-joint", "aligned-asked", "confident-asked", "leadership-asked") and not side:
        return f.of_both(metric, period)
    if metric == "requests":
        return f.days(metric, period), sum(v for (m, *_), v in f.values.items() if m == metric)
    told = f.value(metric, item, side, period, scenario)
    return told if told is not None or item else sum_of(f, metric, side, period, scenario)


def ratio(part, whole):
    return None if part is None or not whole else 100 * part / whole


def mean_of(numbers):
    return None if None in numbers else sum(numbers) / len(numbers)


def sum_of(f, metric, side, period, scenario):
    told = [v for (m, _, s, p, c), v in f.values.items() if (m, p, c) == (metric, period, scenario) and side in ("", s)]
    return sum(told) if told else None


def spend(f, item, period, scenario):
    if not item:
        return f.spend(period, scenario)
    if f.record("line", item) and f.line(item, period, scenario) is not None:
        return f.line(item, period, scenario)
    return f.spend(period, scenario, item) if f.record("payer", item) else f.spend(period, scenario, None, item)


def option(f, metric, item, side, period, scenario):
    """Over the three years by the last of them."""
    parts = {"option-cash": ("option-capex", "option-opex"), "option-net": ("option-benefit", "option-capex", "option-opex")}.get(metric, (metric,))
    found = set()
    for one in () if item else {i for (m, i, *_) in f.values if m in parts}:
        found |= set(option(f, metric, one, side, period, scenario))
    for periods in ((period,), ("2027", "2028", "2029")):
        told = [(-v if metric == "option-net" and m != "option-benefit" else v) for (m, i, s, p, c), v in f.values.items()
                if m in parts and item in ("", i) and side in ("", s) and p in periods and c == scenario]
        found.add(sum(told) if told else None)
    return tuple(found)


def several(value):
    return [v for v in (value if isinstance(value, tuple) else (value,)) if v is not None]


def compared(f, key):
    """(figure, what it may be compared with)."""
    metric, item, side, period, scenario = key
    nought = [D(0)] if metric == "spend" and item else []  # a line that is not there yet, or is no more
    now = several(base(f, *key)) or nought
    others = several(base(f, metric, item, side, period, "plan")) if scenario != "plan" else []
    for before in BEFORE.get(period, ()):
        for kind in ("actual", "forecast", "plan"):
            others += several(base(f, metric, item, side, before, kind)) or nought
    return [(a, b) for a in now for b in others]


def expected(f, value):
    """Numbers that may be printed for it; None where this does not work them out."""
    key = (value.get("metric", ""), value.get("item", ""), value.get("side", ""), value.get("period", ""), value.get("scenario", ""))
    operation = value.get("operation", "")
    if value.get("source", "").startswith(PREVIOUS + "."):
        return several(f.published.get(key))
    if not key[0] or key[0] in ("stress-net-total", "spend-alone") or not key[4]:
        return None
    if operation in ("", "sum", "ratio") or (operation == "mean"):
        return several(base(f, *key))
    if operation == "difference" and key[0] == "option-net":
        return several(base(f, *key))
    if operation == "gap":
        a, b = (several(base(f, key[0], key[1], s, key[3], key[4])) for s in ("cmo", "cio"))
        return [Apart(x, y) for x in a for y in b]
    if operation == "difference":
        return [Apart(a, b) for a, b in compared(f, key)] + [Apart(b, a) for a, b in compared(f, key)] + since_published(f, key)
    if operation == "change":
        return [c for a, b in compared(f, key) for c in changes(a, b)]
    return None


def since_published(f, key):
    """What a figure differs by from the one that was printed for the quarter before: of the same period, or of the one that took its place."""
    metric, item, side, period, scenario = key
    before = {NOW: PREVIOUS, YTD: YTD_PREVIOUS}.get(period)
    then = [f.published[k] for k in (key, (metric, item, side, before, scenario)) if k in f.published]
    return [Apart(a, b) for a in several(base(f, *key)) for b in then]


def changes(now, then):
    """Per cent, of numbers as they are printed: in ones or in millions, with up to two places; none where one of them is not told."""
    found = []
    if now is None or then is None:
        return found
    for e, places in ((0, 0), (0, 1), (6, 1), (6, 2)):
        a, b = rounded(now.scaleb(-e), places), rounded(then.scaleb(-e), places)
        if b:
            found.append(100 * (a - b) / abs(b))
    return found


