/* handgrad watch FILE...: checks again after every save, on a cleared screen, and says what has changed. */
#include "cli/changes.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "cli/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SETTLE_MS = 100, EVENTS = 64 * 1024 };

typedef struct watching {
	hg_options o;     /* of each check */
	int fd;           /* of the folders */
	bool again;       /* there was a check before */
	hg_buf before;    /* its problems (changes.h) */
	int back;         /* where a check hands back its problems */
	hg_serve serve;
	char page[PATH_MAX]; /* of --html; empty: no page */
} watching;

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

/* Waits for a save, and until the saving is over; meanwhile the page is served. False: the watch has ended. */
static bool wait_for_save(watching *w)
{
	struct pollfd events[] = {{w->fd, POLLIN, 0}, {w->serve.listening, POLLIN, 0}};
	bool saved = false;
	for (;;) {
		int n = poll(events, 2, saved ? SETTLE_MS : -1);
		if (n < 0 && errno != EINTR)
			return false;
		if (n == 0)
			return true;
		if (n > 0 && (events[0].revents & (POLLERR | POLLNVAL)))
			return false;
		if (n > 0 && events[0].revents)
			saved |= take_events(&w->o, w->fd);
		if (n > 0 && events[1].revents)
			hg_serve_answer(&w->serve);
	}
}

/* In the process of the check: says what changed, and hands the problems back. */
static void compare(const hg_report *const *reports, size_t n, void *by)
{
	const watching *w = by;
	hg_buf now = {0}, words = {0};
	bool stopped = false;
	for (size_t i = 0; i < n; i++)
		stopped |= reports[i]->trouble != NULL;
	if (stopped) /* a file that cannot be read now has mended nothing */
		hg_buf_str(&now, hg_buf_slice(&w->before));
	else
		hg_problems_list(reports, n, &now);
	if (w->again && !stopped)
		hg_changes_say(hg_buf_slice(&w->before), hg_buf_slice(&now), &words);
	if (words.n && !words.failed) {
		hg_print(HG_STR("\nsince the last save: "));
		hg_print(hg_buf_slice(&words));
		hg_print(HG_STR("\n"));
	}
	for (size_t at = 0; at < now.n && !now.failed;) {
		ssize_t k = write(w->back, now.p + at, now.n - at);
		if (k <= 0)
			break;
		at += (size_t)k;
	}
	hg_buf_free(&now);
	hg_buf_free(&words);
}

static void take_problems(watching *w, int from)
{
	char part[4096];
	ssize_t n;
	w->before.n = 0;
	while ((n = read(from, part, sizeof part)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			hg_buf_add(&w->before, part, (size_t)n);
	w->again = !w->before.failed;
}

/* The check in a process of its own, so that each begins with clean memory and none can end the watch: its state. */
static int run_check(watching *w, bool *started)
{
	int ends[2] = {-1, -1}, state = 0;
	pid_t pid = pipe2(ends, O_CLOEXEC) ? -1 : fork();
	if (pid == 0) {
		close(ends[0]);
		w->back = ends[1];
		w->o.seen = compare;
		w->o.by = w;
		exit(hg_cmd_check(&w->o));
	}
	*started = pid > 0;
	int why = errno;
	if (ends[1] >= 0)
		close(ends[1]);
	if (pid > 0)
		take_problems(w, ends[0]);
	if (ends[0] >= 0)
		close(ends[0]);
	while (pid > 0 && waitpid(pid, &state, 0) < 0 && errno == EINTR)
		;
	errno = why;
	return state;
}

static bool check_once(watching *w)
{
	bool screen = isatty(STDOUT_FILENO), started;
	static const char clear[] = "\033[H\033[2J\033[3J", words[] = "watching; checks again after every save, Ctrl-C ends\n";
	if (screen && write(STDOUT_FILENO, clear, sizeof clear - 1) < 0)
		errno = 0;
	int state = run_check(w, &started);
	if (!started || WIFSIGNALED(state))
		hg_complain(started ? "the check crashed: %s" : "the check could not be started: %s",
		            started ? strsignal(WTERMSIG(state)) : strerror(errno));
	hg_serve_changed(&w->serve);
	bool gone = started && WIFEXITED(state) && WEXITSTATUS(state) == 141;
	if (gone)
		return false;
	if (w->serve.listening >= 0 && dprintf(STDOUT_FILENO, "\nthe page is http://127.0.0.1:%u/", w->serve.port) < 0)
		return false;
	return dprintf(STDOUT_FILENO, "\n%s", words) > 0;
}

/* --html: the page is written beside the other reports and served. False, and said so: it cannot be. */
static bool begin_page(watching *w)
{
	const hg_options *o = &w->o;
	w->serve.listening = -1;
	if (!o->nwanted)
		return true;
	const char *name = o->nargs == 1 ? name_of(o->args[0]) : "handgrad", *dot = strrchr(name, '.');
	int stem = dot && dot > name ? (int)(dot - name) : (int)strlen(name);
	int n = o->wanted[0].path ? snprintf(w->page, sizeof w->page, "%s", o->wanted[0].path)
	                          : snprintf(w->page, sizeof w->page, "%s/%.*s.html", o->out ? o->out : "notebooks-out", stem, name);
	errno = ENAMETOOLONG;
	if (n < 0 || (size_t)n >= sizeof w->page || !hg_serve_begin(&w->serve, w->page)) {
		hg_complain("the page cannot be served: %s", strerror(errno));
		return false;
	}
	return true;
}

/* Everything that is to be watched; false, and said so, where one cannot be. */
static bool begin_watching(watching *w)
{
	const hg_options *o = &w->o;
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	for (size_t i = 0; i < o->nargs + (o->assignment != NULL); i++) {
		const char *path = i < o->nargs ? o->args[i] : o->assignment;
		if (w->fd < 0 || !watch_folder_of(w->fd, path)) {
			hg_complain("%s: %s", path, strerror(errno));
			return false;
		}
	}
	return true;
}

int hg_cmd_watch(const hg_options *o)
{
	static watching w;
	if (!o->nargs) {
		hg_complain("watch what? name a file");
		return 3;
	}
	w = (watching){.o = *o};
	if (!begin_watching(&w) || !begin_page(&w))
		return 3;
	while (check_once(&w) && wait_for_save(&w))
		;
	hg_serve_end(&w.serve);
	hg_buf_free(&w.before);
	close(w.fd);
	return 0;
}
