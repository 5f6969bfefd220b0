"""Every page of Homeroom, found as a person finds them: by following links from the menu."""

import re
import urllib.parse

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Files, fragments of pages, and the API have tests of their own.
NO_PAGES = re.compile(r"^/(assets|api|search/suggest|preview|metrics|health|problems)|\.(csv|zip|json)$|/(export|template)")


def pattern(address):
    """What stays of an address when the names of things are taken out: one page is looked at per pattern."""
    parts = urllib.parse.urlsplit(address)
    tab = dict(urllib.parse.parse_qsl(parts.query)).get("tab")
    path = DATE.sub("{date}", UUID.sub("{id}", parts.path))
    return f"{path}?tab={tab}" if tab else path


def walk(person):
    """One address for every pattern that can be reached by links from the first page."""
    found, others = {}, {"/today": ["/today"]}
    while True:
        waiting = [kind for kind in others if kind not in found and others[kind]]
        if not waiting:
            break
        address = others[waiting[0]].pop(0)
        status = person.go(address)
        assert status == 200, f"{address} is linked and answers {status}"
        # Some addresses lead elsewhere, such as an import that waits for its columns: then the next of the kind is tried.
        arrived = person.page.url.removeprefix(person.node.url)
        found.setdefault(pattern(arrived), arrived)
        for link in person.page.eval_on_selector_all(
                "a[href^='/']:not([download])", "links => links.map(link => link.getAttribute('href'))"):
            link = link.split("#")[0]
            if link not in ("", "/") and not NO_PAGES.search(urllib.parse.urlsplit(link).path):
                others.setdefault(pattern(link), []).append(link)
    return dict(sorted(found.items()))
