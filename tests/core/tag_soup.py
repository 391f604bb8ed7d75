"""HTML as nobody should write it, for property tests."""

from hypothesis import strategies as st

_NAMES = (
    "p div li ul ol dl dt dd table tr td th thead tbody tfoot caption h1 h2 h4 blockquote figure figcaption pre code a "
    "em b i q span sup details summary section s abbr time mark u svg script select button font option object template"
)
_WORDS = (
    *(
        "a",
        "b c",
        " ",
        "\n",
        "\xa0",
        "&nbsp;",
        " d",
        "e ",
        "&lt;x>",
        "&amp;amp;",
        "“q”",
        "\u200b",
        "🎉",
        "שלום",
        "&#1;",
    ),
    *("\ud800", "\x00", "&#13;", "\ufeff", "\n\n", "<", "&", "\r\n", "\u2028", "1 < 2 > 0", "]]>"),
)
_VOID = (
    *("<br>", "<hr>", "<img src=http://a/b.png>", "<img src='x'>", "<img src=http://a/b width=1>", "<!-- c -->", "<!-"),
    *("<br/>", "<?x?>", "<![CDATA[x]]>", "</p>", "</br>", "<p", "<a href='"),
)
_ATTRIBUTES = (
    *("", "", "", ' id="a"', " id=b", " href='http://x.y/?a=1&amp;b=2'", ' href="#a"', " name=z", " start=3"),
    *(' href="javascript:alert(1)"', ' onclick="x()"', ' style="color:red"', ' class="c"', ' title="x &quot; y"'),
)
names = st.sampled_from(_NAMES.split())
tag_soup = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, names, st.sampled_from(_ATTRIBUTES)),
        st.builds("</{}>".format, names),
        st.sampled_from(_WORDS),
        st.sampled_from(_VOID),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)
