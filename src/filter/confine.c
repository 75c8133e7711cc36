/* confine.c: what the process that runs plugins may still do. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filter/internal.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif

/* AddressSanitizer maps terabytes: with it memory has no limit. */
#ifdef SANITIZED
static const bool bounded = false;
#else
static const bool bounded = true;
#endif

enum { MIB = 1024 * 1024 };

static bool
limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit to = { most, most };

	return setrlimit(what, &to) == 0;
}

bool
filter_confine_limits(int memory_mib)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) &&
	    (!bounded || limit(RLIMIT_DATA, (rlim_t)memory_mib * MIB));
}

bool
filter_confine_memory_left(int memory_mib)
{
	size_t size = (size_t)memory_mib * MIB / 16;
	void *p;

	if (!bounded)
		return true;
	p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p != MAP_FAILED && munmap(p, size) == 0;
}

/* ---- files: Landlock(7) ---- */

#define READS	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ALL_OF_ABI_1	(LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1)

static void
files_allow(int rules, const char *path)
{
	struct landlock_path_beneath_attr attr = { .allowed_access = READS };
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd == -1)
		return;			/* what isn't there can't be read */
	if (fstat(fd, &st) == 0) {
		if (!S_ISDIR(st.st_mode))
			attr.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		attr.parent_fd = fd;
		syscall(SYS_landlock_add_rule, rules,
		    LANDLOCK_RULE_PATH_BENEATH, &attr, 0);
	}
	close(fd);
}

static void
files_allow_plugin(int rules, const struct filter_plugin *p)
{
	char folder[4096];
	const char *slash = strrchr(p->path, '/');
	size_t i, len = slash ? (size_t)(slash - p->path) : 0;

	if (len > 0 && len < sizeof(folder)) {
		memcpy(folder, p->path, len);
		folder[len] = '\0';
		files_allow(rules, folder);
	}
	for (i = 0; i < p->npairs && i < FILTER_FILES; i++)
		if (p->pairs[i].value[0] == '/')
			files_allow(rules, p->pairs[i].value);
}

bool
filter_confine_files(const struct filter_plan *plan)
{
	static const char *const system[] = { "/usr", "/lib", "/lib64",
	    "/etc/ld.so.cache", "/etc/localtime", "/dev/null",
	    "/dev/urandom" };
	struct landlock_ruleset_attr attr = {
		.handled_access_fs = ALL_OF_ABI_1
	};
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr,
	    sizeof(attr.handled_access_fs), 0);
	static const char *const network[] = { "/etc/resolv.conf",
	    "/run/systemd/resolve", "/etc/hosts", "/etc/host.conf",
	    "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services",
	    "/etc/protocols", "/etc/ssl/openssl.cnf", "/etc/ssl/certs" };
	size_t i;
	bool done;

	if (rules == -1)		/* a kernel or a container without it */
		return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
	for (i = 0; i < COUNT(system); i++)
		files_allow(rules, system[i]);
	for (i = 0; plan->network && i < COUNT(network); i++)
		files_allow(rules, network[i]);
	for (i = 0; i < plan->nplugins; i++)
		files_allow_plugin(rules, &plan->plugins[i]);
	done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return done;
}

/* ---- system calls: seccomp(2) ---- */

/* Memory, time, reading what is open, talking to the seats, ending. */
static const int calls[] = {
	SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mprotect),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(timer_settime),
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat),
	SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getdents64),
	SCMP_SYS(getcwd), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
	SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(recvfrom), SCMP_SYS(sendto),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
	SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo),
	SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(seccomp)		/* for filter_confine_last */
};

static int
calls_conditional(scmp_filter_ctx ctx)
{
	const scmp_datum_t writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
	int e;

	e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
	    SCMP_A1(SCMP_CMP_MASKED_EQ, writes, O_RDONLY));
	if (e == 0)
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, writes, O_RDONLY));
	if (e == 0)			/* getrlimit */
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64),
		    1, SCMP_A2(SCMP_CMP_EQ, 0, 0));
	if (e == 0)			/* abort */
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	if (e == 0)			/* for filter_confine_last */
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
		    SCMP_A0(SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS, 0));
	return e;
}

/* To ask others; nobody is let in. */
static const int network_calls[] = {
	SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(getsockname),
	SCMP_SYS(getpeername), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(shutdown), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
	SCMP_SYS(recvmsg), SCMP_SYS(select), SCMP_SYS(pselect6),
	SCMP_SYS(ioctl), SCMP_SYS(fcntl), SCMP_SYS(pipe), SCMP_SYS(pipe2),
	SCMP_SYS(eventfd2)
};

static int
calls_network(scmp_filter_ctx ctx)
{
	static const int families[] = { AF_INET, AF_INET6, AF_NETLINK };
	size_t i;
	int e = 0;

	for (i = 0; e == 0 && i < COUNT(network_calls); i++)
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, network_calls[i], 0);
	for (i = 0; e == 0 && i < COUNT(families); i++)
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
	return e;
}

bool
filter_confine_calls(bool network)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	size_t i;
	int e = 0;

	if (ctx == NULL)
		return false;
	for (i = 0; e == 0 && i < COUNT(calls); i++)
		e = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, calls[i], 0);
	if (e == 0)
		e = calls_conditional(ctx);
	if (e == 0 && network)
		e = calls_network(ctx);
	if (e == 0)
		e = seccomp_load(ctx);
	seccomp_release(ctx);
	return e == 0;
}

bool
filter_confine_last(void)
{
	static const int no[] = { SCMP_SYS(open), SCMP_SYS(openat),
	    SCMP_SYS(close), SCMP_SYS(seccomp), SCMP_SYS(prctl) };
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	size_t i;
	int e = 0;

	if (ctx == NULL)
		return false;
	for (i = 0; e == 0 && i < COUNT(no); i++)
		e = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), no[i], 0);
	if (e == 0)
		e = seccomp_load(ctx);
	seccomp_release(ctx);
	return e == 0;
}
