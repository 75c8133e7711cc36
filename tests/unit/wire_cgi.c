/* wire_cgi.c: proves that one request can be answered as plain CGI. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/wire.h"

enum { LIMIT = 1000 };

static void
echo(void *arg, struct request *rq, struct response *rs)
{
	(void)arg;
	rs->status = err_status(rq->refused);
	buf_fmt(&rs->body, STR_FMT " " STR_FMT " " STR_FMT,
	    STR_ARG(rq->method_text), STR_ARG(rq->path), STR_ARG(rq->body));
}

static void
child(const char *length, int in, int out)
{
	struct arena *arena = arena_new(4 << 20);

	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	close(in);
	close(out);
	clearenv();
	setenv("GATEWAY_INTERFACE", "CGI/1.1", 1);
	setenv("REQUEST_METHOD", "POST", 1);
	setenv("REQUEST_URI", "/foyer/a%20b?q", 1);
	if (length != NULL)
		setenv("CONTENT_LENGTH", length, 1);
	if (!wire_is_cgi())
		_exit(2);
	_exit(wire_serve_cgi(arena, &(struct wire_limits){ 200, LIMIT }, echo,
	    NULL) ? 0 : 1);
}

/* What the program printed, and how it ended; in is kept open. */
static int
run(const char *length, const char *body, bool end, char *out, size_t cap)
{
	int in[2], back[2], status;
	ssize_t n;
	size_t len = 0;
	pid_t pid;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(back), 0);
	if ((pid = fork()) == 0) {
		close(in[1]);
		close(back[0]);
		child(length, in[0], back[1]);
	}
	close(in[0]);
	close(back[1]);
	n = write(in[1], body, strlen(body));	/* unread: it may be gone */
	assert_true(n == (ssize_t)strlen(body) || errno == EPIPE);
	if (end)
		close(in[1]);
	while ((n = read(back[0], out + len, cap - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = '\0';
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!end)
		close(in[1]);
	close(back[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const struct {
	const char *length, *body;
	bool end;
	int exit;
	const char *begins, *ends;
} rows[] = {
	{ "4", "body", true, 0, "Status: 200 ", "\r\n\r\nPOST /foyer/a b body"
	    },
	{ "4", "body and more", false, 0, "Status: 200 ", "b body" },
	{ NULL, "unread", true, 0, "Status: 200 ", "b " },
	{ "", "unread", true, 0, "Status: 200 ", "b " },
	{ "0", "", false, 0, "Status: 200 ", "b " },
	{ "1001", "x", true, 0, "Status: 413 ", "POST  " },
	{ "99999999999999999999", "x", true, 0, "Status: 400 ", "POST  " },
	{ "-1", "x", true, 0, "Status: 400 ", "POST  " },
	{ "5", "body", true, 1, "", "" },
	{ "5", "body", false, 1, "", "" }
};

static void
each_request_is_answered_or_given_up_in_time(void **state)
{
	char out[4096];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t began = clock_mono();
		int got = run(rows[i].length, rows[i].body, rows[i].end, out,
		    sizeof(out));

		if (got != rows[i].exit ||
		    !str_begins(str_of(out), rows[i].begins) ||
		    !str_ends(str_of(out), rows[i].ends))
			fail_msg("row %zu: exit %d: %s", i, got, out);
		assert_true(clock_mono() - began < 2000000);
	}
}

static void
a_listening_socket_or_no_gateway_is_not_cgi(void **state)
{
	int saved = dup(STDIN_FILENO), pair[2];
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	unsetenv("GATEWAY_INTERFACE");
	assert_false(wire_is_cgi());
	setenv("GATEWAY_INTERFACE", "CGI/1.1", 1);
	/* Autobind: an abstract name that the kernel picks. */
	assert_int_equal(bind(listener, &(struct sockaddr){
	    .sa_family = AF_UNIX }, sizeof(sa_family_t)), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	dup2(listener, STDIN_FILENO);
	assert_false(wire_is_cgi());
	dup2(pair[0], STDIN_FILENO);
	assert_true(wire_is_cgi());
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(listener);
	close(pair[0]);
	close(pair[1]);
	unsetenv("GATEWAY_INTERFACE");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_request_is_answered_or_given_up_in_time),
		cmocka_unit_test(a_listening_socket_or_no_gateway_is_not_cgi)
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
