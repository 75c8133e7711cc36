/* wire_accept.c: proves that running out of descriptors is not the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/wire.h"

static int listener, client;

static int
set_up(void **state)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);

	(void)state;
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(listener, &(struct sockaddr){
	    .sa_family = AF_UNIX }, sizeof(sa_family_t)), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len),
	    0);
	client = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(client, (struct sockaddr *)&at, len), 0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	close(client);
	close(listener);
	return 0;
}

static void
without_descriptors_it_waits_a_little_and_goes_on(void **state)
{
	struct rlimit old, none;
	int64_t began;
	int i, fd;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ 0, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	for (i = 0; i < 8; i++) {
		began = clock_mono();
		fd = wire_accept(listener);
		assert_int_equal(fd, -1);
		assert_int_equal(errno, EMFILE);
		assert_in_range(clock_mono() - began, 4000, 1000000);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	fd = wire_accept(listener);
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	close(fd);
}

static void
with_nobody_there_it_does_not_wait(void **state)
{
	int64_t began = clock_mono();

	(void)state;
	assert_int_equal(wire_accept(listener), -1);
	assert_true(clock_mono() - began < 100000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    without_descriptors_it_waits_a_little_and_goes_on),
		cmocka_unit_test(with_nobody_there_it_does_not_wait)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
