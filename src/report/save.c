#include "report/save.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of the bytes, in however many pieces they go; 0 or an errno. */
static int write_all(int fd, hg_str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		bytes.p += n;
		bytes.n -= (size_t)n;
	}
	return 0;
}

static hg_status told(int trouble)
{
	errno = trouble;
	return trouble ? HG_EIO : HG_OK;
}

static hg_status write_to(const char *path, int flags, hg_str bytes)
{
	int fd = open(path, flags | O_WRONLY | O_CLOEXEC, 0666);
	if (fd < 0)
		return HG_EIO;
	int trouble = write_all(fd, bytes);
	if (close(fd) && !trouble)
		trouble = errno;
	return told(trouble);
}

hg_status hg_save_append(const char *path, hg_str bytes) { return write_to(path, O_APPEND | O_CREAT, bytes); }

hg_status hg_save(const char *path, hg_str bytes)
{
	char beside[PATH_MAX];
	struct stat there;
	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
		return S_ISDIR(there.st_mode) ? told(EISDIR) : write_to(path, 0, bytes);
	int n = snprintf(beside, sizeof beside, "%s.%ld.tmp", path, (long)getpid());
	if (n < 0 || (size_t)n >= sizeof beside)
		return told(ENAMETOOLONG);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return HG_EIO;
	int trouble = write_all(fd, bytes);
	if (!trouble && fsync(fd))
		trouble = errno;
	if (close(fd) && !trouble)
		trouble = errno;
	if (!trouble && rename(beside, path))
		trouble = errno;
	if (trouble)
		unlink(beside);
	return told(trouble);
}

hg_status hg_save_folder(const char *path)
{
	char part[PATH_MAX];
	size_t n = strlen(path);
	if (n == 0 || n >= sizeof part)
		return told(n ? ENAMETOOLONG : ENOENT);
	memcpy(part, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (part[i] != '/' && part[i])
			continue;
		part[i] = '\0';
		if (mkdir(part, 0777) && errno != EEXIST)
			return HG_EIO;
		part[i] = path[i];
	}
	struct stat there;
	if (stat(path, &there))
		return HG_EIO;
	return told(S_ISDIR(there.st_mode) ? 0 : ENOTDIR);
}
