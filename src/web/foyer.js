/* foyer.js: what a browser adds; all of it is there without (see ARCHITECTURE.md). */
(() => {
'use strict';
const base = new URL(document.currentScript.src).origin;
const $ = (what, e = document) => e.querySelector(what), $$ = (what, e = document) => [...e.querySelectorAll(what)];
const make = (tag, properties, ...inside) => {
	const e = Object.assign(document.createElement(tag), properties);
	return e.append(...inside), e;
};
let count = 0;
/* Storage may be refused: then nothing is kept. */
const kept = (name, other) => {
	try { return JSON.parse(localStorage.getItem('foyer:' + name)) ?? other; } catch { return other; }
}, keep = (name, value) => {
	try { localStorage.setItem('foyer:' + name, JSON.stringify(value ?? null)); } catch { /* see above */ }
};

/* Resolves whatever comes; status 0: nothing did. open: no cookie is needed. */
const ask = (method, path, {kind = 'document', body, open} = {}) => new Promise(done => {
	const x = new XMLHttpRequest();
	x.open(method, new URL(path, base));
	x.responseType = kind;
	x.withCredentials = !open;
	x.setRequestHeader('Accept', kind == 'json' ? 'application/json' : 'text/html');
	if (typeof body == 'string') x.setRequestHeader('Content-Type', 'application/json');
	x.onloadend = () => done({status: x.status, body: x.response, at: x.responseURL});
	x.send(body);
});

/* In the reader's zone, what was lately by its distance; a moment of the film stays. */
const formats = {};
function times(root) {
	for (const time of $$('time[datetime]:not([title])', root)) {
		const tag = time.closest('[lang]:not([lang=""])')?.lang || document.documentElement.lang || [];
		const {near, far} = formats[tag] ??= {near: new Intl.RelativeTimeFormat(tag, {numeric: 'auto'}),
			far: new Intl.DateTimeFormat(tag, {dateStyle: 'long', timeStyle: 'short'})};
		const at = new Date(time.dateTime), days = (at - Date.now()) / 864e5, past = Math.abs(days);
		const [unit, n] = past < 1 / 24 ? ['minute', 1440] : past < 1 ? ['hour', 24] : ['day', 1];
		if (isNaN(at)) continue;
		time.title = far.format(at);
		time.textContent = past > 7 || days > .001 ? time.title : near.format(Math.round(days * n), unit);
	}
}

/* A part of another page; own: what its ids end with here. A thread's comments keep theirs. */
function adopt(page, what, own) {
	const found = page && $(what, page);
	if (!found) return null;
	const made = make('div', {}, found.cloneNode(true));
	const change = (names, how) => names.forEach(name => $$(`[${name}]`, made).forEach(e =>
		e.setAttribute(name, how(e.getAttribute(name)))));
	$$('script, noscript', made).forEach(e => e.remove());
	if (base != location.origin) change(['href', 'action', 'formaction'], url => url.replace(/^\//, base + '/'));
	if (own)
		change(['id', 'for', 'form', 'aria-describedby', 'aria-labelledby'], ids =>
			ids.replace(what == '.foyer' ? /(?<!\S)(?!comment-)\S+/g : /\S+/g, '$&' + own));
	times(made);
	return made.firstChild;
}

/* Proof of work, as ALTCHA has it: the number that this hash is of. */
async function work(path) {
	const {body: c} = await ask('GET', path, {kind: 'json'}), bytes = new TextEncoder();
	for (let n = 0; n <= c?.maxnumber && crypto.subtle; n++) {
		const hash = await crypto.subtle.digest('SHA-256', bytes.encode(c.salt + n));
		if (new DataView(hash).getBigUint64() == '0x' + c.challenge.slice(0, 16))
			return btoa(JSON.stringify({...c, number: n}));
		if (n % 500 == 0) await new Promise(done => setTimeout(done));
	}
	return '';
}

/* Focus goes only to what no fold hides. */
function show(e) {
	for (let fold = e; (fold = fold.parentElement?.closest('details'));) fold.open = true;
	if (e.tabIndex < 0) e.tabIndex = -1;
	e.focus({preventScroll: true});
	e.scrollIntoView({block: 'nearest'});
}

const number = article => +article.id.slice('comment-'.length);
const name = article => $('.by bdi', article)?.textContent ?? '', who = article => article.dataset.author ?? name(article);

const modified = e => e.ctrlKey || e.metaKey || e.shiftKey;

/* One thread, and its forms. */
function thread(root, embedded) {
	const slug = root.dataset.slug, path = '/foyer/threads/' + slug, parts = $('template.parts', root).content;
	const live = make('p', {className: 'unseen', role: 'status'}), seen = kept('seen:' + slug, 0);
	const part = what => $(`[data-part=${what}]`, parts).cloneNode(true);
	const end = () => $('.write, .closed', root);
	let view = embedded ? '' : location.pathname.split(`/${slug}/`)[1] ?? '', me = null;

	/* Who is known to be nobody is not asked about. */
	async function whoami() {
		const known = /(^|; )foyer_here=/.test(document.cookie) || kept('me');
		const got = known ? await ask('GET', '/foyer/me.json?review=' + slug, {kind: 'json'}) : {};
		me = got.status == 200 ? got.body : null;
		if (me) keep('me', me.session && 1);
		dress();
	}

	function button(to, what, wanted = true) {
		const old = $(`[data-part=${what}]`, to), whose = $('.unseen', to)?.cloneNode(true);
		if (wanted && !old) to.append(' ', part(what)), whose && to.lastChild.append(whose);
		else if (!wanted) old?.remove();
	}
	function dressOne(article, ignored) {
		const id = number(article), mine = me?.comments.find(c => c.id == id), header = $('header', article);
		const acts = $('.acts', article) ?? article.appendChild(make('p', {className: 'acts'}));
		$('.helpful', acts)?.setAttribute('aria-pressed', !!me?.votes?.includes(id));
		button(acts, 'mine', new Date(mine?.edit_until) > Date.now());
		button(acts, 'share');
		button(acts, 'ignore', !mine && !ignored);
		if (seen) button(header, 'new', id > seen && !mine);
		article.classList.toggle('ignored', ignored);
		$('[data-part=ignored]', article)?.remove();
		if (ignored) header.after(part('ignored')), button($('[data-part=ignored]', article), 'heed');
	}
	function dress() {
		const all = $$('.comment[id]:not(.tombstone)', root).filter(a => !a.closest('.here'));
		$$('[data-part=news], [data-part=waits], [data-part=ignoring]', root).forEach(e => e.remove());
		const ignored = kept('ignored', {}), ids = Object.entries(ignored);
		all.forEach(article => dressOne(article, Object.hasOwn(ignored, who(article))));
		const fresh = all.filter(a => $('header > .new', a));
		if (fresh.length) {
			$('.thread-head', root).after(part('news'));
			$('[data-part=news] a', root).href = '#' + fresh[0].id;
			$('[data-part=news] span', root).textContent = fresh.length;
		}
		keep('seen:' + slug, Math.max(kept('seen:' + slug, 0), ...all.map(number)));
		for (const c of (me?.comments ?? []).filter(c => c.state == 'held' && !$('#here-' + c.id, root))) {
			end().before(part('waits'));
			end().previousElementSibling.firstChild.href = base + c.url;
		}
		if (ids.length) live.before(part('ignoring'));
		$('[data-part=ignoring] ul', root)?.append(...ids.map(([id, called]) =>
			make('li', {}, called, ' ', Object.assign(part('heed'), {value: id}))));
		for (const field of $$('.comment-form [name=author]', root)) field.value ||= me?.session?.name ?? '';
	}
	function ignore(article, id, called) {
		const {[id]: _, ...others} = kept('ignored', {});
		keep('ignored', called ? {...others, [id]: called} : others);
		dress();
		$('[data-part=heed], [data-part=ignore]', article ?? $('[data-part=ignoring]', root) ?? root)?.focus();
	}

	/* The comments as they are now; forms that are open stay open. */
	async function refresh() {
		const got = await ask('GET', path + (view && '/' + view) + '.html', {open: true});
		const fresh = got.status == 200 && adopt(got.body, '.foyer', root.id.slice('comments'.length));
		const folds = $$('.fold > [open]', root).map(e => $('.comment', e).id);
		const open = $$('.here', root).map(e => [e, e.previousElementSibling?.id]);
		if (!fresh) return;
		$$(':scope > :is(.thread-head, .thread, .empty, .next)', root).forEach(e => e.remove());
		root.prepend(...$$(':scope > :is(.thread-head, .thread, .empty)', fresh));
		end().before(...$$(':scope > .next', fresh));
		for (const id of folds) $('#' + id, root)?.closest('.fold > details')?.setAttribute('open', '');
		for (const [here, id] of open) if (!here.isConnected && id) $('#' + id, root)?.after(here);
		dress();
	}

	const draft = form => `draft:${new URL(form.action).pathname}#${form.elements.parent?.value ?? ''}`;

	/* With a key: what was posted though no answer came is not posted twice. */
	function save(form) {
		const value = field => form.elements[field]?.value ?? '';
		if (value('body').trim())
			keep(draft(form), {key: kept(draft(form))?.key ?? crypto.randomUUID?.() ?? '', author: value('author'),
				email: value('email'), body: value('body'), anchor: value('anchor')});
		else if (form.elements.body) keep(draft(form));
	}
	function restore(form) {
		const was = kept(draft(form));
		if (!was || !form.elements.body || was.body == form.elements.body.value) return;
		form.elements.body.value = was.body;
		for (const field of ['author', 'email']) if (form.elements[field]) form.elements[field].value ||= was[field];
		if (was.anchor.startsWith('{')) quote(form, was.anchor);
		$('.send', form).before(part('draft'));
	}

	function wrong(form, status, problem) {
		const field = form.elements[problem?.field ?? ''], line = part('away');
		if (status >= 400 && status < 500) line.textContent = problem?.detail ?? problem?.title ?? line.textContent;
		Object.assign(line, {role: 'alert', id: 'foyer-wrong-' + ++count});
		if (problem?.type?.endsWith('key-used')) keep(draft(form), {...kept(draft(form)), key: ''});
		if (!field?.focus || field.type == 'hidden') return $('.send', form).before(line);
		field.ariaInvalid = 'true';
		field.setAttribute('aria-describedby', line.id);
		field.after(line);
		field.focus();
	}
	async function preview(form, fields) {
		const got = await ask('POST', form.getAttribute('action'), {body: new URLSearchParams(fields)});
		const made = adopt(got.body, '.preview', '-' + ++count), why = got.body && $('.alert p', got.body)?.textContent;
		if (!made) return wrong(form, got.status, {field: 'body', detail: why});
		return $('.send', form).before(made), show(made);
	}
	async function send(form, by) {
		const fields = new FormData(form);
		if (form.ariaBusy == 'true') return;
		form.ariaBusy = 'true';
		$$('.preview, [role=alert], [data-part=draft]', form).forEach(e => e.remove());
		$$('[aria-invalid]', form).forEach(e => e.removeAttribute('aria-invalid'));
		if (by?.name) fields.set(by.name, by.value);
		if (by?.name == 'preview') await preview(form, fields);
		else {
			await whoami();
			fields.set('token', me?.token ?? fields.get('token') ?? '');
			fields.set('key', fields.get('key') || kept(draft(form))?.key || '');
			if (form.dataset.challenge && !fields.get('altcha'))
				fields.set('altcha', await work(form.dataset.challenge));
			const got = await ask('POST', form.getAttribute('action'), {kind: 'json',
				body: JSON.stringify(Object.fromEntries(fields))});
			if (got.status < 200 || got.status > 299) wrong(form, got.status, got.body);
			else await sent(form, got.body);
		}
		form.ariaBusy = 'false';
	}
	async function sent(form, what) {
		const holder = form.closest('.here'), id = holder?.previousElementSibling?.id;
		const old = form.action.match(/\/(\d+)\/(edit|delete)$/)?.[1];
		keep(draft(form)), keep('me', 1);
		[holder, $('#here-' + old, root)].forEach(e => e?.remove());
		form.reset(), drop(form);
		await refresh(), await whoami();
		const there = what.id && $('#comment-' + what.id, root), place = id && $('#' + id, root);
		if (there && what.state == 'shown') return live.textContent = part('posted').textContent, show(there);
		const got = what.id ? await ask('GET', `${path}/comments/${what.id}`) : {};
		const page = adopt(got.body, 'main > .foyer', '-' + ++count);
		const here = make('section', {className: 'here', id: what.id ? 'here-' + what.id : ''},
			page ? $('.notice', page) : part('done'));
		if (page) here.append($('.comment', page)), button(here, 'mine');
		place ? place.after(here) : end().before(here);
		dress();
		show($('.notice', here));
	}

	async function open(href, after) {
		const old = after.nextElementSibling, first = 'textarea, input:not([type=hidden])';
		if (old?.matches('.here') && old.dataset.of == href) return $(first, old).focus();
		const got = await ask('GET', href), page = adopt(got.body, 'main > .foyer', '-' + ++count);
		if (got.status != 200 || !page || !$('.comment-form', page)) return location.assign(new URL(href, base));
		const here = make('section', {className: 'here', ariaLabel: $('h1', page).textContent},
			...$$(':scope > :is(.hint, .comment-form, .write)', page));
		here.dataset.of = href;
		button($('.send', here), 'cancel');
		after.after(here);
		restore($('.comment-form', here));
		$(first, here).focus();
	}
	function say(article, text) {
		$('[data-part=copied]', root)?.remove();
		$('.acts', article).after(Object.assign(part('copied'), {textContent: text}));
		live.textContent = text;
	}
	async function vote(at, article) {
		const vote = at.ariaPressed == 'true' ? 'none' : 'helpful', id = number(article);
		const {status, body} = await ask('POST', at.getAttribute('formaction'),
			{kind: 'json', body: JSON.stringify({vote, token: me?.token ?? ''})});
		if (status == 401) return location.assign(at.formAction);
		if (status != 200) return say(article, body?.detail ?? body?.title ?? part('away').textContent);
		$('.votes', article)?.remove();
		$('.meta', article).append(body.votes ? make('span', {className: 'votes', textContent: body.label}) : '');
		at.ariaPressed = body.voted;
		live.textContent = body.label;
		if (me) me.votes = me.votes.filter(each => each != id).concat(body.voted ? id : []);
	}
	async function share(at, article) {
		const url = `${base}/foyer/comments/${number(article)}`;
		if (navigator.share) return navigator.share({url, title: document.title}).catch(() => {});
		const copied = navigator.clipboard?.writeText(url).then(() => part('copied').textContent, () => url);
		say(article, await copied ?? url);
	}

	const drop = form => $$('[name=anchor][type=hidden], .answered', form).forEach(e => e.remove());
	function quote(form, anchor) {
		drop(form);
		form.prepend(make('input', {type: 'hidden', name: 'anchor', value: anchor}), part('quote'));
		$('.answered blockquote', form).textContent = JSON.parse(anchor).exact;
		button($('.answered', form), 'drop');
	}

	const acts = {share, turn: at => refresh(view = at.href.match(`/${slug}/?([^#]*)`)[1]).then(() => show($('h2', root))),
		ignore: (at, article) => ignore(article, who(article), name(article)),
		heed: (at, article) => ignore(article, article ? who(article) : at.value),
		mine: (at, article, here = article ?? at.closest('.here')) =>
			open(`${path}/comments/${here.id.replace(/\D+/, '')}`, here),
		cancel: (at, _, here = at.closest('.here'), before = here.previousElementSibling) =>
			(here.remove(), $('.acts :is(a, button)', before)?.focus()),
		drop: ({form}) => (drop(form), save(form), form.elements.body.focus())};

	root.addEventListener('click', e => {
		const at = e.target.closest('a, button'), article = at?.closest('.comment[id^=comment-]');
		const href = at?.getAttribute('href') ?? '', turn = embedded && at?.closest('.sort, .next');
		const act = !at || modified(e) ? null : at.matches('.helpful') ? vote :
			/\/reply\?|\/report$/.test(href) ? () => open(href, article) : acts[turn ? 'turn' : at.dataset.part];
		if (act) e.preventDefault(), act(at, article);
	});
	root.addEventListener('submit', e => {
		if (e.target.matches('.comment-form, .delete form')) e.preventDefault(), send(e.target, e.submitter);
	});
	root.addEventListener('input', e => e.target.form && save(e.target.form));
	root.append(live);
	$$('.comment-form', root).forEach(restore);
	dress(), whoami();	/* now, so that nothing moves when the answer comes */
	(window.requestIdleCallback ?? setTimeout)(() => root.classList.add('settled'));
	const form = $('.write .comment-form', root), text = $('.review .text');
	if (text && form) passages(text, part, anchor => {
		quote(form, JSON.stringify(anchor)), save(form), show(form.elements.body);
	});
}

function passages(text, part, choose) {
	const pick = Object.assign(part('pick'), {className: 'quiet pick'}), paragraphs = $$('p[id^=paragraph-]', text);
	let wait;

	/* As the review has it, up to a point. */
	function words(p, node, offset) {
		const range = document.createRange();
		range.selectNodeContents(p);
		if (node) range.setEnd(node, offset);
		const copy = make('p', {}, range.cloneContents());
		$$('.passage-n, .passage-new', copy).forEach(e => e.remove());
		return copy.textContent.replace(/\s+/g, ' ');
	}
	function anchorOf(range) {
		const all = paragraphs.map(p => words(p).trimEnd()), whole = all.join('\n');
		const place = (node, offset) => paragraphs.reduce((n, p, i) => n + (p.contains(node) ?
			words(p, node, offset).length : p.compareDocumentPosition(node) & 4 ? all[i].length + 1 : 0), 0);
		const from = place(range.startContainer, range.startOffset);
		const raw = whole.slice(from, place(range.endContainer, range.endOffset)), exact = raw.trim();
		const start = from + raw.length - raw.trimStart().length, stop = start + exact.length;
		const points = to => [...whole.slice(0, to)].length;
		return exact && {type: 'TextQuoteSelector', exact, prefix: whole.slice(Math.max(0, start - 32), start),
			suffix: whole.slice(stop, stop + 32),
			position: {type: 'TextPositionSelector', start: points(start), end: points(stop)}};
	}

	/* After the paragraph, so that Tab comes to it from the selection. */
	function offer() {
		const selection = getSelection(), range = selection.rangeCount ? selection.getRangeAt(0) : null;
		const p = range && paragraphs.findLast(p => range.intersectsNode(p));
		if (!p || !text.contains(selection.anchorNode) || !anchorOf(range))
			return document.activeElement == pick || pick.remove();
		const box = range.getBoundingClientRect(), at = p.getBoundingClientRect();
		p.after(pick);
		pick.style.top = `${p.offsetTop + box.bottom - at.top + 6}px`;
		pick.range = range.cloneRange();
	}

	document.addEventListener('selectionchange', () => (clearTimeout(wait), wait = setTimeout(offer, 150)));
	pick.addEventListener('mousedown', e => e.preventDefault());
	pick.addEventListener('click', () =>
		(pick.remove(), getSelection().removeAllRanges(), choose(anchorOf(pick.range))));
	text.addEventListener('click', e => {
		const p = e.target.closest('.passage-new')?.parentNode, range = document.createRange();
		if (p && !modified(e)) range.selectNodeContents(p), e.preventDefault(), choose(anchorOf(range));
	});
}

async function embed(place) {
	const slug = place.dataset.foyer, got = await ask('GET', `/foyer/threads/${slug}.html`, {open: true});
	const root = adopt(got.body, got.status == 200 ? '.foyer' : 'main p', $('#comments') && '-' + slug);
	if (!$('link[href*="/foyer/foyer."][href$=".css"]'))
		document.head.append(make('link', {rel: 'stylesheet', href: base + '/foyer/foyer.css'}));
	if (root) place.replaceChildren(root);
	if (got.status == 200) thread(root, true);
	const there = location.hash && $('#' + CSS.escape(location.hash.slice(1)), place);
	if (there) show(there);
}

async function counts(links) {
	const slugs = [...new Set(links.map(a => a.dataset.foyerCount))].slice(0, 50);
	const query = new URLSearchParams(slugs.map(slug => ['review', slug]));
	const got = slugs.length ? await ask('GET', '/foyer/counts.json?' + query, {kind: 'json', open: true}) : {};
	for (const a of links) {
		const n = got.body?.[a.dataset.foyerCount];
		if (n != null) a.append(a.textContent.trim() ? ` (${n})` : n);
	}
}

times(document);
/* What the address names has moved, or is on another page. */
const sought = location.hash.match(/^#comment-(\d+)$/);
if (sought && $('.foyer-page .foyer[data-slug]') && !$(location.hash))
	ask('HEAD', '/foyer/comments/' + sought[1], {open: true}).then(({status, at}) =>
		status == 200 && at != location.href.split('#')[0] && location.replace(at + location.hash));
$$('.foyer[data-slug]').forEach(root => thread(root));
$$('[data-foyer]').forEach(embed);
counts($$('[data-foyer-count]'));
})();
