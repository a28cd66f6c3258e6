"""Names that try to be more than names, for every language that a name passes through on its way to a page."""

from pathlib import Path

import duckdb

MARK = "zq9"  # stands in what a label would make if it were read as markup: an element, an attribute, a call
HEBREW, ARABIC = "בית הספר 42 (ב)", "مدرسة 7"
TYPST = (
    '#import "/report.typ": *',
    f'#eval("{MARK}")',
    "$x^2$ *gras* _i_",
    "@ref <label> \\ \\u{41}",
    '"); #panic("x',
    "// c /* d",
    "= Titre",
    "#sys.inputs",
)
HTML = (
    f"<script>document.title='{MARK}'</script>",
    f"<img src=x onerror=document.title='{MARK}'>",
    f"\"><svg/onload=document.title='{MARK}'>",
    f"' {MARK}=1 x='",
    "&amp; &lt;b&gt; &#60;i&#62;",
    f"</title></style></text></svg><b {MARK}>",
    "]]> <!-- -->",
)
MARKDOWN = (
    f"[x](javascript:{MARK})",
    "`code` ~~~ ```",
    "| a | b |",
    "# Titre",
    "---",
    f"![i](http://{MARK}.example/i.png)",
    "<https://a.example>",
)
SQL = ("'; DROP TABLE schools; --", "$$ quoted $$", "a\"b''c", "%s %(x)s %d")
TEMPLATES = ("{{ 7 * 7 }} {% for %}", "{0} {name} {", "[bold]x[/bold] [link=http://a.example]y[/link]", "{!r:>10}")
FORMULAS = (f"=cmd|'/C {MARK}'!A0", "+1+1", "-2+3", "@SUM(A1)")
LETTERS = (
    HEBREW,
    ARABIC,
    "École 🎉👩‍🏫",
    "Zo\u0308e\u0301 fin",
    "\x1b]0;titre\x07rouge\x1b[31m",
    "a\u202egnp.exe",
    "sans\u200blargeur",
    "fin\u2029de\u2028ligne",
)
LONG = ("W" * 10_000, "Très " + "long " * 2_000 + "nom")
HOSTILE = (*TYPST, *HTML, *MARKDOWN, *SQL, *TEMPLATES, *FORMULAS, *LETTERS, *LONG)


def rename(published: Path, labels: tuple[str, ...] = HOSTILE) -> Path:
    """Gives the published tables' schools, kinds of apps, parts of the portal and social bands these names, in turn."""
    with duckdb.connect(str(published)) as database:
        uais = [
            uai for (uai,) in database.execute("SELECT DISTINCT uai FROM published.schools WHERE uai <> 'territory' ORDER BY 1").fetchall()
        ]
        for number, uai in enumerate(uais):
            database.execute("UPDATE published.schools SET name = ? WHERE uai = ?", [labels[number % len(labels)], uai])
        for shift, breakdown in enumerate(("app_category", "module", "social_band")):
            known = (
                "SELECT DISTINCT category FROM published.\"values\" WHERE breakdown = ? AND category NOT IN ('autre', 'unknown') ORDER BY 1"
            )
            for number, (category,) in enumerate(database.execute(known, [breakdown]).fetchall()):
                new = labels[(number + 7 * shift + 3) % len(labels)]
                change = 'UPDATE published."values" SET category = ? WHERE breakdown = ? AND category = ?'
                database.execute(change, [new, breakdown, category])
    return published
