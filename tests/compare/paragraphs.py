"""Paragraphs of the Debian Administrator's Handbook (package debian-handbook) in one language."""
import glob
import html
import os
import re

BOOK = "/usr/share/doc/debian-handbook/html"
FOLDERS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR"}


def plain(markup):
    """The text of a paragraph's markup on one line; empty when it holds other blocks."""
    if re.search(r"<(pre|ul|ol|table|div|img)\b", markup):
        return ""
    text = html.unescape(re.sub(r"<[^>]*>", "", markup))
    text = re.sub("[\u200b\u00ad\ufeff]", "", text)
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def of(lang, least=80):
    """In the book's order, without those that come again or were left in English."""
    foreign = set(of("en", least)) if lang != "en" else ()
    seen = {}
    for path in sorted(glob.glob(os.path.join(BOOK, FOLDERS[lang], "*.html"))):
        with open(path, encoding="utf-8") as file:
            for markup in re.findall(r'<div class="para">(.*?)</div>|<p\b[^>]*>(.*?)</p>', file.read(), re.S):
                text = plain(markup[0] or markup[1])
                if len(text) >= least and text not in foreign:
                    seen.setdefault(text)
    return list(seen)
