"""What the lines of a paragraph cost, by TeX's formulas (The TeXbook, chapter 14; tex.web 108, 851-859), from the widths that
hb-shape gives words. Knows nothing of either program. Lengths in points."""
import json
import re
import subprocess

LINE_PENALTY, ADJACENT, HYPHEN_TWICE, HYPHEN_LAST = 10, 10000, 10000, 5000
INF_BAD = 10000
SPACES = " \u00a0"
HYPHEN = "\u2010"
SLACK = 0.002  # both programs round advances: a line wider by this is not too wide


class Widths:
    """Widths of words in one face at one size; words are asked for together, since each run of hb-shape costs."""

    def __init__(self, font, size):
        self.font, self.size, self.known = font, size, {}

    def learn(self, words):
        new = sorted(set(words) - self.known.keys() - {""})
        for start in range(0, len(new), 20000):
            part = new[start:start + 20000]
            done = subprocess.run(["hb-shape", f"--font-file={self.font}", "--output-format=json", "--no-glyph-names",
                                   "--no-clusters", "--script=latn", "--direction=ltr"],
                                  input="\n".join(part) + "\n", capture_output=True, text=True, check=True)
            rows = [json.loads(row) for row in done.stdout.splitlines()]
            assert len(rows) == len(part)
            for word, glyphs in zip(part, rows):
                missing = any(glyph["g"] == 0 for glyph in glyphs)
                self.known[word] = None if missing else sum(glyph["ax"] for glyph in glyphs) * self.size / self.em()

    def em(self):
        if not hasattr(self, "units"):
            said = subprocess.run(["hb-shape", f"--font-file={self.font}", "--output-format=json", "--show-extents", "x"],
                                  capture_output=True, text=True, check=True)
            assert said.stdout
            with open(self.font, "rb") as file:
                data = file.read()
            at = next(int.from_bytes(data[i + 8:i + 12], "big") for i in range(12, len(data), 16) if data[i:i + 4] == b"head")
            self.units = int.from_bytes(data[at + 18:at + 20], "big")
        return self.units

    def has(self, word):
        return word == "" or self.known[word] is not None

    def __getitem__(self, word):
        return 0 if word == "" else self.known[word]


def pieces(text):
    return re.split(f"[{SPACES}]", text)


class Line:
    """Characters [start, end) of a text; drawn when the line ends in a hyphen that is not in the text."""

    def __init__(self, text, start, end, last):
        self.words = pieces(text[start:end].strip(" "))
        self.last = last
        self.drawn = not last and text[end - 1] not in SPACES + "-\u2010\u2013\u2014/" and text[end - 1].isalpha()
        if self.drawn:
            self.words[-1:] = [self.words[-1], HYPHEN]  # the hyphen is set as if by itself
        self.written = not last and text[end - 1] in "-\u2010"
        self.inside = not last and text[end - 1] != " " and not self.drawn
        self.spaces = len(self.words) - 1 - self.drawn

    def natural(self, widths):
        return sum(widths[word] for word in self.words) + self.spaces * widths["x x"] - 2 * self.spaces * widths["x"]


def lines_of(text, ends):
    starts = [0, *ends[:-1]]
    return [Line(text, start, end, end == len(text)) for start, end in zip(starts, ends)]


def badness(short, give, most=INF_BAD):
    t, s = round(short * 65536), round(give * 65536)
    if t <= 0:
        return 0
    if s <= 0:
        return most
    r = t * 297 // s
    return most if r > (1290 if most == INF_BAD else 6000) else min(most, (r ** 3 + 0x20000) // 0x40000)


class Justified:
    """Spaces grow by a half and shrink by a third."""

    def __init__(self, space, most=INF_BAD):
        self.space, self.hyphen, self.most = space, 50, most

    def weigh(self, line, short):
        """Badness and fitness (0 tight to 3 very loose); None when the line is too wide."""
        if short < 0:
            shrink = line.spaces * self.space / 3
            if -short > shrink + SLACK:
                return None
            bad = min(badness(-short, shrink), 100)
            return bad, 0 if bad > 12 else 1
        bad = 0 if line.last else badness(short, line.spaces * self.space / 2, self.most)
        return bad, 3 if bad > 99 else 2 if bad > 12 else 1


class Ragged(Justified):
    """Lines fall short at their end; one by as much as give is as bad as spaces that grow by a half."""

    def __init__(self, give, most=INF_BAD):
        super().__init__(0, most)
        self.give, self.hyphen = give, 150

    def weigh(self, line, short):
        if short < -SLACK:
            return None
        bad = 0 if line.last else badness(short, self.give, self.most)
        return bad, 3 if bad > 99 else 2 if bad > 12 else 1


def demerits(lines, width, widths, rules):
    """The sum, and the number of lines that are too wide (they count nothing in the sum)."""
    total, wide, fitness, flagged = 0, 0, 1, False
    for line in lines:
        weighed = rules.weigh(line, width - line.natural(widths))
        if not weighed:
            wide, fitness, flagged = wide + 1, 0, line.drawn or line.written
            continue
        bad, fit = weighed
        penalty = rules.hyphen if line.drawn else 50 if line.inside else 0
        total += (LINE_PENALTY + bad) ** 2 + penalty ** 2
        total += ADJACENT if abs(fit - fitness) > 1 else 0
        if flagged:
            total += HYPHEN_LAST if line.last else HYPHEN_TWICE if line.drawn or line.written else 0
        fitness, flagged = fit, line.drawn or line.written
    return total, wide
