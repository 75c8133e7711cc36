"""looks.py: what can be measured of a page's looks, as scripts for a browser."""

# What makes the page wider than the screen, or scrolls sideways within it.
OVERFLOW = """
const wide = document.documentElement.scrollWidth > innerWidth;
return [...document.querySelectorAll('*')]
    .filter(e => wide && e.getBoundingClientRect().right > innerWidth ||
        e.scrollWidth > e.clientWidth && !e.matches('input, textarea') &&
        /auto|scroll/.test(getComputedStyle(e).overflowX))
    .map(e => e.outerHTML.slice(0, 80));
"""

# Texts whose contrast is below WCAG 2.2's 4.5:1. A spoiler is meant to be
# unreadable; what is clipped to a pixel is for those who listen.
CONTRAST = """
function rgba(text) {
    const n = text.match(/[\\d.]+/g).map(Number);
    return n.length == 3 ? [...n, 1] : n;
}
function luminance(c) {
    const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .04045 ?
        v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
}
function behind(e) {
    for (; e; e = e.parentElement) {
        const c = rgba(getComputedStyle(e).backgroundColor);
        if (c[3] == 1)
            return c;
    }
    return [255, 255, 255, 1];
}
const faults = [];
for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
    if ((!own && !e.matches('input, textarea, select')) ||
        !e.checkVisibility() || e.closest('.spoiler, .unseen, .trap'))
        continue;
    const [a, b] = [rgba(getComputedStyle(e).color), behind(e)]
        .map(luminance).sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5)
        faults.push(e.outerHTML.slice(0, 80));
}
return faults;
"""

# Everything that Tab must reach, in the order of the page (of radio buttons one,
# the arrows reach the others); each gets its number, which FOCUS tells.
CONTROLS = """
const all = [...document.querySelectorAll('a[href], button, summary, ' +
    'input:not([type=hidden]), select, textarea, [tabindex="0"]')]
    .filter(e => e.tabIndex >= 0 && e.checkVisibility() &&
        (e.type != 'radio' || e == (e.form.querySelector(
            `[name=${e.name}]:checked`) ?? e.form[e.name][0])));
all.forEach((e, i) => e.dataset.control = i);
document.body.tabIndex = -1;
document.body.focus();                  // a permalink begins at its target
return all.map(e => e.outerHTML.slice(0, 80));
"""

# The number of what has the focus, and whether that is to be seen.
FOCUS = """
const e = document.activeElement, style = getComputedStyle(e);
return [e.dataset.control ?? e.outerHTML.slice(0, 80),
    style.outlineStyle != 'none' && parseFloat(style.outlineWidth) > 0];
"""

# WCAG 2.2, 1.4.12: lines, paragraphs, letters and words further apart.
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important;
    letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
document.adoptedStyleSheets = [sheet];
"""

# Texts that their own box cuts off.
CUT = """
return [...document.querySelectorAll('body *')]
    .filter(e => /hidden|clip/.test(getComputedStyle(e).overflow) &&
        !e.matches('input, .unseen, .trap, .trap *, thead') &&
        (e.scrollWidth > e.clientWidth + 1 ||
        e.scrollHeight > e.clientHeight + 1))
    .map(e => e.outerHTML.slice(0, 80));
"""

# What moves, or would.
MOVING = """
return [document.documentElement, ...document.querySelectorAll('*')]
    .filter(e => { const s = getComputedStyle(e);
        return s.scrollBehavior == 'smooth' || s.animationName != 'none' ||
            s.transitionDuration.split(', ').some(d => parseFloat(d) > 0); })
    .map(e => e.outerHTML.slice(0, 80));
"""

# axe-core's faults: rule and element. Its text comes before.
AXE = """
const done = arguments[arguments.length - 1];
axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
    'best-practice']}).then(r => done(r.violations.flatMap(v =>
        v.nodes.map(n => [v.id, n.html.slice(0, 120)]))));
"""
