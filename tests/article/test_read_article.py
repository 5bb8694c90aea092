"""What is kept of a page, what is removed and why: pages of our own, by layout and by trouble."""

from __future__ import annotations

import pytest

from govreq.article.article import Article, BlockKind, RemovalReason
from govreq.article.read import read_article
from govreq.errors import RefusedError
from govreq.settings import Settings
from govreq.source.document import Document

OWN = (
    "The carrier Northline received 4,210 court orders in the first half of 2019, it said.",
    "Most of them, 2,900, came from the police of the capital; 61 were refused in whole or part.",
    "Judges had signed every one of the orders, the report says, but few customers were ever told.",
    "A year before, the company had counted 3,870 orders, and it expects more of them next year.",
    "Two rivals publish no such report, although the regulator has asked them for it since 2016.",
)
APPEAL = (
    "Your support keeps our reporters on the road",
    "From floods to votes, The Daily Lantern is there while the story unfolds, and we know facts.",
    "At a time like this we need journalists in every town. Your donation pays for their work.",
    "The Daily Lantern is trusted by all parties. We choose not to put up a paywall, ever.",
    "Please give what you can.",
)
HEAD = (
    '<html lang="en-GB"><head><meta charset="utf-8"><title>Orders to Northline rise | The Daily '
    'Lantern</title><meta property="og:site_name" content="The Daily Lantern">'
    '<meta property="article:published_time" content="2019-08-02T10:00:00+02:00">'
    '<link rel="canonical" href="https://lantern.example/orders"></head><body>'
)
TITLE = "Orders to Northline rise"


def read(html: str) -> Article:
    return read_article(Document(html.encode(), "page.html"))


def body_of(article: Article) -> list[str]:
    return [b.span.of(article.text) for b in article.blocks if b.kind is not BlockKind.TITLE]


def in_paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


LAYOUTS = {
    "article": f"<main><article><h1>{TITLE}</h1>{in_paragraphs(OWN)}</article></main>",
    "divs": f"<div class=big>{TITLE}</div><div class=c>"
    + "".join(f"<div><div>{text}</div></div>" for text in OWN)
    + "</div>",
    "line_breaks": f"<h2>{TITLE}</h2><div class=story>{'<br><br>'.join(OWN)}</div>",
    "single_breaks": f"<h2>{TITLE}</h2><div>{'<br>'.join(OWN)}</div>",
    "no_elements": f"{TITLE}<br><br>{'<br><br>'.join(OWN)}",
    "layout_table": f"<table><tr><td><a href=/>Home</a></td><td><h1>{TITLE}</h1>"
    f"{in_paragraphs(OWN)}</td></tr></table>",
    "amp": f"<amp-sidebar><ul><li><a href=/a>Home</a></li></ul></amp-sidebar><article><h1>{TITLE}"
    f"</h1>{in_paragraphs(OWN)}</article>",
    "wiki": f"<div id=content><h1>{TITLE}</h1><div id=bodyContent><div class=mw-parser-output>"
    f"{in_paragraphs(OWN)}</div></div></div>",
    "blog": f"<div class='post hentry'><h3 class=post-title>{TITLE}</h3><div class='post-body "
    f"entry-content'>{in_paragraphs(OWN)}</div></div>",
    "print_view": f"<div class=print-tools><a href='javascript:window.print()'>Print this page</a> "
    f"<a href='javascript:window.close()'>Close window</a></div><hr><h1>{TITLE}</h1>"
    f"<div class=print-content>{in_paragraphs(OWN)}</div><hr><p>© 2019 The Daily Lantern. All "
    f"rights reserved.</p><p>Printed from https://lantern.example/orders</p>",
    "unclosed_navigation": f"<nav><ul><li><a href=/a>Home</a><h1>{TITLE}</h1>{in_paragraphs(OWN)}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_body_is_whole_in_every_layout(layout: str) -> None:
    article = read(HEAD + LAYOUTS[layout])
    assert article.title == TITLE
    assert [text for text in body_of(article) if text in OWN] == list(OWN)
    assert "Home" not in article.text


def test_print_view_is_the_article_alone() -> None:
    article = read(HEAD + LAYOUTS["print_view"])
    assert body_of(article) == list(OWN)
    gone = " ".join(each.text for each in article.removed)
    assert all(
        words in gone for words in ("Print this page", "All rights reserved", "Printed from")
    )


def test_metadata_and_where_it_was_read() -> None:
    article = read(HEAD + LAYOUTS["article"])
    assert (article.publisher, str(article.published)) == ("The Daily Lantern", "2019-08-02")
    assert (article.url, article.language) == ("https://lantern.example/orders", "en-GB")
    assert dict(article.provenance) == {
        "title": "h1",
        "publisher": "meta og:site_name",
        "published": "meta article:published_time",
        "url": "link canonical",
        "language": "html lang",
    }


def test_text_is_blocks_parted_by_blank_lines() -> None:
    article = read(HEAD + LAYOUTS["article"])
    assert article.text == "\n\n".join([TITLE, *OWN])
    assert article.blocks[0].kind is BlockKind.TITLE
    assert all("\n" not in block.span.of(article.text) for block in article.blocks)


@pytest.mark.parametrize("place", [0, 2, 5])
@pytest.mark.parametrize("markup", ["<p>{}</p>", "<div>{}</div>", "{}<br><br>"])
def test_run_of_appeal_goes_and_its_neighbours_stay(place: int, markup: str) -> None:
    texts = [*OWN[:place], *APPEAL, *OWN[place:]]
    body = "".join(markup.format(text) for text in texts)
    article = read(f"{HEAD}<article><h1>{TITLE}</h1>{body}</article>")
    assert body_of(article) == list(OWN)
    reasons = {each.text: each.reason for each in article.removed}
    assert {reasons[text] for text in APPEAL} == {RemovalReason.APPEAL}


def test_boxes_that_ask_take_no_article_between_them() -> None:
    box = "<aside class=donate><p>Give to The Daily Lantern</p><p>Donate now</p></aside>"
    plain = (
        "The carrier Northline will lay a cable to the islands in spring, the ministry says.",
        "Ships are to leave the harbour of the capital as soon as the last of the ice has melted.",
        "Fishermen had asked the court to stop the work, which crosses the grounds that they use.",
    )
    html = f"{HEAD}<article>{box}<h1>{TITLE}</h1>{in_paragraphs(plain)}{box}</article>"
    article = read(html)
    assert body_of(article) == list(plain)
    assert RemovalReason.APPEAL in {each.reason for each in article.removed}


def test_last_words_of_a_witness_stay_without_a_full_stop() -> None:
    spoken = "“They asked for the names of all who had written to us,” said the editor in court"
    texts = (*OWN, spoken)
    assert body_of(read(f"{HEAD}<article><h1>{TITLE}</h1>{in_paragraphs(texts)}")) == list(texts)


def test_glued_appeal_is_cut_at_the_character() -> None:
    glued = f"Your support makes our work possible.{OWN[0]}"
    article = read(f"{HEAD}<article><h1>{TITLE}</h1>{in_paragraphs((glued, *OWN[1:]))}</article>")
    assert body_of(article) == list(OWN)
    assert [r.text for r in article.removed if r.reason is RemovalReason.APPEAL] == [
        "Your support makes our work possible."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Readers donated records of 300 requests to the court, which published them in May.",
        "The company appealed 1,700 orders and won in 1,200 of the cases, its lawyers said.",
        "Subscribers were told of 40 requests; the rest had signed up under a false name.",
        "“We rely on our readers,” the editor told the court when it asked for the newsletter.",
        "The newsletter firm handed over the addresses of 12 subscribers after two warrants.",
        "Users who follow the group on Facebook were named in 17 requests by the police.",
    ],
)
def test_true_sentences_that_look_like_appeals_stay(sentence: str) -> None:
    texts = (*OWN[:2], sentence, *OWN[2:])
    assert body_of(read(f"{HEAD}<article>{in_paragraphs(texts)}</article>")) == list(texts)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Also read: Regulator fines three carriers", RemovalReason.TEASER),
        ("Sign up for our weekly newsletter", RemovalReason.NEWSLETTER),
        ("You have 3 free articles left this month.", RemovalReason.SUBSCRIPTION),
        ("ADVERTISEMENT", RemovalReason.ADVERTISEMENT),
        ("Follow us on Mastodon for more.", RemovalReason.SHARE),
        ("14 comments", RemovalReason.COMMENTS),
        ("© 2019 The Daily Lantern. All rights reserved.", RemovalReason.COPYRIGHT),
        ("We use cookies to improve this site.", RemovalReason.COOKIE),
    ],
)
def test_furniture_among_paragraphs_goes_by_kind(line: str, reason: RemovalReason) -> None:
    texts = (*OWN[:3], line, *OWN[3:])
    article = read(f"{HEAD}<article><h1>{TITLE}</h1>{in_paragraphs(texts)}</article>")
    assert body_of(article) == list(OWN)
    assert (line, reason) in [(each.text, each.reason) for each in article.removed]


def test_repeated_text_is_kept_once() -> None:
    copy = f"<div class=mobile>{in_paragraphs(OWN[:1])}</div>"
    article = read(f"{HEAD}<article><h1>{TITLE}</h1>{copy}{in_paragraphs(OWN)}</article>")
    assert body_of(article) == list(OWN)
    assert RemovalReason.DUPLICATE in {each.reason for each in article.removed}


def test_footnote_mark_does_not_lengthen_a_number() -> None:
    html = f"<p>In all it had 27,664<sup>1</sup> requests of that kind.</p>{in_paragraphs(OWN)}"
    assert "27,664 requests" in read(f"{HEAD}<article>{html}</article>").text


def test_plain_text() -> None:
    document = Document("\n\n".join([TITLE, *OWN]).encode(), "page.txt", "text/plain")
    article = read_article(document)
    assert (article.title, body_of(article)) == (TITLE, list(OWN))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<script>var a = 1;</script>", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"<div>" * 150_000, "too_deep"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_article(Document(content, "page.html"))
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_text_beyond_the_limit_is_cut_with_a_warning() -> None:
    settings = Settings(max_text_characters=200)
    article = read_article(Document((HEAD + LAYOUTS["article"]).encode(), "page"), settings)
    assert len(article.text) <= 200
    assert article.warnings == ("text_cut",)
