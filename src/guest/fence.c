#include "guest/fence.h"

#include <fcntl.h>
#include <signal.h>
#ifdef HG_HAVE_PDEATHSIG
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { CAN_LIMIT_MEMORY = 0 }; /* the sanitizer's shadow takes terabytes of addresses */
#else
enum { CAN_LIMIT_MEMORY = 1 };
#endif

#ifdef __GLIBC__ /* where the kinds of limits are an enumeration of their own */
typedef __rlimit_resource_t limit_kind;
#else
typedef int limit_kind;
#endif

static void limit(limit_kind what, rlim_t most) { setrlimit(what, &(struct rlimit){most, most}); }

void hg_fence_settle(int socket, const hg_budget *limits)
{
#ifdef HG_HAVE_PDEATHSIG /* elsewhere it ends by its limit of time at the latest */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	setpgid(0, 0);
	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	limit(RLIMIT_CPU, limits->most[HG_LIMIT_MODULE_SECONDS]);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NPROC, 0);
	limit(RLIMIT_NOFILE, 16);
	limit(RLIMIT_MEMLOCK, 0);
#ifdef RLIMIT_MSGQUEUE
	limit(RLIMIT_MSGQUEUE, 0);
#endif
	if (CAN_LIMIT_MEMORY)
		limit(RLIMIT_AS, (rlim_t)limits->most[HG_LIMIT_MODULE_MEMORY] << 20);
	int nowhere = open("/dev/null", O_RDWR);
	for (int fd = 0; fd < 3; fd++)
		if (nowhere < 0 || dup2(nowhere, fd) < 0)
			close(fd);
	dup2(socket, HG_FENCE_SOCKET);
#ifdef HG_HAVE_CLOSE_RANGE
	close_range(HG_FENCE_SOCKET + 1, ~0U, 0);
#else
	for (long fd = HG_FENCE_SOCKET + 1, most = sysconf(_SC_OPEN_MAX); fd < most; fd++)
		close((int)fd);
#endif
}

#ifdef HG_HAVE_SECCOMP
#include <errno.h>
#include <seccomp.h>

/* Computing, memory, the socket; and what a function does that wants to print or to sleep. */
static const int always[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(brk),
	SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(fstat), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(sched_yield), SCMP_SYS(close),
	SCMP_SYS(rt_sigprocmask),
};

/* For the loader of shared objects; and the way to the second filter. */
static const int loading[] = {
	SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(newfstatat), SCMP_SYS(readlink), SCMP_SYS(access), SCMP_SYS(seccomp),
};

static bool allow(scmp_filter_ctx filter, const int calls[], size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[k], 0) != 0)
			return false;
	return true;
}

static bool put_up(scmp_filter_ctx filter, bool made)
{
	const bool up = made && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return up;
}

bool hg_fence_for_loading(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	return filter &&
	       put_up(filter, allow(filter, always, sizeof always / sizeof *always) &&
	                          allow(filter, loading, sizeof loading / sizeof *loading) &&
	                          !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
	                                            (struct scmp_arg_cmp){.arg = 0, .op = SCMP_CMP_EQ, .datum_a = PR_SET_NO_NEW_PRIVS}) &&
	                          !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	                                            SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)));
}

bool hg_fence_for_running(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	return filter && put_up(filter, allow(filter, always, sizeof always / sizeof *always));
}
#else
bool hg_fence_for_loading(void) { return true; }
bool hg_fence_for_running(void) { return true; }
#endif
