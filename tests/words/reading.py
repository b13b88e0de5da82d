"""Texts of a briefing, read sentence by sentence: each is held against a claim about the facts, each figure against its key, each alternative
text against its chart, and all of them against the structure of the PDF."""
import collections
import itertools
import json
import pathlib
import re
import subprocess

from claims import CLAIMS, DIRECTIONS
from facts import Apart, D, rounded
from figures import expected

ROOT = pathlib.Path(__file__).resolve().parents[2]

FIGURE = re.compile(r"\{([^{}]*)\}#\d+")
TEXT = re.compile(r"\s*(?:text|cell|title|unit|source)(?: [\w/-]+)*(?: head)?(?: indent \d+)?(?: level \d)?: (.*)$")
WORDS = {word: n for words in (
    "no one two three four five six seven eight nine ten eleven twelve", "none", "keine eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "kein ein", "keinen einen", "keiner einer", "null eins", "zero") for n, word in enumerate(words.split())}


# ---- a figure ----

def readings(token, point):
    plain = re.sub("[\u00a0\u202f \u2009]", "", token).replace("." if point == "," else ",", "").replace(point, ".")
    try:
        return D(plain)
    except ArithmeticError:
        return None


def printed_value(value, e, places):
    if isinstance(value, Apart):
        return rounded(value.a.scaleb(-e), places) - rounded(value.b.scaleb(-e), places)
    return rounded(value.scaleb(-e), places)


def states(text, value, point):
    """Whether the printed text is the value, to the places shown; unsigned text is its size."""
    token = re.search(r"\d(?:[\d.,\u00a0\u202f]*\d)?", text)
    if not token:
        return WORDS.get(text.strip().lower(), -1) == abs(rounded(value))
    number = readings(token.group(0), point)
    places = max(0, -number.as_tuple().exponent)
    sign = -1 if text[:token.start()].find("−") >= 0 else 1 if "+" in text[:token.start()] else 0
    scales = (6,) if re.search(r"\bm\b|Mio", text) else (3,) if re.search(r"\bk\b|Tsd", text) else (0, 6)
    for e in scales:
        wanted = printed_value(value, e, places)
        if wanted * sign == number or (sign == 0 and abs(wanted) == number) or number == wanted == 0:
            return True
    return False


# ---- a claim ----

def worked_out(code, names):
    """None where a fact is missing that it needs."""
    try:
        return eval(code, names)
    except (TypeError, KeyError, ValueError, ArithmeticError):
        return None


class Claim:
    """A sentence: {expression} stands for a figure, <name> for words; and what must be true for it."""

    def __init__(self, text, condition):
        self.figures, self.condition = [], compile(condition, text, "eval")
        pattern, self.text = "", text
        for part in re.split(r"(\{[^{}]*\}|<\w+>)", text):
            last = part and text.endswith(part)
            if part.startswith("{"):
                self.figures.append(compile(part[1:-1].strip(), text, "eval"))
                pattern += "\x01([^\x02]*)\x02"
            elif part.startswith("<"):
                pattern += f"(?P<{part[1:-1]}>{'.*' if part == '<list>' or last else '.*?'})"
            else:
                pattern += re.escape(part)
        self.pattern = re.compile(pattern + r"(?= |$)")

    def wrong(self, found, names, point):
        """What of it the facts do not say."""
        words = found.groupdict()
        names = {**names, **{k: v.replace("\x01", "").replace("\x02", "") for k, v in words.items()}, "raw": words}
        for text, code in zip(self.printed(found), self.figures):
            value = worked_out(code, names)
            wanted = value if isinstance(value, list) else [value if value is None or isinstance(value, D) else D(value)]
            if not any(w is not None and states(text, w, point) for w in wanted):
                yield f'"{text}" is printed, and the facts say {[w if w is None else round(w, 4) for w in wanted]}'
        if not worked_out(self.condition, names):
            yield "what it says is not so"

    def printed(self, found):
        named = set(self.pattern.groupindex.values())
        return [found.group(i) for i in range(1, self.pattern.groups + 1) if i not in named]


def plain(text):
    """Without marks of weight and colour; figures between two control characters."""
    text = FIGURE.sub("\x01\\1\x02", text)
    text = re.sub(r"<note \d+>|<(?:break|fill)>|<[a-z0-9-]+(?: \"[^\"]*\")?>", " ", text)
    while re.search(r"<[\w-]+: [^<>]*>", text):
        text = re.sub(r"<[\w-]+: ([^<>]*)>", r"\1", text)
    return re.sub(r" +([.,])", r"\1", re.sub(r"\s+", " ", text.replace("**", ""))).strip()


# What stands before the words of an exhibit's last line: its number, its sources and their date.
SOURCE = re.compile(r"(?:Exhibit|Abbildung) \d+ · (?:Source|Quelle): .*? · (?:as of|Stand) [\w. ]+ · ")


# Words of charts of their own: how a system is linked.
FIXED = {"en": (), "de": ("keine",)}


class Reader:
    def __init__(self, lang, claims=CLAIMS):
        self.lang, self.point = lang, "," if lang == "de" else "."
        self.claims = [Claim(c[lang], c.get("so", "True")) for c in claims if lang in c]
        self.direction = re.compile(r"\b(?:" + DIRECTIONS[lang] + r")\b", re.I)
        self.fixed = FIXED[lang]
        self.tally, self.used = collections.Counter(), set()

    def read(self, text, names):
        """What is wrong with one text, sentence by sentence; a label says what the project says."""
        rest = "" if text in names["labels"] else text
        while rest:
            met = [(claim, found) for claim, found in ((c, c.pattern.match(rest)) for c in self.claims) if found]
            if not met:
                if "\x01" in rest or self.direction.search(rest):
                    yield "no claim says so"
                return
            met = [(claim, found, list(claim.wrong(found, names, self.point))) for claim, found in met]
            claim, found, wrong = min(met, key=lambda m: (len(m[2]), -m[1].end()))
            self.used.add(claim.text)
            self.tally["sentences"] += 1
            self.tally["figures"] += len(claim.figures)
            self.tally["directions"] += bool(self.direction.search(found.group(0)))
            yield from wrong
            rest = rest[found.end():].strip()


# ---- a unit ----

def says(line, text):
    """A cell that is one figure is held by its key alone."""
    return re.search(r"[^\W\d_]{2}", text) and not (line.lstrip().startswith("cell") and re.fullmatch("\x01[^\x02]*\x02", text))


def sentences(listing):
    """Texts of slots and titles, with the tile or the row of a table that they stand in; other cells are numbers by themselves."""
    tile = row = ""
    for line in listing.split("\nfigures\n")[0].split("\n"):
        slot = re.search(r' slot "([\w-]+)(?:\[([\w-]+)\])?"', line)
        if slot:
            tile, row = (slot.group(2) or "") if slot.group(1) == "kpis" else "", ""
        head = re.match(r"\s*cell [\w-]+ head(?: indent \d+)?: (.*)$", line)
        if head:
            row = plain(head.group(1))
        found = TEXT.match(line)
        if found and not head and not re.match(r"\s*cell table-head", line) and says(line, plain(found.group(1))):
            yield SOURCE.sub("", plain(found.group(1))), tile, row


VALUE = re.compile(r"^  value (\d+) = (\S+)(.*)$", re.M)
PRINTED = re.compile(r'^  #(\d+) text "(.*?)" value (\d+)(.*)$', re.M)


def wrong_figures(listing, told, reader):
    """Figures that are not what their metric, item, office and period make of the facts, wherever they stand."""
    values = {n: (D(number), dict(re.findall(r' (\w+) "([^"]*)"', rest.split(" (")[0]))) for n, number, rest in VALUE.findall(listing)}
    for _, text, n, where in PRINTED.findall(listing):
        wanted = expected(told, values[n][1])
        reader.tally["figures by their key" if wanted is not None else "figures by claims alone"] += 1
        if wanted is not None and not any(states(text, w, reader.point) for w in wanted):
            yield f'figure "{text}"{where} of {values[n][1]}: the facts say {[round(w, 4) for w in wanted][:4]}'


# ---- alternative texts ----

CHART = re.compile(r'^( *)chart [\w-]+ .*?alt "(.*?)"(?: text height [^"]*)? \(', re.M)
NUMBER = re.compile(r"[−+±]?[€]?\d[\d.,\u00a0\u202f]*\d|[−+±]?[€]?\d")


def wrong_alts(listing, reader):
    """A chart's alternative text says what its title says, then its labels and the figures that it draws, and no other, and says no direction of its own."""
    for chart in CHART.finditer(listing):
        indent, alt = len(chart.group(1)), re.sub(r"\s+", " ", chart.group(2))
        lines = listing[chart.end():].split("\n")[1:]
        drawn = list(itertools.takewhile(lambda line: len(line) - len(line.lstrip()) > indent, lines))
        title = re.findall(r"^ *title [\w/-]+ level \d: (.*)$", listing[:chart.start()], re.M)[-1]
        title = plain(title).replace("\x01", "").replace("\x02", "")
        said = alt.split(title, 1)
        if len(said) != 2 or not re.fullmatch(r"\w+: ", said[0]):
            yield f'alternative text "{alt[:80]}" does not say its title, "{title}"'
            continue
        labels = " ".join(text for line in drawn for text in re.findall(r'"(.*?)"', re.sub(r"\s+", " ", line)))
        numbers, known = NUMBER.findall(said[1]), set(NUMBER.findall(labels))
        reader.tally["alternative texts"] += 1
        reader.tally["numbers in them"] += len(numbers)
        yield from (f'"{n}" in the alternative text of "{title}" is no figure of its chart' for n in numbers if n not in known)
        for word in reader.direction.findall(said[1]):
            if word.lower() not in labels.lower() and word.lower() not in reader.fixed:
                yield f'"{word}" in the alternative text of "{title}" is no label of its chart'


# ---- the PDF ----

def alts_of(pdf):
    """Alternative texts of the elements of its structure."""
    listed = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", str(pdf)], capture_output=True, check=True).stdout
    objects = (o.get("value") for o in json.loads(listed)["qpdf"][1].values() if isinstance(o, dict))
    return [re.sub(r"\s+", " ", o["/Alt"].removeprefix("u:")) for o in objects if isinstance(o, dict) and "/Alt" in o and "/S" in o]


def wrong_alts_of(pdf, listing, dropped):
    """The file says for each chart what was read here for it, once and nothing else; those of slots that a full page left out are not there."""
    wanted = collections.Counter()
    for chart in CHART.finditer(listing):
        slot = re.findall(r' slot "([^"]*)"', listing[:chart.start()])[-1:]
        wanted.update([re.sub(r"\s+", " ", chart.group(2))] if not slot or slot[0] not in dropped else [])
    found = collections.Counter(alts_of(pdf))
    yield from (f'the PDF has the alternative text "{alt[:80]}", which no chart has' for alt in found - wanted)
    yield from (f'the PDF has no alternative text "{alt[:80]}"' for alt in wanted - found)


def dropped_of(said):
    return re.findall(r"leaving out slot '([^']*)'", said)


def not_in(pdf, listing, said, work):
    """Paragraphs, cells and titles that no element of the structure says; slots that a full page left out are named on the way."""
    (work / "out.doc").write_text(listing)
    (work / "out.struct").write_bytes(subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, check=True).stdout)
    dropped = dropped_of(said)
    found = subprocess.run([str(ROOT / "tests/text-against-source"), str(work / "out.doc"), str(work / "out.struct"), *dropped], capture_output=True, text=True)
    return found.stdout.strip().split("\n")
