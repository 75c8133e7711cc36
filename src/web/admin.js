/* admin.js: the queue by keyboard, without a new page for each ruling.
 *
 * All that it does, the page's forms and links do without it. Its words are the page's own
 * (#parts) or come with the answer. A ruling is sent at once and the next comment has the focus
 * meanwhile; answers are waited for one after the other, in the order of the keys. */
(() => {
'use strict';
const $ = (what, e = document) => e.querySelector(what);
const $$ = (what, e = document) => [...e.querySelectorAll(what)];
const list = $('.admin ol.queue'), many = $('#many'), waiting = $('#waiting');
const parts = $('#parts')?.content, said = $('#said');
const ROW = 200, POLL = 30000, AHEAD = 5;
if (!parts) return;

const part = name => document.importNode($(`[data-part=${name}]`, parts), true);
const say = text => { said.textContent = ''; said.textContent = text; };

/* Resolves whatever comes; status 0: nothing did. */
const ask = (method, path, body, kind = 'json') => new Promise(done => {
	const x = new XMLHttpRequest();
	x.open(method, path);
	x.responseType = kind;
	x.setRequestHeader('Accept', kind == 'json' ? 'application/json' : 'text/html');
	if (body) x.setRequestHeader('Content-Type', 'application/json');
	x.onloadend = () => done({status: x.status, body: x.response});
	x.send(body && JSON.stringify(body));
});

/* ---- what waits, and where one is ---- */
const box = article => $('input[name=select]', article);
const number = article => +article.id.slice('held-'.length);
const open = () => list ? $$('.held', list).filter(a => !a.hidden && !a.busy) : [];
const picked = () => open().filter(a => box(a).checked);
let at = null;				/* the comment that keys act on */

function go(article) {
	if (!article) return;
	at?.classList.remove('at');
	at = article;
	at.classList.add('at');
	at.tabIndex = -1;
	at.focus({preventScroll: true});
	const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
	at.scrollIntoView({block: 'start', behavior: calm ? 'auto' : 'smooth'});
}

/* The open one behind (by 1) or before (by -1) this; from nowhere the first. */
function beside(article, by) {
	const all = open();
	if (!article) return all[0];
	const order = by < 0 ? [...all].reverse() : all;
	const mark = by < 0 ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
	return order.find(a => a != article && article.compareDocumentPosition(a) & mark);
}

function current() {
	return at && open().includes(at) ? at : null;
}

function counted() {
	const n = picked().length, place = $('#selected');
	if (place) place.textContent = n ? `${$('[data-part=selected]', parts).textContent} ${n}` : '';
}

/* ---- the count ---- */
let soon = 0;

async function count() {
	const got = await ask('GET', '/foyer/admin/count.json');
	if (got.status == 200 && waiting) waiting.textContent = got.body.words;
}

function countSoon() {
	clearTimeout(soon);
	soon = setTimeout(count, 500);
}

setInterval(() => document.hidden || count(), POLL);

/* ---- more of them ---- */
let fetching = null;

/* The page behind this one, at the end of this one. */
async function more() {
	const link = $('.next a[rel=next]');
	if (!link) return;
	const got = await ask('GET', link.getAttribute('href'), null, 'document');
	if (got.status != 200) return;
	const known = new Set($$('.held', list).map(number));
	for (const li of $$('ol.queue > li', got.body))
		if (!known.has(number($('.held', li)))) list.append(document.importNode(li, true));
	const next = $('.next', got.body);
	if (next) link.closest('.next').replaceWith(document.importNode(next, true));
	else link.closest('.next').remove();
}

function ahead() {
	if (open().length > AHEAD || fetching) return fetching;
	fetching = more().finally(() => { fetching = null; });
	return fetching;
}

/* ---- acting ---- */
const done = [];			/* lists of {article, log}, the newest last */
let turn = Promise.resolve();		/* answers come in order */

function after(work) {
	turn = turn.then(work, work);
	return turn;
}

function lift(article) {
	article.busy = false;
	article.classList.remove('busy');
}

/* What undoing takes: the ruling's row of the log, and its author's. */
const made = (article, r) => ({article, log: r.log, also: r.also});

/* In the place of a comment, what became of it. */
function settle(article, result, undo) {
	const line = part('ruled'), button = $('button', line);
	$('span', line).textContent = `${$('h2', article).textContent}: ${result.words}`;
	if (undo) button.addEventListener('click', () => back([made(article, result)]));
	else button.remove();
	lift(article);
	article.hidden = true;
	article.line?.remove();
	article.line = line;
	article.before(line);
	box(article).checked = false;
}

function fail(articles, got) {
	articles.forEach(lift);
	say(got.body?.detail ?? $('[data-part=away]', parts).textContent);
	if (!current()) go(articles[0]);
}

function tell(results) {
	const kinds = new Map();
	for (const r of results) kinds.set(r.words, (kinds.get(r.words) ?? 0) + 1);
	say([...kinds].map(([words, n]) => n > 1 ? `${n} × ${words}` : words).join(' '));
}

function rulings(articles, got) {
	const all = [];
	for (const r of got.body.results) {
		const article = articles.find(a => number(a) == r.id);
		if (!article) continue;
		settle(article, r, r.result == 'done');
		if (r.result == 'done') all.push(made(article, r));
	}
	if (all.length) done.push(all);
	tell(got.body.results);
	countSoon();
}

async function rule(articles, act, reason) {
	articles = articles.slice(0, ROW);
	if (!articles.length) return;
	const select = articles.map(a => box(a).value).join(' ');
	const ends = articles[articles.length - 1];
	articles.forEach(a => { a.busy = true; a.classList.add('busy'); });
	if (articles.includes(at) || !current()) {
		const next = beside(ends, 1) ?? beside(ends, -1);
		if (next) go(next);
	}
	counted();
	const got = await after(() => ask('POST', '/foyer/admin/rule',
		{act, reason, select, token: $('[name=token]', many)?.value}));
	if (got.status == 200) rulings(articles, got);
	else fail(articles, got);
	await ahead();
	if (!current()) go(open()[0] ?? articles[0].line);
}

async function back(what) {
	const got = await after(() => ask('POST', '/foyer/admin/log/undo', {
		select: what.flatMap(w => [w.log, w.also]).filter(Boolean).join(' '), token: $('[name=token]', many)?.value}));
	if (got.status != 200) return fail([], got);
	for (const r of got.body.results) {
		const one = what.find(w => number(w.article) == r.id);
		if (!one) continue;
		if (r.result == 'done') {
			one.article.line?.remove();
			one.article.hidden = false;
		} else {
			settle(one.article, r, false);
		}
	}
	for (const all of done)
		for (const w of what) all.splice(0, all.length, ...all.filter(m => m.log != w.log));
	tell(got.body.results);
	countSoon();
	go(what.map(w => w.article).find(a => !a.hidden) ?? current() ?? open()[0]);
	return true;
}

async function undo() {
	while (done.length && !done[done.length - 1].length) done.pop();
	const all = done.pop();
	if (all) await back([...all]) || done.push(all);
	else say($('[data-part=nothing]', parts).textContent);
}

/* What keys act on: all that is selected, or where one is. */
const meant = () => picked().length ? picked() : [current()].filter(Boolean);

/* With who wrote it, for those who may. */
const both = act => $(`[value=${act}]`) && rule(meant(), act, '');

function remove() {
	const dialog = $('#ask'), reason = $('#ask-reason'), articles = meant();
	if (!articles.length) return;
	reason.value = '';
	dialog.returnValue = '';
	dialog.onclose = () => dialog.returnValue == 'remove' ?
		rule(articles, 'remove', reason.value) : go(current());
	dialog.showModal();
	reason.focus();
}

function pick() {
	const article = current();
	if (!article) return;
	box(article).checked = !box(article).checked;
	counted();
}

/* ---- keys, buttons ---- */
const keys = {
	j: () => go(beside(current(), 1) ?? current()),
	k: () => go(beside(current(), -1) ?? current()),
	x: pick,
	a: () => rule(meant(), 'approve', ''),
	t: () => both('approve-trust'),
	s: () => rule(meant(), 'spam', ''),
	b: () => both('spam-ban'),
	r: remove,
	u: () => after(() => {}).then(undo),
	'?': () => $('#keys').showModal(),
};

document.addEventListener('keydown', e => {
	const typing = e.target.closest('input:not([type=checkbox]), textarea, select, dialog[open]');
	if (typing || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || !keys[e.key]) return;
	e.preventDefault();
	keys[e.key]();
});

document.addEventListener('submit', e => {
	const form = e.target, act = e.submitter?.value;
	const article = form.closest('.held');
	if (!form.matches('.queue .rule, #many') || !act) return;
	e.preventDefault();
	const reason = $('[name=reason]', form);
	const articles = form == many ? picked() : [article];
	if (article) at = article;
	rule(articles, act, reason.value);
	if (form == many) reason.value = '';
});

document.addEventListener('change', e => e.target.name == 'select' && counted());
document.addEventListener('focusin', e => {
	const article = e.target.closest?.('.queue .held');
	if (!article || article == at) return;
	at?.classList.remove('at');
	at = article;
	at.classList.add('at');
});

if (list) {
	const help = part('keys'), all = $('a', many);
	$('button', help).addEventListener('click', () => $('#keys').showModal());
	waiting.after(help);
	all.addEventListener('click', e => {
		e.preventDefault();
		const on = picked().length < open().length;
		open().forEach(a => { box(a).checked = on; });
		counted();
	});
	counted();
	if (open().length && !location.hash) go(open()[0]);
}
})();
