/*
 * plugin.h: the contract between foyerd and a comment filter.
 *
 * This is the only header a plugin needs from foyer and the only one that
 * foyer promises to keep. So that a plugin built today loads for years:
 *
 *   - A plugin exports one function, foyer_plugin_entry, which FOYER_PLUGIN
 *     writes. It returns a manifest that lives as long as the plugin.
 *   - Major must match. A plugin may be older than its host by any number of
 *     minors, never newer. New members go at the end of a struct and raise
 *     the minor; anything else raises the major.
 *   - The host makes every object but the manifest and zeroes it: a member
 *     that an old plugin does not know reads as "not said".
 *   - Nobody frees the other's memory. What a plugin is given can only be
 *     read and only until it returns; what it gives back is copied before it
 *     is called again, so it must not lie on the function's stack.
 *   - A plugin gives evidence. It never decides what becomes of a comment.
 *   - One process calls a plugin, from one thread, one call at a time.
 *
 * 1.0  the first.
 * 1.1  hear: rulings with their number, what they take back, and rebuilding;
 *      memory that outlives the process; a verdict's odds; reasons of up to
 *      400 bytes (200 before).
 * 1.2  the domain of the author's mail address.
 * 1.3  the person: what one session or account has in common.
 * 1.4  challenge: what a form must bring an answer to, and the answer; a
 *      verdict that abstains; files that are read again; notice: what was
 *      posted on any node.
 * 1.5  scratch: counts and the like that another filter's fault leaves alone.
 * 1.6  once: what one comment alone may use, whichever node takes it; the
 *      review that a challenge is for.
 *
 * Compiles as C99, C11 and C++17. The manual is foyer-plugin(7).
 */
#ifndef FOYER_PLUGIN_H
#define FOYER_PLUGIN_H

#include <stdint.h>

#define FOYER_MAGIC	0x66797231u	/* "fyr1" */
#define FOYER_MAJOR	1
#define FOYER_MINOR	6

/* Flags of a manifest. */
#define FOYER_DEFERRED	1u	/* slow or needs the network: asked later */

/* A comment as it came. Texts are UTF-8, end in a NUL and are never NULL:
 * what is not known is "". Times are Unix seconds, 0 for never. */
struct foyer_comment {
	const char	*site;		/* "main" */
	const char	*review;	/* slug of the review commented on */
	const char	*language;	/* of the review, BCP 47: "en" */
	const char	*author;	/* the name given */
	const char	*email_hash;	/* keyed hash, hex */
	const char	*body;		/* as typed (Markdown), cleaned */
	uint64_t	 body_len;	/* bytes */
	const char	*const *links;	/* URLs in the body, in order */
	uint64_t	 nlinks;	/* at most 100 */
	const char	*sender;	/* keyed hash of the address, hex */
	int64_t		 shown;		/* this person's comments shown */
	int64_t		 removed;	/* and removed or ruled spam */
	int64_t		 first_seen;	/* time of their first comment */
	int64_t		 form_seconds;	/* from form to post, -1 unknown */
	const char	*honeypot;	/* the hidden field: "" for people */
	const char	*parent;	/* text of the comment replied to */
	int64_t		 now;
	/* Since 1.2: of the mail address, lower case: "journal.example". Known
	 * while a comment is judged; never kept, so not when it is heard of
	 * again. */
	const char	*mail_domain;
	/* Since 1.3: the same for all comments of one session or account; a
	 * stranger's is new with each. Not known when it is heard of again. */
	const char	*person;
	/* Since 1.4: what the form brought in answer to a challenge, at most
	 * 2000 bytes; "" if it brought none. Never kept. */
	const char	*answer;
};

/* Something measured, for moderators and for learning. The name is made of
 * [a-z0-9_.-], at most 24 of them. */
struct foyer_feature {
	const char	*name;
	int64_t		 value;
};

/* Since 1.6: something that one comment under a review may use. The host keeps
 * it with the comment, for all nodes and through restarts; a comment that comes
 * second is treated as if the plugin had abstained. Sending the same comment
 * again is no second use. */
struct foyer_mark {
	const char	*name;		/* at most 64 bytes; NULL: none */
	const char	*used;		/* the reason of the second */
	int64_t		 until;		/* from then on judge abstains itself:
					   it may be forgotten */
};

/* What a plugin thinks of it. All zero is "no opinion". */
struct foyer_verdict {
	int32_t		 score;		/* -100 fine .. 100 surely spam */
	uint32_t	 nfeatures;	/* at most 16 are kept */
	const char	*reason;	/* 400 bytes, for people, or NULL */
	const struct foyer_feature *features;
	/* Since 1.1: the natural logarithm of spam : ham in millionths, finer
	 * than the score, comparable between comments; 0 is not said. */
	int64_t		 odds;
	/* Since 1.4: not 0: it can't tell, and the comment waits for a person
	 * as if it had not been asked. Its reason is told; it is no fault. */
	uint32_t	 abstains;
	uint32_t	 reserved;
	/* Since 1.6, of a plugin that gives out challenges: what the answer
	 * holds that is good for this comment alone. */
	struct foyer_mark once;
};

/* Since 1.4: something that a form must bring an answer to: JSON, an object of
 * at most 400 bytes without controls, which is given out as it is. */
struct foyer_challenge {
	int64_t		 now;
	const char	*json;
	/* Since 1.6: slug of the review whose form shall bring the answer. */
	const char	*review;
};

/* Since 1.1: what moderators have made of a comment. */
#define FOYER_OPEN	0		/* nothing, or no longer */
#define FOYER_HAM	1		/* shown by a moderator */
#define FOYER_SPAM	2
#define FOYER_REMOVED	3		/* for other reasons than spam */

/* Since 1.1. A ruling that takes back an earlier one on the same comment says
 * what that was: unlearn `before`, learn `now`. */
struct foyer_ruling {
	int64_t		 id;		/* rulings come in this order */
	int32_t		 now, before;	/* FOYER_HAM ... */
	/* 0: heard for the first time; n: told for the n-th time more, while
	 * a model is rebuilt (see filter retrain in foyerctl(8)). */
	uint32_t	 again;
	uint32_t	 reserved;
};

struct foyer_setting {		/* `key = "value"` of the filter's section */
	const char	*key, *value;
};

struct foyer_file {			/* since 1.4 */
	const char	*bytes;		/* a NUL follows */
	uint64_t	 size;
	uint64_t	 version;	/* another once the file has changed */
};

struct foyer_host {
	/* Says a line in the daemon's log. Never a comment's text. */
	void	(*log)(const struct foyer_host *, const char *line);
	const char	*site;
	/* Since 1.1, for open: `size` bytes that outlive the process, zeroed
	 * at first; NULL if there is no room for so many. The host saves them
	 * while no ruling is being heard, gives them to the next process with
	 * the same plugin and size, and may exchange them between two calls
	 * for a copy that heard other rulings. Only hear may write into them:
	 * a process that dies there has them put back as they were saved, and
	 * the rulings since are heard again. */
	void	*(*memory)(const struct foyer_host *, uint64_t size);
	/* Since 1.4, at any time: a file that a setting of the plugin's names
	 * by its full path, of at most 1 MiB, as it is now (at most about a
	 * second old), also if another file has taken its place. The bytes
	 * stay for this call. 0, or it could never be read. */
	int	(*file)(const struct foyer_host *, const char *path,
		    struct foyer_file *);
	/* Since 1.5, for open: `size` bytes, zeroed at first, that outlive the
	 * process, though not foyerd, and that the plugin writes into at any
	 * time; NULL if there is no room for so many. A process that dies while
	 * this plugin runs leaves them zeroed; else they are as it left them,
	 * unless another plugin has written over them. */
	void	*(*scratch)(const struct foyer_host *, uint64_t size);
};

/* The first four members are the same in every major there will be. */
struct foyer_plugin {
	uint32_t	 magic;		/* FOYER_MAGIC */
	uint16_t	 major, minor;	/* FOYER_MAJOR, FOYER_MINOR then */
	uint32_t	 size;		/* sizeof(struct foyer_plugin) then */
	uint32_t	 flags;
	const char	*name;		/* [a-z][a-z0-9-]*, at most 31 */
	const char	*version;	/* or NULL */

	/* Each returns 0, or another number for "failed", which is no opinion.
	 * Only judge is required. open keeps what it likes in *state, which
	 * the others are given; learn hears a moderator's ruling: spam 0, 1. */
	int	(*open)(const struct foyer_host *,
		    const struct foyer_setting *, uint64_t nsettings,
		    void **state);
	int	(*judge)(void *state, const struct foyer_comment *,
		    struct foyer_verdict *);
	int	(*learn)(void *state, const struct foyer_comment *,
		    int32_t spam);
	void	(*close)(void *state);
	/* Since 1.1: instead of learn. All rulings of the site's moderators are
	 * heard, each once, those before memory was empty included. */
	int	(*hear)(void *state, const struct foyer_comment *,
		    const struct foyer_ruling *);
	/* Since 1.4: makes a challenge. The answer is judged with the comment.
	 * Its section must say so: challenge = true. */
	int	(*challenge)(void *state, struct foyer_challenge *);
	/* Since 1.4: hears of each comment that was posted, on whichever node,
	 * a second or two later, and of the latest when foyerd begins: of
	 * those that it has judged, too, and not of all that were posted
	 * while its process was away. */
	int	(*notice)(void *state, const struct foyer_comment *);
	/* 1.7 begins here. */
};

typedef const struct foyer_plugin *foyer_plugin_fn(void);

#if defined(__GNUC__)
#define FOYER_EXPORT	__attribute__((visibility("default")))
#else
#define FOYER_EXPORT
#endif

/*
 * FOYER_PLUGIN(.name = "links", .version = "1.0", .judge = links_judge);
 *
 * Takes up to 12 members, in any order. C++ has such initializers only since
 * C++20: there each becomes an assignment.
 */
#ifndef __cplusplus

#define FOYER_PLUGIN(...)						\
	FOYER_EXPORT const struct foyer_plugin *foyer_plugin_entry(void); \
	const struct foyer_plugin *foyer_plugin_entry(void)		\
	{								\
		static const struct foyer_plugin manifest = {		\
			.magic = FOYER_MAGIC, .major = FOYER_MAJOR,	\
			.minor = FOYER_MINOR, .size = sizeof(manifest),	\
			__VA_ARGS__					\
		};							\
		return &manifest;					\
	}								\
	struct foyer_plugin	/* takes the caller's semicolon */

#else

#define FOYER_SET_(member)	(void)(manifest member)
#define FOYER_SET_ALL_(a, b, c, d, e, f, g, h, i, j, k, l, ...)		\
	FOYER_SET_(a), FOYER_SET_(b), FOYER_SET_(c), FOYER_SET_(d),	\
	FOYER_SET_(e), FOYER_SET_(f), FOYER_SET_(g), FOYER_SET_(h),	\
	FOYER_SET_(i), FOYER_SET_(j), FOYER_SET_(k), FOYER_SET_(l)
#define FOYER_PLUGIN(...)						\
	extern "C" FOYER_EXPORT						\
	const struct foyer_plugin *foyer_plugin_entry(void);		\
	extern "C" const struct foyer_plugin *foyer_plugin_entry(void)	\
	{								\
		static struct foyer_plugin manifest;			\
		manifest.magic = FOYER_MAGIC;				\
		manifest.major = FOYER_MAJOR;				\
		manifest.minor = FOYER_MINOR;				\
		manifest.size = sizeof(manifest);			\
		FOYER_SET_ALL_(__VA_ARGS__, , , , , , , , , , , , , );	\
		return &manifest;					\
	}								\
	struct foyer_plugin	/* takes the caller's semicolon */

#endif /* __cplusplus */

#endif /* FOYER_PLUGIN_H */
