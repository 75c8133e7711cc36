/* device.c: a browser and its system, from what it says of itself. */
#include "model/model.h"

/* The first that is in it; those that claim to be others come before them. */
static const char *const programs[][2] = {
	{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" },
	{ "EdgA/", "Edge" }, { "Edg/", "Edge" }, { "OPR/", "Opera" },
	{ "YaBrowser/", "Yandex Browser" }, { "Vivaldi/", "Vivaldi" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "Chromium/", "Chromium" }, { "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" }, { "Safari/", "Safari" },
	{ "Lynx/", "Lynx" }, { "curl/", "curl" }
};

static const char *const systems[][2] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
	{ "Windows", "Windows" }, { "Mac OS X", "macOS" },
	{ "CrOS", "ChromeOS" }, { "Linux", "Linux" }, { "BSD", "BSD" }
};

static const char *
known(struct str agent, const char *const table[][2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_find(agent, str_of(table[i][0])) != (size_t)-1)
			return table[i][1];
	return "";
}

struct str
model_device(struct arena *a, struct str agent)
{
	const char *program, *system;

	agent = str_cut(agent, 0, 500);
	program = known(agent, programs, COUNT(programs));
	system = known(agent, systems, COUNT(systems));
	return arena_fmt(a, "%s%s%s", program,
	    *program != '\0' && *system != '\0' ? ", " : "", system);
}
