/* proc_listen.c: proves what becomes of each thing that is at the path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/internal.h"

static char folder[] = "/tmp/foyer-listen-XXXXXX";
static char path[64];
static struct arena *arena;
static struct str why;

static int
bound(const char *at, bool listening)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(un.sun_path, at);
	if (bind(fd, (struct sockaddr *)&un, sizeof(un)) != 0 ||
	    (listening && listen(fd, 1) != 0))
		return -1;
	return fd;
}

static bool
answers(const char *at)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool good;

	strcpy(un.sun_path, at);
	good = connect(fd, (struct sockaddr *)&un, sizeof(un)) == 0;
	close(fd);
	return good;
}

/* In a process of its own, as a second daemon would: 0 if it may listen. */
static int
listens(const char *at, const char *group)
{
	pid_t pid = fork();
	int how, fd;

	if (pid == 0)
		_exit(proc_listen(at, group, &fd, &why, arena) != OK);
	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_true(WIFEXITED(how));
	return WEXITSTATUS(how);
}

static void
refused(const char *at, const char *group, const char *sentence)
{
	int fd = -1;

	assert_int_equal(proc_listen(at, group, &fd, &why, arena), ERR_FILE);
	assert_int_equal(fd, -1);
	if (str_find(why, str_of(sentence)) == (size_t)-1)
		fail_msg(STR_FMT, STR_ARG(why));
}

static void
a_new_socket_is_for_its_owner_and_group_only(void **state)
{
	const struct group *group = getgrgid(getegid());
	struct stat st;
	int fd;

	(void)state;
	assert_non_null(group);
	umask(0);
	assert_int_equal(proc_listen(path, group->gr_name, &fd, &why, arena),
	    OK);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISSOCK(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_int_equal(st.st_gid, getegid());
	assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	assert_true(answers(path));
	assert_true(proc_listen_end());
	assert_false(answers(path));
	assert_int_not_equal(access(path, F_OK), 0);
	close(fd);
}

static void
a_dead_socket_is_replaced(void **state)
{
	(void)state;
	close(bound(path, true));
	assert_false(answers(path));
	assert_int_equal(listens(path, ""), 0);
	unlink(path);
}

static void
a_live_socket_is_left_alone(void **state)
{
	int fd = bound(path, true);

	(void)state;
	refused(path, "", "another program listens there");
	assert_true(answers(path));
	close(fd);
	unlink(path);
}

static void
two_daemons_do_not_take_each_others_socket(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(proc_listen(path, "", &fd, &why, arena), OK);
	assert_int_equal(listens(path, ""), 1);
	assert_true(answers(path));
	unlink(path);			/* it is ours even so */
	assert_int_equal(listens(path, ""), 1);
	close(fd);
	proc_listen_end();
}

/* A worker that has outlived its master still accepts. */
static void
the_socket_of_a_killed_master_is_replaced(void **state)
{
	int go[2], started[2], how;
	pid_t master;
	char byte;

	(void)state;
	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(started), 0);
	if ((master = fork()) == 0) {
		close(go[1]);
		bound(path, true);
		if (fork() == 0 && write(started[1], "", 1) == 1)
			_exit((int)read(go[0], &byte, 1));
		_exit(0);
	}
	assert_int_equal(read(started[0], &byte, 1), 1);
	assert_int_equal(waitpid(master, &how, 0), master);
	assert_true(answers(path));
	assert_int_equal(listens(path, ""), 0);
	close(go[0]);
	close(go[1]);
	close(started[0]);
	close(started[1]);
	unlink(path);
}

static void
what_is_no_socket_is_left_alone(void **state)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	(void)state;
	close(fd);
	refused(path, "", "something else is there");
	assert_int_equal(access(path, F_OK), 0);
	unlink(path);
}

static void
what_can_not_be_is_refused_with_a_sentence(void **state)
{
	char longest[200];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	longest[0] = '/';
	longest[104] = '\0';
	refused(longest, "", "the path must be 1 to 103 bytes");
	refused("/nowhere/foyer/socket", "", "No such file");
	refused(path, "no-such-group-here", "there is no group");
	assert_int_not_equal(access(path, F_OK), 0);
}

/* The exit status of proc_listen with this as systemd's descriptor. */
static int
inherits(int socket_fd, const char *count)
{
	char pid_text[16];
	pid_t pid = fork();
	int how, fd = -1;
	enum err e;

	if (pid == 0) {
		dup2(socket_fd, 3);
		snprintf(pid_text, sizeof(pid_text), "%d", (int)getpid());
		setenv("LISTEN_PID", pid_text, 1);
		setenv("LISTEN_FDS", count, 1);
		e = proc_listen(path, "", &fd, &why, arena);
		_exit(e == OK && (fd != 3 || proc_listen_end() ||
		    !(fcntl(3, F_GETFL) & O_NONBLOCK)) ? 99 : (int)e);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	return WEXITSTATUS(how);
}

static void
systemds_socket_is_taken_if_it_is_one(void **state)
{
	int unix_listener = bound(path, true);
	int tcp = socket(AF_INET, SOCK_STREAM, 0), pair[2];

	(void)state;
	assert_int_equal(listen(tcp, 1), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(inherits(unix_listener, "1"), OK);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(inherits(unix_listener, "2"), ERR_FILE);
	assert_int_equal(inherits(tcp, "1"), ERR_FILE);
	assert_int_equal(inherits(pair[0], "1"), ERR_FILE);
	close(unix_listener);
	close(tcp);
	close(pair[0]);
	close(pair[1]);
	unlink(path);
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/socket", folder);
	return 0;
}

static int
tear_down(void **state)
{
	char lock[80];

	(void)state;
	snprintf(lock, sizeof(lock), "%s.lock", path);
	unlink(lock);
	arena_free(arena);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_socket_is_for_its_owner_and_group_only),
		cmocka_unit_test(a_dead_socket_is_replaced),
		cmocka_unit_test(a_live_socket_is_left_alone),
		cmocka_unit_test(two_daemons_do_not_take_each_others_socket),
		cmocka_unit_test(the_socket_of_a_killed_master_is_replaced),
		cmocka_unit_test(what_is_no_socket_is_left_alone),
		cmocka_unit_test(what_can_not_be_is_refused_with_a_sentence),
		cmocka_unit_test(systemds_socket_is_taken_if_it_is_one)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
