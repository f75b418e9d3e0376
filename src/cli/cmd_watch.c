/* handgrad watch FILE...: checks again after every save, on a cleared screen. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SETTLE_MS = 100, EVENTS = 64 * 1024 };

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Editors write a new file and rename it: the folder is watched, not the file. */
static bool watch_folder_of(int fd, const char *path)
{
	char folder[PATH_MAX];
	size_t n = (size_t)(name_of(path) - path);
	if (n >= sizeof folder)
		return false;
	memcpy(folder, n ? path : ".", n ? n : 1);
	folder[n ? n : 1] = '\0';
	return inotify_add_watch(fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
}

static bool is_ours(const hg_options *o, const char *name)
{
	for (size_t i = 0; i < o->nargs; i++)
		if (strcmp(name_of(o->args[i]), name) == 0)
			return true;
	return o->assignment && strcmp(name_of(o->assignment), name) == 0;
}

/* Reads what has happened; true if one of the files was saved. */
static bool take_events(const hg_options *o, int fd)
{
	static char events[EVENTS] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n = read(fd, events, sizeof events);
	bool ours = false;
	for (char *p = events; n > 0 && p < events + n;) {
		const struct inotify_event *e = (const struct inotify_event *)(void *)p;
		ours |= e->len && is_ours(o, e->name);
		p += sizeof *e + e->len;
	}
	return ours;
}

/* Waits for a save, and until the saving is over. False: the watch has ended. */
static bool wait_for_save(const hg_options *o, int fd)
{
	struct pollfd events = {fd, POLLIN, 0};
	bool saved = false;
	for (;;) {
		int n = poll(&events, 1, saved ? SETTLE_MS : -1);
		if (n < 0 && errno != EINTR)
			return false;
		if (n == 0)
			return true;
		if (n > 0 && (events.revents & (POLLERR | POLLNVAL)))
			return false;
		if (n > 0)
			saved |= take_events(o, fd);
	}
}

/* In a process of its own, so that each check begins with clean memory and none can end the watch. */
static bool check_once(const hg_options *o)
{
	bool screen = isatty(STDOUT_FILENO);
	hg_buf head = {0};
	hg_buf_text(&head, screen ? "\033[H\033[2J\033[3J" : "");
	if (head.n && write(STDOUT_FILENO, head.p, head.n) < 0)
		errno = 0;
	hg_buf_free(&head);
	pid_t pid = fork();
	if (pid == 0)
		exit(hg_cmd_check(o));
	int state = 0;
	while (pid > 0 && waitpid(pid, &state, 0) < 0 && errno == EINTR)
		;
	if (pid < 0 || WIFSIGNALED(state))
		hg_complain(pid < 0 ? "the check could not be started: %s" : "the check crashed: %s",
		            pid < 0 ? strerror(errno) : strsignal(WTERMSIG(state)));
	static const char words[] = "\nwatching; checks again after every save, Ctrl-C ends\n";
	bool gone = pid > 0 && WIFEXITED(state) && WEXITSTATUS(state) == 141;
	return !gone && write(STDOUT_FILENO, words, sizeof words - 1) > 0;
}

int hg_cmd_watch(const hg_options *o)
{
	if (!o->nargs) {
		hg_complain("watch what? name a file");
		return 3;
	}
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	for (size_t i = 0; i < o->nargs; i++)
		if (fd < 0 || !watch_folder_of(fd, o->args[i])) {
			hg_complain("%s: %s", o->args[i], strerror(errno));
			return 3;
		}
	if (o->assignment && !watch_folder_of(fd, o->assignment)) {
		hg_complain("%s: %s", o->assignment, strerror(errno));
		return 3;
	}
	while (check_once(o) && wait_for_save(o, fd))
		;
	close(fd);
	return 0;
}
