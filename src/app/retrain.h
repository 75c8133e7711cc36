/* retrain.h: part of internal.h: retrain.c, the background process's. */
#ifndef APP_RETRAIN_H
#define APP_RETRAIN_H

struct app_retrain {
	struct arena *arena;		/* of its life */
	struct store *store;
	const char *conf;
	pid_t pid;			/* of who is at it; 0: nobody */
	struct store_wish wish;		/* what for */
	struct store_wish seen[SETTINGS_FILTERS_MAX];
	size_t n;
	bool started;			/* all that was there was seen to */
};

enum err app_retrain_round(struct app_retrain *, struct arena *) MUST_CHECK;

#endif
