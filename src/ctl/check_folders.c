/* check_folders.c: may foyerd write where it must, is there room? */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "ctl/check.h"

enum {
	MIB = 1024 * 1024,
	DISK_LEAST = 64 * MIB, FILES_LEAST = 1000
};

/* nginx comes as another user, in its own group. */
static struct str
cache_fault(struct ctl_check *c, const struct stat *st)
{
	struct group *group = c->settings->group[0] != '\0' ?
	    getgrnam(c->settings->group) : NULL;
	mode_t need = group != NULL && group->gr_gid == st->st_gid ?
	    S_IRGRP | S_IXGRP : S_IROTH | S_IXOTH;

	if (!S_ISDIR(st->st_mode))
		return STR("is not a folder");
	if (faccessat(AT_FDCWD, c->settings->cache, W_OK | X_OK, AT_EACCESS) !=
	    0)
		return errno == EROFS ? STR("it is mounted to read only") :
		    STR("this user can't write there");
	if ((st->st_mode & need) != need)
		return STR("nginx can't read it: let others in (chmod 755)");
	return STR("");
}

bool
ctl_check_cache(struct ctl_check *c)
{
	const char *folder = c->settings->cache;
	struct str fault;
	struct stat st;

	if (folder[0] == '\0')
		return ctl_check_ok(c, "cache", "none set");
	fault = lstat(folder, &st) == 0 ? cache_fault(c, &st) :
	    str_of(strerror(errno));
	if (fault.len > 0)
		return ctl_check_wrong(c, "cache", arena_fmt(c->arena, "%s: "
		    STR_FMT, folder, STR_ARG(fault)));
	return ctl_check_ok(c, "cache", folder);
}

bool
ctl_check_state(struct ctl_check *c)
{
	const char *folder = c->settings->state;

	if (folder[0] == '\0')
		return ctl_check_ok(c, "state", "none set");
	if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
		return ctl_check_wrong(c, "state", arena_fmt(c->arena, "%s: "
		    "%s: what filters learn is not kept", folder,
		    strerror(errno)));
	return ctl_check_ok(c, "state", folder);
}

/* Where foyerd writes, and where foyerctl makes keys; what credentials are in
 * knows no size. */
bool
ctl_check_disk(struct ctl_check *c)
{
	const char *const folders[] = { c->settings->cache,
	    c->settings->state, c->settings->keys };
	struct statvfs st;
	size_t i;

	for (i = 0; i < COUNT(folders); i++) {
		if (statvfs(folders[i], &st) != 0 || st.f_blocks == 0)
			continue;	/* said above */
		if (st.f_bavail * st.f_frsize < DISK_LEAST || (st.f_files >
		    0 && st.f_favail < FILES_LEAST))
			return ctl_check_wrong(c, "disk", arena_fmt(c->arena,
			    "%s: %llu MiB and %llu files are left", folders[i],
			    (unsigned long long)(st.f_bavail * st.f_frsize /
			    MIB), (unsigned long long)st.f_favail));
	}
	return ctl_check_ok(c, "disk", "room for pages, what filters learn, "
	    "keys");
}
