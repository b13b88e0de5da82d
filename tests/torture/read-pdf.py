#!/usr/bin/env python3
"""The text of a PDF as its content streams say it, read without a PDF library (qpdf only unpacks): glyph codes through ToUnicode,
ActualText in place of what it stands for, artifacts left out. Prints it, a form feed after each page.
Usage: read-pdf.py FILE.pdf"""
import re
import subprocess
import sys
import tempfile

TOKEN = re.compile(rb"/[^\s/<>\[\]()]+|<<|>>|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|\[|\]|[^\s/<>\[\]()]+", re.S)


def objects(data):
    return {int(m.group(1)): m.group(2) for m in re.finditer(rb"^(\d+) 0 obj\n(.*?)^endobj", data, re.S | re.M)}


def stream_of(body):
    found = re.search(rb"stream\n(.*?)\n?endstream", body, re.S)
    return found.group(1) if found else b""


def utf16(digits):
    digits = re.sub(rb"\s", b"", digits)
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def to_unicode(body):
    """Code to text, from bfchar and bfrange lines."""
    table = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", body, re.S):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            table[int(code, 16)] = utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", body, re.S):
        for low, high, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            first = utf16(text)
            for code in range(int(low, 16), int(high, 16) + 1):
                table[code] = first[:-1] + chr(ord(first[-1]) + code - int(low, 16))
    return table


def references(body, key):
    """Names and object numbers in the dictionary of key."""
    found = re.search(rb"/" + key + rb"\s*<<(.*?)>>", body, re.S)
    return re.findall(rb"/(\S+)\s+(\d+) 0 R", found.group(1)) if found else []


def resources(all_objects, page):
    direct = re.search(rb"/Resources\s+(\d+) 0 R", page)
    body = all_objects[int(direct.group(1))] if direct else page
    fonts = references(body, b"Font")
    indirect = re.search(rb"/Font\s+(\d+) 0 R", body)
    if indirect:
        fonts = re.findall(rb"/(\S+)\s+(\d+) 0 R", all_objects[int(indirect.group(1))])
    tables = {}
    for name, number in fonts:
        unicode_at = re.search(rb"/ToUnicode\s+(\d+) 0 R", all_objects[int(number)])
        tables[name] = to_unicode(stream_of(all_objects[int(unicode_at.group(1))])) if unicode_at else {}
    return tables


def literal(token):
    """The bytes of a string in parentheses."""
    names = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found):
        inside = found.group(1)
        return bytes([int(inside, 8) & 255]) if inside[:1].isdigit() else names.get(inside, inside)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, token[1:-1], flags=re.S)


def string_of(token):
    data = literal(token) if token.startswith(b"(") else bytes.fromhex(re.sub(rb"\s", b"", token[1:-1]).decode())
    return data.decode("utf-16-be").lstrip("\ufeff")


def actual_text(tokens):
    """The ActualText among the tokens of a property list; None without one."""
    for at, token in enumerate(tokens[:-1]):
        if token == b"/ActualText":
            return string_of(tokens[at + 1])
    return None


class Reader:
    def __init__(self, fonts):
        self.fonts, self.font, self.out, self.marks = fonts, {}, [], []

    def silent(self):
        return any(artifact or actual is not None for artifact, actual in self.marks)

    def begin(self, operands):
        artifact = operands[:1] == [b"/Artifact"]
        actual = actual_text(operands)
        if actual is not None and not self.silent() and not artifact:
            self.out.append(actual)
        self.marks.append((artifact, actual))

    def show(self, operands):
        for token in operands:
            if not token.startswith(b"<") or token == b"<<" or self.silent():
                continue
            digits = re.sub(rb"\s", b"", token[1:-1])
            for at in range(0, len(digits), 4):
                self.out.append(self.font.get(int(digits[at:at + 4], 16), "\ufffd"))

    def read(self, content):
        operands = []
        for token in TOKEN.findall(content):
            if token in (b"BDC", b"BMC"):
                self.begin(operands)
            elif token == b"EMC":
                self.marks.pop()
            elif token == b"Tf":
                self.font = self.fonts.get(operands[-2][1:], {})
            elif token in (b"TJ", b"Tj"):
                self.show(operands)
            elif not re.match(rb"^[A-Za-z'\"*]+[0-9]?\*?$", token) or token in (b"true", b"false", b"null"):
                operands.append(token)
                continue
            operands = []
        return "".join(self.out)


def pages_of(all_objects, number):
    body = all_objects[number]
    if re.search(rb"/Type\s*/Page\b", body):
        return [body]
    kids = re.search(rb"/Kids\s*\[(.*?)\]", body, re.S).group(1)
    return [page for kid in re.findall(rb"(\d+) 0 R", kids) for page in pages_of(all_objects, int(kid))]


def read(path):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as plain:
        subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, plain.name], check=True)
        data = open(plain.name, "rb").read()
    all_objects = objects(data)
    root = next(b for b in all_objects.values() if re.search(rb"/Type\s*/Catalog\b", b))
    tree = int(re.search(rb"/Pages\s+(\d+) 0 R", root).group(1))
    texts = []
    for page in pages_of(all_objects, tree):
        contents = re.search(rb"/Contents\s*(?:\[([^\]]*)\]|(\d+ 0 R))", page)
        numbers = re.findall(rb"(\d+) 0 R", contents.group(1) or contents.group(2))
        content = b"\n".join(stream_of(all_objects[int(n)]) for n in numbers)
        texts.append(Reader(resources(all_objects, page)).read(content))
    return texts


if __name__ == "__main__":
    sys.stdout.write("".join(text + "\f" for text in read(sys.argv[1])))
