/* options.c: "--name value", "--name=value" and "--flag" out of a command. */
#include <string.h>

#include "ctl/ctl.h"

enum took { TOOK_NONE, TOOK_ONE, TOOK_TWO, TOOK_WRONG };

static enum took
take_value(struct ctl *c, const struct ctl_option *o, const char *equals,
    char **argv, int left)
{
	if (o->flag != NULL) {
		if (equals != NULL) {
			ctl_say_usage(c, "--%s takes no value", o->name);
			return TOOK_WRONG;
		}
		*o->flag = true;
		return TOOK_ONE;
	}
	if (equals != NULL) {
		*o->value = equals + 1;
		return TOOK_ONE;
	}
	if (left < 2) {
		ctl_say_usage(c, "--%s needs a value", o->name);
		return TOOK_WRONG;
	}
	*o->value = argv[1];
	return TOOK_TWO;
}

/* argv[0] begins with "--". */
static enum took
take(struct ctl *c, char **argv, int left, const struct ctl_option *options,
    size_t n)
{
	const char *name = argv[0] + 2, *equals = strchr(name, '=');
	struct str word = { name, equals != NULL ? (size_t)(equals - name) :
	    strlen(name) };

	for (size_t k = 0; k < n; k++)
		if (str_is(word, options[k].name))
			return take_value(c, &options[k], equals, argv, left);
	return TOOK_NONE;
}

int
ctl_options(struct ctl *c, int argc, char **argv,
    const struct ctl_option *options, size_t n)
{
	const struct ctl_option global[] = {
		{ "conf", &c->conf, NULL }, { "database", &c->database, NULL }
	};
	int i = 0, words = 0;

	while (i < argc && strcmp(argv[i], "--") != 0) {
		enum took took;

		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			argv[words++] = argv[i++];
			continue;
		}
		took = strncmp(argv[i], "--", 2) != 0 ? TOOK_NONE :
		    take(c, argv + i, argc - i, options, n);
		if (took == TOOK_NONE && argv[i][1] == '-')
			took = take(c, argv + i, argc - i, global,
			    COUNT(global));
		if (took == TOOK_NONE)
			ctl_say_usage(c, "unknown option %s", argv[i]);
		if (took == TOOK_NONE || took == TOOK_WRONG)
			return -1;
		i += took == TOOK_TWO ? 2 : 1;
	}
	for (i++; i < argc; i++)
		argv[words++] = argv[i];
	return words;
}

bool
ctl_options_words(struct ctl *c, int got, int least, int most)
{
	if (got < 0)
		return false;		/* complained already */
	if (got >= least && got <= most)
		return true;
	ctl_say_usage(c, got < least ? "something is missing" :
	    "there are words too many");
	return false;
}

bool
ctl_options_name(const struct ctl *c, const char *given, bool none,
    struct str *name)
{
	if (text_clean(c->arena, str_of(given), false, name) == OK) {
		*name = str_trim(*name);
		if ((none || name->len > 0) &&
		    text_length(*name) <= MODEL_AUTHOR_MAX)
			return true;
	}
	ctl_say_usage(c, "a name has %d to %d characters of UTF-8", !none,
	    MODEL_AUTHOR_MAX);
	return false;
}

bool
ctl_options_numbers(struct ctl *c, const struct ctl_number *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ctl_number *o = &numbers[i];
		int64_t got;

		if (o->text == NULL)
			continue;
		if (!str_int64(str_of(o->text), &got) || got < o->least ||
		    got > o->most) {
			ctl_say_usage(c, "--%s is a number from %lld to %lld",
			    o->name, (long long)o->least, (long long)o->most);
			return false;
		}
		*o->ret = got;
	}
	return true;
}
