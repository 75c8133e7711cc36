/* become.c: root as somebody else, whom peer authentication and modes know. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"

bool
ctl_become(const char *name)
{
	const struct passwd *user = getpwnam(name);

	if (user == NULL)
		return true;
	if (initgroups(name, user->pw_gid) == 0 && setgid(user->pw_gid) == 0 &&
	    setuid(user->pw_uid) == 0)
		return true;
	ctl_say_failed("can't become user %s: %s", name, strerror(errno));
	return false;
}
