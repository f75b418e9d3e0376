#include "report/page/child.h"

#include "base/clock.h"
#include "base/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, MEMORY = 1024, LARGEST_FILE = 64 };

/* Numbers with a point, no start-up files, nothing of the caller's that could change the output. */
static char *const clean_environment[] = {(char[]){"PATH=/usr/local/bin:/usr/bin:/bin"}, (char[]){"LC_ALL=C.UTF-8"},
                                          (char[]){"TZ=UTC"}, (char[]){"HOME=/nonexistent"}, NULL};

typedef struct pipes {
	int in[2], out[2];
} pipes;

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_all(pipes *p)
{
	for (int i = 0; i < 2; i++) {
		close_fd(&p->in[i]);
		close_fd(&p->out[i]);
	}
}

/* In a process group of its own, so that what it starts ends with it. */
static int start(const hg_child *child, pipes *p, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, defaults;
	if (posix_spawn_file_actions_init(&actions) || posix_spawnattr_init(&attr))
		return ENOMEM;
	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	const int taken = child->errors_only ? STDERR_FILENO : STDOUT_FILENO, lost = STDOUT_FILENO + STDERR_FILENO - taken;
	int trouble = posix_spawn_file_actions_adddup2(&actions, p->in[0], STDIN_FILENO);
	trouble = trouble ? trouble : posix_spawn_file_actions_adddup2(&actions, p->out[1], taken);
	trouble = trouble ? trouble
	                  : posix_spawn_file_actions_addopen(&actions, lost, "/dev/null", O_WRONLY, 0);
	trouble = trouble ? trouble : posix_spawnp(pid, child->argv[0], &actions, &attr, child->argv,
	                                              child->environment ? child->environment : clean_environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return trouble;
}

static void limit(pid_t pid, unsigned seconds)
{
	prlimit(pid, RLIMIT_CPU, &(struct rlimit){seconds, seconds + 1}, NULL);
	prlimit(pid, RLIMIT_AS, &(struct rlimit){(rlim_t)MEMORY << 20, (rlim_t)MEMORY << 20}, NULL);
	prlimit(pid, RLIMIT_FSIZE, &(struct rlimit){(rlim_t)LARGEST_FILE << 20, (rlim_t)LARGEST_FILE << 20}, NULL);
	prlimit(pid, RLIMIT_CORE, &(struct rlimit){0, 0}, NULL);
}

/* Feeds what there is room for; closes when all of it is gone, or the child does not want it. */
static void feed(int *fd, hg_str *in)
{
	ssize_t n = write(*fd, in->p, in->n);
	if (n > 0)
		*in = hg_str_part(*in, (size_t)n, in->n);
	if (in->n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		close_fd(fd);
}

static void take(int *fd, size_t most, hg_buf *out)
{
	char bytes[CHUNK];
	ssize_t n = read(*fd, bytes, sizeof bytes);
	if (n > 0 && out->n + (size_t)n <= most)
		hg_buf_add(out, bytes, (size_t)n);
	else if (n >= 0 || (errno != EINTR && errno != EAGAIN))
		close_fd(fd);
}

/* Both pipes at once, so that neither side waits for the other. False: out of time. */
static bool converse(pipes *p, hg_str in, long long until, size_t most, hg_buf *out)
{
	fcntl(p->in[1], F_SETFL, O_NONBLOCK);
	if (in.n == 0)
		close_fd(&p->in[1]);
	while (p->out[0] >= 0) {
		struct pollfd fds[] = {{p->out[0], POLLIN, 0}, {p->in[1], POLLOUT, 0}};
		long long left = until - hg_now_ms();
		if (left <= 0)
			return false;
		if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
			return false;
		if (fds[1].revents)
			feed(&p->in[1], &in);
		if (fds[0].revents)
			take(&p->out[0], most, out);
	}
	return true;
}

hg_status hg_child_run(const hg_child *child, hg_buf *out, const char **trouble)
{
	pipes p = {{-1, -1}, {-1, -1}};
	pid_t pid = 0;
	*trouble = "could not be started";
	if (hg_pipe(p.in) || hg_pipe(p.out)) {
		close_all(&p);
		return HG_EIO;
	}
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	sigaction(SIGPIPE, &ignore, &before);
	int failed = start(child, &p, &pid);
	bool in_time = true;
	int state = 0;
	if (!failed) {
		limit(pid, child->seconds);
		close_fd(&p.in[0]);
		close_fd(&p.out[1]);
		in_time = converse(&p, child->in, hg_now_ms() + 10000LL * child->seconds, child->most, out);
		if (!in_time)
			kill(-pid, SIGKILL);
		while (waitpid(pid, &state, 0) < 0 && errno == EINTR)
			;
	}
	close_all(&p);
	sigaction(SIGPIPE, &before, NULL);
	if (failed == ENOENT || (!failed && WIFEXITED(state) && WEXITSTATUS(state) == 127))
		*trouble = "is not installed";
	else if (!failed)
		*trouble = in_time ? "failed" : "took too long";
	if (failed || !in_time || !WIFEXITED(state) || WEXITSTATUS(state) != 0)
		return HG_EIO;
	*trouble = NULL;
	return out->failed ? HG_ENOMEM : HG_OK;
}
