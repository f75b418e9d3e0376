#include "text/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *not_a_file(mode_t mode)
{
	return S_ISDIR(mode)                    ? "is a directory, not a document"
	       : S_ISFIFO(mode)                 ? "is a pipe, not a regular file"
	       : S_ISCHR(mode) || S_ISBLK(mode) ? "is a device, not a regular file"
	       : S_ISSOCK(mode)                 ? "is a socket, not a regular file"
	       : !S_ISREG(mode)                 ? "is not a regular file"
	                                        : NULL;
}

/* Reads up to n bytes; fewer only at the end of the file. -1 and errno on failure. */
static ssize_t read_whole(int fd, char *into, size_t n)
{
	size_t got = 0;
	while (got < n) {
		ssize_t k = read(fd, into + got, n - got);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		if (k == 0)
			break;
		got += (size_t)k;
	}
	return (ssize_t)got;
}

static hg_status read_open(int fd, hg_source *source, hg_arena *arena, const char **trouble)
{
	struct stat st;
	if (fstat(fd, &st))
		return hg_refuse(HG_EIO, source->path, strerror(errno), arena, trouble);
	if (not_a_file(st.st_mode))
		return hg_refuse(HG_EIO, source->path, not_a_file(st.st_mode), arena, trouble);
	hg_limit most = hg_source_size_limit(source);
	if (st.st_size < 0 || !hg_budget_allows(source->budget, most, (size_t)st.st_size))
		return hg_refuse(HG_ELIMIT, source->path, hg_limit_message(source->budget, most, arena), arena,
		                 trouble);
	/* What the file holds now; a byte more would mean that it grows while it is read, and what came later is
	 * not read. */
	char *bytes = hg_arena_alloc(arena, (size_t)st.st_size + 1, 1);
	if (!bytes)
		return HG_ENOMEM;
	ssize_t n = read_whole(fd, bytes, (size_t)st.st_size);
	if (n < 0)
		return hg_refuse(HG_EIO, source->path, strerror(errno), arena, trouble);
	return hg_source_finish(source, bytes, (size_t)n, arena, trouble);
}

/* Standard input to its end: how much it is, only its end tells. */
static hg_status read_stdin(hg_source *source, hg_arena *arena, const char **trouble)
{
	hg_limit limit = hg_source_size_limit(source);
	size_t room = 64 * 1024, n = 0;
	char *bytes = hg_arena_alloc(arena, room, 1);
	for (;;) {
		ssize_t got = bytes ? read_whole(STDIN_FILENO, bytes + n, room - n) : 0;
		if (!bytes)
			return HG_ENOMEM;
		if (got < 0)
			return hg_refuse(HG_EIO, source->path, strerror(errno), arena, trouble);
		n += (size_t)got;
		if (n < room || !hg_budget_allows(source->budget, limit, n))
			return hg_source_finish(source, bytes, n, arena, trouble);
		char *more = hg_arena_alloc(arena, 2 * room, 1);
		if (more)
			memcpy(more, bytes, n);
		bytes = more;
		room *= 2;
	}
}

hg_status hg_source_read(const char *path, const hg_budget *limits, hg_arena *arena, hg_source *source,
                         const char **trouble)
{
	*trouble = NULL;
	HG_TRY(hg_source_start(path, limits, arena, source));
	if (strcmp(path, "-") == 0)
		return read_stdin(source, arena, trouble);
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC |
	                        O_NOCTTY); /* a pipe without a writer must not hang us */
	if (fd < 0)
		return hg_refuse(HG_EIO, path, errno == ENXIO ? "is a socket, not a regular file" : strerror(errno),
		                 arena, trouble);
	hg_status status = read_open(fd, source, arena, trouble);
	close(fd);
	return status;
}
