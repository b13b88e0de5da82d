"""What only some figures together bring about, or a company that the sample is not: each a function of the facts."""
import re
import xml.etree.ElementTree as tree

from variants import BUDGETS, NS, ROOT, as_before, both, with_budget, with_choice, with_list, with_more, with_one_at, with_text, without, without_field


def several(*changes):
    made = changes[0]
    for one in changes[1:]:
        made = both(made, one)
    return made


def nothing(facts):
    """As the sample is."""


def marked(change, **marks):
    """layout: of sentences alone; catalogue: what the company's own adds; earlier: what the quarter before had; closed: there was one."""
    def marking(facts):
        change(facts)
    vars(marking).update({**vars(change), **marks})
    return marking


def alone(*changes):
    """In a layout of sentences alone, which asks for no exhibit's figures."""
    return marked(several(*changes), layout="words")


# ---- from one quarter to the next ----

def still(facts):
    """Nothing moved since the quarter before."""
    for element in facts.findall(NS + "values"):
        told = {(v.get("item"), v.get("side")): v.text for v in element if v.get("period") == "2026-Q3" and not v.get("scenario")}
        for v in element:
            if v.get("period") == "2026-Q2":
                v.text = told.get((v.get("item"), v.get("side")), v.text)


def still_asked(facts):
    for ask in (one for asks in facts.findall(NS + "asks") for one in asks):
        ask.set("state", ask.get("state", "asked"))


def after(now, then=nothing):
    return marked(several(still, now, still_asked), earlier=both(still, then), closed=True)


def decided(state, only=0):
    def change(facts):
        for asks in facts.findall(NS + "asks"):
            asks[only].set("state", state)
            asks[only].set("decided-on", "2026-09-01")
    return change


def noted(metric, period, number):
    """A value of an earlier quarter that is told anew, with the reason."""
    def change(facts):
        for element in facts.findall(NS + "values"):
            for v in element:
                if element.get("metric") == metric and v.get("period") == period:
                    v.text, note = str(number), v.set("note", "counted twice")
                    assert note is None
    return change


def log(*decisions):
    def change(facts):
        listed = tree.SubElement(facts, NS + "decisions", source="decisions")
        for at, said in enumerate(decisions):
            tree.SubElement(listed, NS + "decision", id=f"d{at}", label=f"Decision {at}", **said)
    return change


def asked(**said):
    def change(facts):
        listed = tree.SubElement(facts, NS + "questions", source="decisions")
        tree.SubElement(listed, NS + "question", id="q", label="Who pays?", **said)
    return change


def stated(metric):
    """The shares of both offices are told, not what they are made of."""
    def change(facts):
        values = tree.SubElement(facts, NS + "values", metric=metric, source="pulse")
        for side in ("cio", "cmo"):
            tree.SubElement(values, NS + "v", period="2026-Q3", side=side).text = "50"
    return change


def with_line(fields):
    """Of the budget: columns of some of its lines."""
    return with_budget_kept(lambda c, at: c | fields.get(at, {}))


def with_budget_kept(how):
    """As with_budget, and the cuts stay."""
    changed = with_budget(how)
    return marked(nothing, budget=changed.budget)


def benchmark_without(id):
    """The library's benchmark, in words alone."""
    made = re.search(rf'<benchmark id="{id}" .*?</benchmark>', (ROOT / "library/benchmarks.xml").read_text(), re.S).group(0)
    return re.sub(r' value="[^"]*"', ' shown="some"' if " shown=" not in made else "", made)


def kind_without(kind, *fields):
    """The library's kind, with fields that need not be told."""
    text = (ROOT / "library/catalogue.xml").read_text()
    made = re.search(rf'<kind id="{kind}" .*?</kind>', text, re.S).group(0)
    for field in fields:
        made = re.sub(rf'(<field id="{field}"[^>]*?) required="yes"', r"\1", made)
    return made


def without_attribute(tag, field):
    def change(facts):
        for one in (one for element in facts.findall(NS + tag) for one in element):
            one.attrib.pop(field, None)
    return change


MORE_WAIT = with_text("wait-time", {"period": "2026-Q3"}, 60)
NO_VALUES = ("priority-score", "aligned-yes", "aligned-asked", "priority-alignment", "confident-yes", "confident-asked", "confidence", "leadership-yes",
             "leadership-asked", "purchases", "purchases-joint", "joint-purchases", "wait-time", "build-time", "lead-time", "spend")


def silence(*metrics):
    return several(*[without(metric) for metric in metrics])


def directed():
    """What only some figures together bring about."""
    asks = with_list(NS + "asks", 1)
    return [
        both(asks, with_text("priority-alignment", {"scenario": "plan"}, 83)),
        both(asks, with_text("priority-alignment", {"scenario": "plan"}, 95)),
        both(asks, without("priority-alignment")),
        both(without("aligned-yes"), both(without("priority-alignment"), asks)),
        both(with_text("aligned-yes", {"side": "cio"}, 19), with_text("aligned-yes", {"side": "cmo"}, 13)),
        both(as_before("wait-time", False), as_before("build-time", False)),
        with_one_at("risk-cells", "level", "act", "watch"),
        both(with_one_at("risk-cells", "level", "act", "watch"), with_list(NS + "commitments", 0)),
        both(with_budget(BUDGETS[1]), without("spend")),
        both(with_budget(BUDGETS[2]), without("spend")),
        both(without("priority-score"), without("aligned-yes")),
        both(both(without("priority-score"), without("aligned-yes")), without("priority-alignment")),
        both(with_choice(NS + "predictions", "outcome", "open"), with_choice(NS + "predictions", "remark", "so it is")),
        both(with_choice(NS + "predictions", "outcome", "held"), with_choice(NS + "predictions", "remark", "so it is")),
        both(without_field(NS + "initiatives", "why"), without("benefit")),
        both(with_list(NS + "initiatives", 0), with_list(NS + "systems", 0)),
        both(with_text("confident-yes", {"side": "cio", "period": "2026-Q3"}, 9), with_text("confident-yes", {"side": "cmo", "period": "2026-Q3"}, 18)),
        both(with_choice(NS + "systems", "personal", "no"), with_one_at("systems", "retained", "no", "yes")),
        both(with_choice(NS + "systems", "personal", "yes"), with_one_at("systems", "retained", "no", "yes")),
        with_budget(lambda c, at: c | ({6: str(int(c[6]) * 4)} if c[2] == "direct" else {})),
        alone(silence(*NO_VALUES), with_list(NS + "systems", 0), with_list(NS + "risk-cells", 0), with_budget(BUDGETS[2])),
        after(with_text("wait-time", {"period": "2026-Q3"}, 60)),
        after(with_text("wait-time", {"period": "2026-Q3"}, 3)),
        after(both(MORE_WAIT, decided("granted")), with_list(NS + "asks", 2)),
        after(MORE_WAIT, with_list(NS + "asks", 2)),
        after(both(with_list(NS + "asks", 2), decided("done")), nothing),
        after(both(noted("wait-time", "2026-Q2", 40), with_text("build-time", {"period": "2026-Q3"}, 60)), nothing),
        after(both(MORE_WAIT, log({"state": "granted", "moves": "lead-time", "target": "45", "target-by": "2027-06-30"}))),
        after(both(MORE_WAIT, log({"state": "done", "promised": "half the wait", "outcome": "a third less"}, {"state": "part"}))),
        after(both(MORE_WAIT, with_list(NS + "risk-cells", 3)), with_list(NS + "risk-cells", 2)),
        after(with_text("step-rating", {"item": "line", "side": "cio", "period": "2026-Q3"}, 1)),
        marked(nothing, benchmarks=benchmark_without("sap-systems")),
        marked(nothing, benchmarks=benchmark_without("forrester-leadership")),
        alone(silence("spend"), with_budget(BUDGETS[1])),
        alone(silence("spend"), with_budget(BUDGETS[2])),
        with_line({at: {12: "yes" if at == 3 else ""} for at in range(1, 14)}),
        marked(without_attribute("initiatives", "why"), catalogue=kind_without("initiative", "why")),
        asked(answer="Both offices, by thirds."),
        several(with_text("wait-time", {"period": "2026-Q3"}, 20), with_text("build-time", {"period": "2026-Q3"}, 60)),
        alone(silence("wait-time", "build-time", "lead-time"), with_list(NS + "systems", 0), with_list(NS + "effects", 0)),
        alone(with_more("backlog", (9, 5)), nothing), alone(with_more("backlog", (5, 9)), nothing),
        without_attribute("predictions", "outcome"),
        marked(without_attribute("asks", "decide-by"), catalogue=kind_without("ask", "decide-by")),
        marked(without_attribute("asks", "consequence"), catalogue=kind_without("ask", "consequence")),
        with_text("spend", {"item": "direct"}, 1930000),
        alone(silence("priority-score", "aligned-yes", "aligned-asked", "priority-alignment", "leadership-yes", "leadership-asked")),
        several(without("leadership-yes"), without("leadership-asked"), stated("leadership")),
        with_text("stress-net", {}, 0),
        with_budget(lambda c, at: c | {6: str(int(c[5]) + {1: 100, 2: -100}.get(at, 0))}),
        with_budget(lambda c, at: c | {11: ""}),
        several(with_text("benefit", {}, 500000)),
        alone(with_list(NS + "asks", 0), silence("priority-alignment", "aligned-yes", "aligned-asked")),
        with_text("priority-score", {}, 5),
        with_budget(lambda c, at: c | {6: str(int(c[4]) // (3 if at == 1 else 1))}),
        with_budget(lambda c, at: c | {6: str(int(int(c[4]) * 1.3))}),
    ]
