/* err.c: the error table's rows, looked up. */
#include <assert.h>

#include "base/base.h"

static const struct {
	const char *name;
	int status;
	const char *field, *sentence;
} rows[] = {
#define ROW(id, name, status, field, sentence)	\
	{ name, status, field, sentence },
	ERRORS(ROW)
#undef ROW
};

const char *
err_name(enum err e)
{
	assert((unsigned)e < COUNT(rows));
	return rows[e].name;
}

int
err_status(enum err e)
{
	assert((unsigned)e < COUNT(rows));
	return rows[e].status;
}

const char *
err_field(enum err e)
{
	assert((unsigned)e < COUNT(rows));
	return rows[e].field;
}

const char *
err_sentence(enum err e)
{
	assert((unsigned)e < COUNT(rows));
	return rows[e].sentence;
}
