/* person.c: who it is that a command is about. */
#include "ctl/person.h"

bool
ctl_person_find(struct ctl *c, const char *who, struct uuid *ret)
{
	int64_t id = 0;
	bool comment = who[0] == '#' && str_int64(str_of(who + 1), &id);
	enum err e;

	if (uuid_parse(str_of(who), ret))
		return true;
	e = store_forget_find(c->store, comment ? STR("") : str_of(who), id,
	    ret);
	if (e == OK)
		return true;
	if (e == ERR_NOT_FOUND)
		ctl_say_failed("%s: no such account, person or comment", who);
	else
		ctl_open_trouble(c, e, who);
	return false;
}
