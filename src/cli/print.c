#include "cli/print.h"

#include "cli/complain.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_TROUBLE = 3, EXIT_PIPE = 141, ROOM = 1 << 16 };

static int trouble; /* the first errno; a process has one standard output */

static void failed(int error)
{
	if (!trouble)
		trouble = error ? error : EIO;
}

void hg_print(hg_str bytes)
{
	errno = 0;
	if (fwrite(bytes.p, 1, bytes.n, stdout) != bytes.n || fflush(stdout))
		failed(errno);
}

static void close_streams(void)
{
	errno = 0;
	if (ferror(stdout) || fflush(stdout))
		failed(errno);
	errno = 0;
	if (fclose(stdout))
		failed(errno);
	if (trouble == EPIPE)
		_exit(EXIT_PIPE);
	if (trouble)
		hg_complain("standard output: %s", strerror(trouble));
	if (trouble || ferror(stderr))
		_exit(EXIT_TROUBLE);
}

/* A closed stream would lend its number to the next file opened: fill it so that using it still fails. */
static void fill_closed(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(EXIT_TROUBLE);
}

void hg_print_open(void)
{
	fill_closed();
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOFBF, ROOM);
	if (atexit(close_streams))
		_exit(EXIT_TROUBLE);
}
