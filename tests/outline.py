"""Reads pages in tests."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """Collects tags with their attributes, and checks that they close in order."""

    VOID = ("meta", "br", "hr", "img", "source", "link", "input")

    def __init__(self, html):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    def count(self, tag):
        return len(self.all(tag))
