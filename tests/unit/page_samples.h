/*
 * page_samples.h: what the page room's tests show: one review, one thread of
 * every kind of comment, one queue. Included once by each test.
 */
#ifndef PAGE_SAMPLES_H
#define PAGE_SAMPLES_H

#include "page/page.h"

#define HOUR	INT64_C(3600000000)
#define APRIL	INT64_C(1522584000000000)	/* 2018-04-01T12:00:00Z */
#define NASTY	"<b>\"x\" & 'y'</b></script><!--"

#define TEXT(s)	{ s, sizeof(s) - 1 }

static const struct page_site site = {
	.name = "Kinok & Co", .origin = "https://journal.example",
	.reviews = "/reviews/", .language = "en"
};

static struct str directors[] = { TEXT("Dziga Vertov") };
static struct str camera[] = { TEXT("Mikhail Kaufman") };
static struct str editors[] = {
	TEXT("Elizaveta Svilova"), TEXT("Dziga Vertov")
};
static struct str russian[] = {
	TEXT("\xd0\x9c\xd0\xb8\xd1\x85\xd0\xb0\xd0\xb8\xd0\xbb "
	    "\xd0\x9a\xd0\xb0\xd1\x83\xd1\x84\xd0\xbc\xd0\xb0\xd0\xbd")
};
static struct model_credit credits[] = {
	{ TEXT("Director"), directors, 1 },
	{ TEXT("Cinematography"), camera, 1 },
	{ TEXT("Editing"), editors, 2 },
	{ TEXT("With"), russian, 1 },
	{ TEXT("Production Company"), (struct str[]){ TEXT("VUFKU") }, 1 },
};

static struct str paragraphs[] = {
	TEXT("A city wakes, works and goes to the beach, and a man with a "
	    "tripod on his shoulder is everywhere at once: on the bridge, "
	    "under the train, inside a glass of beer. Nobody plays a part. "
	    "The film says so before it begins, in a title that reads like "
	    "a warning and turns out to be a dare (Vertov 1984: 283)."),
	TEXT("What we are shown is how it is made. The cameraman climbs; a "
	    "second camera watches him climb; then the editor takes the "
	    "strip of film in her hands and the horses stop. \xe2\x80\x9cStill"
	    "\xe2\x80\x9d is here not the opposite of \xe2\x80\x9cmoving\xe2"
	    "\x80\x9d but its raw material, and <montage> is a trade with a "
	    "bench, scissors & glue (Tsivian 2004: 12)."),
	TEXT("Three cities, Moscow, Kyiv and Odesa, are cut into one that "
	    "was never built. The seams do not show because every seam is a "
	    "gesture: a shutter opens where a blind goes up, a birth answers "
	    "a funeral, a wheel hands its turning on to a spool."),
	TEXT("It is often called cold. Yet look at the faces in the hall at "
	    "the end, who laugh to see the tripod take a bow: this is a film "
	    "that can hardly wait to be seen together."),
};
static struct str works[] = {
	TEXT("Tsivian, Yuri, ed. 2004. Lines of Resistance: Dziga Vertov and "
	    "the Twenties. Sacile: Le Giornate del Cinema Muto."),
	TEXT("Vertov, Dziga. 1984. Kino-Eye: The Writings of Dziga Vertov. "
	    "Edited by Annette Michelson. Berkeley: University of California "
	    "Press. https://example.org/a-very-long-address/that-has-no-place-"
	    "to-break/and-goes-on-and-on/until-it-ends.html"),
};

static const struct review review = {
	.id = 1, .slug = TEXT("man-with-a-movie-camera-1929"),
	.issue = 60, .year = 2018,
	.heading = TEXT("Dziga Vertov: Man with a Movie Camera (Chelovek s "
	    "kinoapparatom, 1929)"),
	.title = TEXT("Man with a Movie Camera"),
	.original = TEXT("Chelovek s kinoapparatom"),
	.film_year = 1929, .minutes = 68,
	.directors = directors, .ndirectors = 1,
	.reviewer = TEXT("A. Reviewer"), .affiliation = TEXT("Film School"),
	.epigraph = TEXT("\xe2\x80\x9cI am an eye.\xe2\x80\x9d\n(Vertov "
	    "1984: 17)"),
	.paragraphs = paragraphs, .nparagraphs = COUNT(paragraphs),
	.works = works, .nworks = COUNT(works),
	.credits = credits, .ncredits = COUNT(credits),
	.colour = TEXT("Black and white"), .country = TEXT("USSR"),
	.language = TEXT("en"), .published = TEXT("2018"),
	.updated = TEXT("2018")
};

/* A chain of replies deeper than pages nest, a tombstone of each kind. */
static struct comment comments[] = {
	{ .id = 11, .root = 11, .state = STATE_SHOWN, .depth = 0,
	  .author = TEXT("Ada"), .posted = APRIL,
	  .html = TEXT("<p>The shot of the <em>stopped horses</em> is where "
	      "I gave in. See <a href=\"https://example.org/\" "
	      "rel=\"nofollow ugc noopener\">the restored print</a>.</p>\n"
	      "<blockquote><p>a trade with a bench, scissors &amp; "
	      "glue</p></blockquote>\n<p>Exactly that.</p>") },
	{ .id = 12, .parent = 11, .root = 11, .state = STATE_SHOWN,
	  .depth = 1, .author = TEXT("\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3"
	      "\xd0\xb0"),
	  .badge = TEXT("reviewer"), .who = 255, .posted = APRIL + HOUR,
	  .edited = APRIL + 2 * HOUR, .votes = 3,
	  .html = TEXT("<p>It was Svilova\xe2\x80\x99s idea, I think. "
	      "<span class=\"spoiler\">And she shows her hands.</span></p>") },
	{ .id = 13, .parent = 12, .root = 11, .state = STATE_REMOVED,
	  .depth = 2, .author = TEXT("Hidden"), .html = TEXT("<p>HIDDEN</p>"),
	  .reason = TEXT("Selling \"tickets\" & more"),
	  .posted = APRIL + 3 * HOUR },
	{ .id = 14, .parent = 13, .root = 11, .state = STATE_SHOWN,
	  .depth = 3, .author = TEXT(NASTY), .posted = APRIL + 4 * HOUR,
	  .html = TEXT("<p>" "&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
	      "<pre><code>a line of code that is much too long to fit into "
	      "a narrow telephone without scrolling sideways</code></pre>") },
	{ .id = 15, .parent = 14, .root = 11, .state = STATE_SHOWN,
	  .depth = 4, .author = TEXT("\xd7\x93\xd7\xa0\xd7\x94"),
	  .posted = APRIL + 5 * HOUR,
	  .html = TEXT("<p>\xd7\xa1\xd7\xa8\xd7\x98 \xd7\xa0\xd7\x94\xd7\x93"
	      "\xd7\xa8!</p>") },
	{ .id = 16, .parent = 15, .root = 11, .state = STATE_SHOWN,
	  .depth = 5, .author = TEXT("Ada"), .posted = APRIL + 6 * HOUR,
	  .html = TEXT("<p>Agreed.</p>") },
	{ .id = 17, .parent = 16, .root = 11, .state = STATE_SHOWN,
	  .depth = 6, .author = TEXT("Bela"), .posted = APRIL + 7 * HOUR,
	  .html = TEXT("<p>Six deep now.</p>") },
	{ .id = 18, .parent = 17, .root = 11, .state = STATE_SHOWN,
	  .depth = 7, .author = TEXT("Cora"), .posted = APRIL + 8 * HOUR,
	  .html = TEXT("<p>And seven, which stands beside six.</p>") },
	{ .id = 19, .root = 19, .state = STATE_ERASED, .depth = 0,
	  .posted = APRIL + 9 * HOUR },
	{ .id = 20, .parent = 19, .root = 19, .state = STATE_SHOWN,
	  .depth = 1, .author = TEXT("Averyveryveryverylongnamewithoutany"
	      "spacesinitthatstillhastofitonasmalltelephone"),
	  .badge = TEXT("moderator"), .posted = APRIL + 10 * HOUR,
	  .html = TEXT("<p>Please stay with the film.</p>") },
	{ .id = 21, .root = 21, .state = STATE_SHOWN, .depth = 0,
	  .author = TEXT("Dora"), .posted = APRIL + 30 * HOUR, .votes = 1,
	  .anchor = TEXT("{\"exact\": \"A city wakes\"}"),
	  .html = TEXT("<p>I saw it with a live band:</p>\n<ul>\n<li>two "
	      "accordions,</li>\n<li>a saw,</li>\n<li><code>one</code> "
	      "typewriter.</li>\n</ul>") },
};

static const struct thread_page thread = {
	.thread = {
		.id = 1, .version = 9,
		.slug = TEXT("man-with-a-movie-camera-1929"),
		.title = TEXT("Man with a Movie Camera"),
		.language = TEXT("en"), .policy = POLICY_FIRST, .count = 9
	},
	.sort = SORT_OLDEST, .comments = comments,
	.ncomments = COUNT(comments), .next = 21
};

static const struct thread_page empty = {
	.thread = {
		.id = 2, .slug = TEXT("earth-1930"), .title = TEXT("Earth"),
		.language = TEXT("en"), .policy = POLICY_OPEN
	}
};

static const struct held held[] = {
	{ .comment = { .id = 31, .parent = 11, .root = 11,
	      .state = STATE_HELD, .author = TEXT("Emil " NASTY),
	      .slug = TEXT("man-with-a-movie-camera-1929"),
	      .title = TEXT("Man with a Movie Camera"),
	      .html = TEXT("<p>Cheap watches, <a href=\"https://spam.example\""
		  " rel=\"nofollow ugc noopener\">here</a></p>"),
	      .body = TEXT("Cheap watches, [here](https://spam.example)"),
	      .posted = APRIL + 40 * HOUR },
	  .why = TEXT("silent filter"),
	  .parent_author = TEXT("Ada"),
	  .parent_body = TEXT("The shot of the *stopped horses*\nis where"),
	  .shown_before = 0, .removed_before = 2,
	  .verdict = { .n = 3, .silent = true, .total = 45, .each = {
	      { .filter = TEXT("links"), .score = 60, .usec = 90,
		.reason = TEXT("1 link in 4 words"),
		.features = TEXT("links=1 words=4") },
	      { .filter = TEXT("pace"), .silent = true, .usec = 50000 },
	      { .filter = TEXT("honeypot"), .score = -15, .usec = 40,
		.reason = TEXT("form filled in 42 s"),
		.features = TEXT("seconds=42") } } } },
	{ .comment = { .id = 32, .root = 32, .state = STATE_HELD,
	      .author = TEXT("Fanny"), .slug = TEXT("earth-1930"),
	      .title = TEXT("Earth"), .posted = APRIL + 41 * HOUR,
	      .html = TEXT("<p>My first comment here. The apples in the rain "
		  "are worth the whole film.</p>"),
	      .body = TEXT("My first comment here.") },
	  .why = TEXT("newcomer") },
};

static const struct log_row log_rows[] = {
	{ .id = 2, .at = APRIL + 50 * HOUR, .actor_name = TEXT("mod"),
	  .act = TEXT("remove"), .thread = 1, .comment = 13,
	  .slug = TEXT("man-with-a-movie-camera-1929"),
	  .reason = TEXT("Selling \"tickets\" & more"),
	  .before = TEXT("shown"), .after = TEXT("removed"),
	  .hash = { 0xde, 0xad, 0xbe, 0xef } },
	{ .id = 1, .at = APRIL, .actor_name = TEXT("foyerctl"),
	  .act = TEXT("account-add"), .reason = TEXT("mod"),
	  .hash = { 1, 2, 3, 4 } },
};

static const struct page_weight weights[] = {
	{ TEXT("links"), 100 }, { TEXT("pace"), 50 }
};
static const struct str languages[] = { TEXT("en"), TEXT("ru") };
static const struct page_queue queue = {
	.wanted = { .why = TEXT("silent filter"), .done = 7, .done_to = 9 },
	.held = held, .n = COUNT(held), .total = 120, .next = 32,
	.languages = languages, .nlanguages = COUNT(languages),
	.weights = weights, .nweights = COUNT(weights)
};

static const struct page_ruled ruled[] = {
	{ .id = 13, .slug = TEXT("man-with-a-movie-camera-1929"),
	  .act = ACT_SPAM, .result = RESULT_DONE, .log = 3 },
	{ .id = 14, .slug = TEXT("man-with-a-movie-camera-1929"),
	  .result = RESULT_BEFORE, .by = { .id = 2, .at = APRIL,
	  .actor_name = TEXT("A <b> & \"c\""), .act = TEXT("approve") } },
	{ .id = 15, .slug = TEXT("a-film"), .result = RESULT_CHANGED },
	{ .id = 16, .slug = TEXT("a-film"), .result = RESULT_GONE },
	{ .id = 17, .slug = TEXT("a-film"), .result = RESULT_NEVER },
};
static const struct page_rulings rulings = { ruled, COUNT(ruled), 1 };

static const struct account account = {
	.name = TEXT("mod"), .role = ROLE_MODERATOR
};
static const struct page_moderator moderator = {
	&account, TEXT("token1"), "The comment is shown now."
};

static const struct page_review_row review_rows[] = {
	{ TEXT("man-with-a-movie-camera-1929"), TEXT("Dziga Vertov: Man with "
	    "a Movie Camera (Chelovek s kinoapparatom, 1929)"),
	    TEXT("A. Reviewer"), 60, 2018, 9, TEXT("en") },
	{ TEXT("earth-1930"), TEXT("Aleksandr Dovzhenko: Earth (Zemlia, "
	    "1930)"), TEXT("B. Reviewer"), 60, 2018, 0,
	    TEXT("ru") },
	{ TEXT("the-ascent-1977"), TEXT("Larisa Shepit\xe2\x80\x99ko: The "
	    "Ascent (Voskhozhdenie, 1977)"), TEXT("C. Reviewer"), 59, 2017,
	    1, TEXT("") },
};

#endif
