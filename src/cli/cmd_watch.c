/* handgrad watch FILE...: checks again after every save, on a cleared screen, and says what has changed. */
#include "base/descriptors.h"
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_MS = 100, SETTLE_MS = 100 };

/* A file as it was when it was looked at last. */
typedef struct look {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
} look;

typedef struct watching {
	hg_options o;     /* of each check */
	look *looks;      /* of each file, and of the assignment */
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

static size_t files(const hg_options *o) { return o->nargs + (o->assignment != NULL); }

static const char *file(const hg_options *o, size_t i) { return i < o->nargs ? o->args[i] : o->assignment; }

static bool take_look(const char *path, look *l)
{
	struct stat st;
	if (stat(path, &st))
		return false;
	*l = (look){.device = st.st_dev, .inode = st.st_ino, .size = st.st_size};
#ifdef HG_HAVE_ST_MTIM
	l->changed = st.st_mtim;
#else
	l->changed.tv_sec = st.st_mtime;
#endif
	return true;
}

/* True if one of the files was saved since the last look: written to, or, as editors do, renamed to by a new one. A file that is
 * not there, as in between, is waited for. */
static bool look_again(watching *w)
{
	bool saved = false;
	for (size_t i = 0; i < files(&w->o); i++) {
		look now, *before = &w->looks[i];
		if (!take_look(file(&w->o, i), &now))
			continue;
		saved |= now.device != before->device || now.inode != before->inode || now.size != before->size ||
		         now.changed.tv_sec != before->changed.tv_sec || now.changed.tv_nsec != before->changed.tv_nsec;
		*before = now;
	}
	return saved;
}

/* Waits for a save, and until the saving is over; meanwhile the page is served. False: the watch has ended. */
static bool wait_for_save(watching *w)
{
	struct pollfd asked = {w->serve.listening, POLLIN, 0};
	bool saved = false;
	for (;;) {
		int n = poll(&asked, 1, saved ? SETTLE_MS : LOOK_MS);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0 && asked.revents)
			hg_serve_answer(&w->serve);
		const bool again = look_again(w);
		if (saved && !again && n == 0)
			return true;
		saved |= again;
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
	pid_t pid = hg_pipe(ends) ? -1 : fork();
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

/* Everything that is to be watched; false, and said so, where one cannot be: a file may still come, its folder is there. */
static bool begin_watching(watching *w)
{
	const hg_options *o = &w->o;
	w->looks = calloc(files(o), sizeof *w->looks);
	for (size_t i = 0; i < files(o); i++) {
		char folder[PATH_MAX];
		size_t n = (size_t)(name_of(file(o, i)) - file(o, i));
		int length = snprintf(folder, sizeof folder, "%.*s", n ? (int)n : 1, n ? file(o, i) : ".");
		errno = w->looks ? ENAMETOOLONG : ENOMEM;
		if (!w->looks || length < 0 || (size_t)length >= sizeof folder || access(folder, R_OK | X_OK) != 0) {
			hg_complain("%s: %s", file(o, i), strerror(errno));
			return false;
		}
	}
	look_again(w);
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
	free(w.looks);
	return 0;
}
