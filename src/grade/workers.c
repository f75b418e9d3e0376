#include "grade/workers.h"

#include "base/clock.h"
#include "base/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef HG_HAVE_PDEATHSIG
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_JOBS = 64, START_TRIES = 3, PAUSE_MS = 50, MOST_ANSWER = 16 << 20 };
enum { FAILED = 70, NO_MEMORY = 71, NO_OUTPUT = 72 }; /* how a child ends; the last tells the parent its errno */

#if defined(__SANITIZE_ADDRESS__)
enum { CAN_LIMIT_MEMORY = 0 }; /* the sanitizer's shadow takes terabytes of addresses */
#else
enum { CAN_LIMIT_MEMORY = 1 };
#endif

typedef struct slot {
	pid_t pid; /* 0: free */
	int fd;
	size_t piece;
	bool again; /* the second try of this piece */
	long long deadline;
	hg_buf answer;
} slot;

typedef struct pool {
	const hg_workers *of;
	slot slots[MOST_JOBS];
	size_t jobs, next, active;
} pool;

static volatile sig_atomic_t stopped_by;

static void note_signal(int signal) { stopped_by = signal; }

/* ---- the child ------------------------------------------------------------------------------------------------- */

#ifdef __GLIBC__ /* where the kinds of limits are an enumeration of their own */
typedef __rlimit_resource_t limit_kind;
#else
typedef int limit_kind;
#endif

static void limit(limit_kind what, rlim_t soft, rlim_t hard) { setrlimit(what, &(struct rlimit){soft, hard}); }

/* What it may use, and nothing of the parent's: it ends with the parent, and writes to no terminal. */
static void settle(const hg_workers *w, pid_t parent)
{
#ifdef HG_HAVE_PDEATHSIG /* elsewhere it ends by its limit of time at the latest */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(FAILED);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	limit(RLIMIT_CPU, w->cpu_seconds, w->cpu_seconds + 1);
	limit(RLIMIT_CORE, 0, 0);
	limit(RLIMIT_FSIZE, 256u << 20, 256u << 20);
	if (w->memory && CAN_LIMIT_MEMORY)
		limit(RLIMIT_AS, w->memory, w->memory);
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nowhere >= 0) {
		dup2(nowhere, STDIN_FILENO);
		dup2(nowhere, STDOUT_FILENO);
		if (CAN_LIMIT_MEMORY)
			dup2(nowhere, STDERR_FILENO);
	}
}

static _Noreturn void be_child(const hg_workers *w, size_t piece, int fd, pid_t parent)
{
	settle(w, parent);
	hg_buf answer = {0};
	hg_status status = w->work(w->self, piece, &answer);
	if (status == HG_OK && answer.failed)
		status = HG_ENOMEM;
	int why = errno;
	hg_str rest = status == HG_OK    ? hg_buf_slice(&answer)
	              : status == HG_EIO ? (hg_str){(char *)&why, sizeof why}
	                                 : (hg_str){0};
	while (rest.n) {
		ssize_t n = write(fd, rest.p, rest.n);
		if (n < 0 && errno != EINTR)
			_exit(FAILED);
		rest = hg_str_part(rest, n > 0 ? (size_t)n : 0, rest.n);
	}
	_exit(status == HG_OK ? 0 : status == HG_ENOMEM ? NO_MEMORY : status == HG_EIO ? NO_OUTPUT : FAILED);
}

/* ---- starting and ending ----------------------------------------------------------------------------------------- */

static pid_t fork_patiently(void)
{
	for (int k = 0;; k++) {
		pid_t pid = fork();
		if (pid >= 0 || k == START_TRIES || (errno != EAGAIN && errno != ENOMEM))
			return pid;
		nanosleep(&(struct timespec){0, PAUSE_MS * 1000000L}, NULL);
	}
}

static hg_status start(pool *p, slot *s, size_t piece, bool again)
{
	int ends[2];
	if (hg_pipe(ends) != 0)
		return HG_EIO;
	pid_t parent = getpid(), pid = fork_patiently();
	if (pid == 0) {
		close(ends[0]);
		be_child(p->of, piece, ends[1], parent);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return HG_EIO;
	}
	*s = (slot){.pid = pid, .fd = ends[0], .piece = piece, .again = again,
	            .deadline = hg_now_ms() + 10000LL * p->of->cpu_seconds};
	p->active++;
	return HG_OK;
}

static void reap(pool *p, slot *s, int *state)
{
	close(s->fd);
	while (waitpid(s->pid, state, 0) < 0 && errno == EINTR)
		;
	s->pid = 0;
	p->active--;
}

/* How a process ended that gave no answer; text may be used. NULL: it gave one. */
static const char *cause(int state, const slot *s, const hg_workers *w, char text[static 96])
{
	if (WIFEXITED(state) && WEXITSTATUS(state) == 0 && s->answer.n)
		return NULL;
	if (WIFEXITED(state) && WEXITSTATUS(state) == NO_MEMORY)
		return "it needs more memory than a submission may have";
	if (WIFSIGNALED(state) && (WTERMSIG(state) == SIGXCPU || WTERMSIG(state) == SIGKILL))
		snprintf(text, 96, "it takes more than %u s of computing", w->cpu_seconds);
	else if (WIFSIGNALED(state))
		snprintf(text, 96, "the program crashed on it (signal %d)", WTERMSIG(state));
	else
		snprintf(text, 96, "the program could not handle it");
	return text;
}

/* A page could not be written: that is no fault of the submission, and the next one would fare no better. */
static bool lacks_output(int state, const hg_buf *answer)
{
	int why;
	if (!WIFEXITED(state) || WEXITSTATUS(state) != NO_OUTPUT || answer->n != sizeof why)
		return false;
	memcpy(&why, answer->p, sizeof why);
	errno = why;
	return true;
}

static hg_status finish(pool *p, slot *s)
{
	char text[96];
	int state = 0;
	reap(p, s, &state);
	hg_buf answer = s->answer;
	const char *died = cause(state, s, p->of, text);
	hg_status status = HG_EIO;
	if (!lacks_output(state, &answer))
		status = p->of->take(p->of->self, s->piece, died ? NULL : &answer, died);
	hg_buf_free(&answer);
	s->answer = (hg_buf){0};
	return status;
}

/* Out of time by the clock, which says nothing on a busy machine: once more, then it is given up. */
static hg_status expire(pool *p, slot *s)
{
	int state;
	kill(s->pid, SIGKILL);
	reap(p, s, &state);
	hg_buf_free(&s->answer);
	s->answer = (hg_buf){0};
	if (!s->again)
		return start(p, s, s->piece, true);
	return p->of->take(p->of->self, s->piece, NULL, "it did not end in time");
}

static void kill_all(pool *p)
{
	for (size_t k = 0; k < p->jobs; k++) {
		int state;
		if (!p->slots[k].pid)
			continue;
		kill(p->slots[k].pid, SIGKILL);
		reap(p, &p->slots[k], &state);
		hg_buf_free(&p->slots[k].answer);
	}
}

/* ---- the loop ------------------------------------------------------------------------------------------------------- */

static hg_status fill(pool *p)
{
	for (size_t k = 0; k < p->jobs && !stopped_by; k++) {
		while (!p->slots[k].pid && p->next < p->of->n) {
			bool skip = false;
			size_t piece = p->next++;
			HG_TRY(p->of->prepare(p->of->self, piece, &skip));
			if (!skip)
				HG_TRY(start(p, &p->slots[k], piece, false));
		}
	}
	return HG_OK;
}

/* Takes what has come; true at the end of the answer. */
static bool listen_to(slot *s)
{
	char bytes[65536];
	ssize_t n = read(s->fd, bytes, sizeof bytes);
	if (n < 0)
		return errno != EINTR && errno != EAGAIN;
	if (s->answer.n + (size_t)n <= MOST_ANSWER)
		hg_buf_add(&s->answer, bytes, (size_t)n);
	return n == 0;
}

static hg_status turn(pool *p)
{
	struct pollfd fds[MOST_JOBS];
	for (size_t k = 0; k < p->jobs; k++)
		fds[k] = (struct pollfd){p->slots[k].pid ? p->slots[k].fd : -1, POLLIN, 0};
	if (poll(fds, p->jobs, 500) < 0 && errno != EINTR)
		return HG_EIO;
	for (size_t k = 0; k < p->jobs && !stopped_by; k++) {
		slot *s = &p->slots[k];
		if (s->pid && fds[k].revents && listen_to(s))
			HG_TRY(finish(p, s));
		else if (s->pid && hg_now_ms() > s->deadline)
			HG_TRY(expire(p, s));
	}
	return HG_OK;
}

hg_status hg_workers_run(const hg_workers *workers, int *signal)
{
	pool p = {.of = workers, .jobs = workers->jobs < 1 ? 1 : workers->jobs > MOST_JOBS ? MOST_JOBS : workers->jobs};
	struct sigaction note = {.sa_handler = note_signal}, before_int, before_term;
	stopped_by = 0;
	sigaction(SIGINT, &note, &before_int);
	sigaction(SIGTERM, &note, &before_term);
	hg_status status = HG_OK;
	do {
		status = fill(&p);
		if (status == HG_OK && p.active)
			status = turn(&p);
	} while (status == HG_OK && !stopped_by && (p.active || p.next < workers->n));
	int why = errno;
	kill_all(&p);
	errno = why;
	*signal = stopped_by;
	sigaction(SIGINT, &before_int, NULL);
	sigaction(SIGTERM, &before_term, NULL);
	return status;
}
