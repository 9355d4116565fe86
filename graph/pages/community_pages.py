"""Who belongs together: the communities and their members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.pages.paging import count_of, numbered, pager
from graph.pages.section import Rendered, Site

COMMUNITIES_A_PAGE = 60
MEMBERS_FIRST, MEMBERS_SHOWN = 8, 40


def communities_pages(site: Site) -> Iterator[Rendered]:
    """communities.html, the largest first, and its continuations."""
    home = {key: item.number for item in site.communities for key in item.members}
    inside = Counter(
        home[fact.subject]
        for fact in site.catalogue.facts
        if home.get(fact.subject) == home.get(fact.object) and fact.subject in home
    )
    count = count_of(len(site.communities), COMMUNITIES_A_PAGE)
    for number in range(1, count + 1):
        shown = site.communities[(number - 1) * COMMUNITIES_A_PAGE : number * COMMUNITIES_A_PAGE]
        yield site.render(
            "communities.html",
            numbered("communities.html", number),
            "communities",
            ("listing.css",),
            communities=[(item, inside[item.number]) for item in shown if len(item.members) > 2],
            pairs=[item for item in shown if len(item.members) <= 2],
            first=MEMBERS_FIRST,
            most=MEMBERS_SHOWN,
            pager=pager("communities.html", number, count),
        )


def community_address(number: int) -> str:
    """Where a community stands on the pages of communities, relative to the site's root."""
    return f"{numbered('communities.html', 1 + (number - 1) // COMMUNITIES_A_PAGE)}#c{number}"
