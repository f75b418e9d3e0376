/* A library to be loaded before the others: lets the k-th call of one function fail, and counts the calls.
 *
 *   FAULT_CALL=malloc FAULT_AT=17   the 17th allocation (malloc, calloc or realloc) returns NULL
 *   FAULT_CALL=write FAULT_ERRNO=28 FAULT_AT=1   the first write fails with that errno
 *   FAULT_COUNT=FILE                the number of calls is written there at the end
 *   FAULT_FOREVER=1                 and every call after it fails, too
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static const char *call;
static long at, count;
static int error = EIO, forever;

__attribute__((constructor)) static void set_up(void)
{
	const char *k = getenv("FAULT_AT"), *e = getenv("FAULT_ERRNO");
	at = k ? atol(k) : 0;
	error = e ? atoi(e) : EIO;
	forever = getenv("FAULT_FOREVER") != NULL;
	count = 0;
	call = getenv("FAULT_CALL");
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
	call = NULL;
	if (fd >= 0) {
		dprintf(fd, "%ld\n", count);
		close(fd);
	}
}

static int fails(const char *name)
{
	if (!call || strcmp(call, name) != 0)
		return 0;
	count++;
	return at && (count == at || (forever && count > at));
}

/* The real function is looked up before the counting begins: dlsym allocates. */
#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n)
{
	if (!fails("malloc"))
		return __libc_malloc(n);
	errno = ENOMEM;
	return NULL;
}

void *calloc(size_t n, size_t size)
{
	if (!fails("malloc"))
		return __libc_calloc(n, size);
	errno = ENOMEM;
	return NULL;
}

void *realloc(void *p, size_t n)
{
	if (!fails("malloc"))
		return __libc_realloc(p, n);
	errno = ENOMEM;
	return NULL;
}

#define FAILING(name, value)                                                                                 \
	if (fails(name)) {                                                                                       \
		errno = error;                                                                                       \
		return (value);                                                                                      \
	}

ssize_t write(int fd, const void *bytes, size_t n)
{
	FAILING("write", -1);
	if (call && strcmp(call, "short-write") == 0 && n > 1)
		n = 1;
	return REAL(ssize_t, write, int, const void *, size_t)(fd, bytes, n);
}

int fsync(int fd)
{
	FAILING("fsync", -1);
	return REAL(int, fsync, int)(fd);
}

int rename(const char *from, const char *to)
{
	FAILING("rename", -1);
	return REAL(int, rename, const char *, const char *)(from, to);
}
