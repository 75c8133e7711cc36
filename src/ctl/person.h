/* person.h: what the commands about a person share. */
#ifndef CTL_PERSON_H
#define CTL_PERSON_H

#include "ctl/ctl.h"

/* An account's name, a person's UUID, or #ID of a comment of theirs. False:
 * complained. */
bool ctl_person_find(struct ctl *, const char *who, struct uuid *ret);

#endif
