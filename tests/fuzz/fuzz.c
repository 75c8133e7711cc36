/* fuzz.c: what all targets share: an arena, lines and files of the input. */
#include <stdint.h>
#include <sys/mman.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	static struct arena *arena;

	if (arena == NULL) {
		log_open("fuzz", LOG_ERROR, LOG_TEXT);
		arena = arena_new(512 * 1024 * 1024);
	}
	fuzz_one(arena, (struct str){ (const char *)at, len });
	arena_reset(arena);
	return 0;
}

struct str
fuzz_line(struct str *input)
{
	struct str line = STR("");

	str_split(input, '\n', &line);
	return line;
}

struct str
fuzz_change(struct arena *arena, struct str was, struct str how)
{
	char *at = arena_cstr(arena, was);
	size_t i, k;

	for (i = 0; i + 3 <= how.len; i += 3) {
		k = (size_t)(unsigned char)how.at[i] << 8 |
		    (unsigned char)how.at[i + 1];
		at[k % was.len] = how.at[i + 2];
	}
	return (struct str){ at, was.len };
}

const char *
fuzz_file(struct arena *arena, struct str bytes)
{
	int fd = memfd_create("fuzz", 0);

	assert(fd >= 0);
	assert(write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
	return arena_fmt(arena, "/proc/self/fd/%d", fd).at;
}

void
fuzz_file_end(const char *path)
{
	close(atoi(strrchr(path, '/') + 1));
}
