#include "cli/deliver.h"

#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "report/save.h"
#include "report/phrase.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEP_SUMMARY_MOST = 900 * 1000 };

static bool colored(hg_color color)
{
	if (color != HG_COLOR_AUTO)
		return color == HG_COLOR_ALWAYS;
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	return !(no && *no) && term && strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}

/* "class/hw3.md" -> "hw3"; several reports go into one file of the program's name. */
static hg_str stem(const hg_report *const *reports, size_t n)
{
	if (n != 1)
		return HG_STR("handgrad");
	const char *slash = strrchr(reports[0]->title, '/');
	hg_str name = hg_str_of(slash ? slash + 1 : reports[0]->title);
	const char *dot = strrchr(name.p, '.');
	return dot && dot > name.p ? hg_str_part(name, 0, (size_t)(dot - name.p)) : name;
}

/* Where a report goes: a path, or NULL for standard output. False: it was refused, and said so. */
static bool place(const hg_wanted *w, const hg_options *o, hg_str name, char path[static PATH_MAX], bool *stdout_taken)
{
	bool folder = w->format->home == HG_HOME_FOLDER || (w->format->home == HG_HOME_STDOUT && o->out);
	*path = '\0';
	if (w->path && strcmp(w->path, "-") != 0) {
		if (!*w->path || strlen(w->path) >= PATH_MAX) {
			hg_complain("--%s: not the name of a file: '%s'", w->format->name, w->path);
			return false;
		}
		strncat(path, w->path, PATH_MAX - 1);
	} else if (!w->path && folder) {
		const char *out = o->out ? o->out : "notebooks-out";
		if (hg_save_folder(out) != HG_OK) {
			hg_complain("%s: %s", out, strerror(errno));
			return false;
		}
		int n = snprintf(path, PATH_MAX, "%s/%.*s%s", out, HG_STR_ARG(name), w->format->ending);
		if (n < 0 || n >= PATH_MAX) {
			hg_complain("%s: %s", out, strerror(ENAMETOOLONG));
			return false;
		}
	} else if (*stdout_taken) {
		hg_complain("two reports cannot both go to standard output: name a file for --%s", w->format->name);
		return false;
	} else {
		*stdout_taken = true;
	}
	return true;
}

static bool write_one(const hg_wanted *w, const char *path, const hg_report *const *reports, size_t n,
                      const hg_write_options *options)
{
	hg_buf bytes = {0};
	hg_status status = w->format->write(reports, n, options, &bytes);
	if (status != HG_OK)
		hg_complain("--%s: %s", w->format->name, hg_status_text(status));
	else if (!*path)
		hg_print(hg_buf_slice(&bytes)); /* its success is asked for at exit */
	else if ((status = hg_save(path, hg_buf_slice(&bytes))) != HG_OK)
		hg_complain("%s: %s", path, strerror(errno));
	hg_buf_free(&bytes);
	return status == HG_OK;
}

static bool append_step_summary(const hg_report *const *reports, size_t n)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");
	if (!path || !*path)
		return true;
	hg_buf bytes = {0};
	hg_write_step_summary(reports, n, STEP_SUMMARY_MOST, &bytes);
	hg_status status = hg_written(&bytes);
	if (status == HG_OK && (status = hg_save_append(path, hg_buf_slice(&bytes))) != HG_OK)
		hg_complain("%s: %s", path, strerror(errno));
	else if (status != HG_OK)
		hg_complain("%s", hg_status_text(status));
	hg_buf_free(&bytes);
	return status == HG_OK;
}

/* 3 is worst, then 1, 2 and 0. */
static int exit_code(const hg_report *const *reports, size_t n, const hg_options *o)
{
	static const int severity[] = {[0] = 0, [2] = 1, [1] = 2, [3] = 3};
	int worst = 0;
	for (size_t i = 0; i < n; i++) {
		int code = hg_report_exit_code(reports[i]);
		if (severity[code] > severity[worst])
			worst = code;
	}
	bool passes = o->exit_zero ? worst != 3 : o->fail_on == HG_FAIL_ON_DISAGREES && worst == 2;
	return passes ? 0 : worst;
}

/* The options that a replay needs beside the seed and the id. */
static void write_replay(const hg_options *o, hg_buf *replay)
{
	if (o->assignment) {
		hg_buf_text(replay, "--assignment ");
		hg_say_word(o->assignment, replay);
	}
	if (o->document.settings.rtol > 0)
		hg_buf_print(replay, "%s--rtol %.17g", replay->n ? " " : "", o->document.settings.rtol);
	if (o->document.has_limits)
		hg_budget_write(&o->document.limits, replay);
	hg_choices_write(&o->document.taken, replay);
	hg_buf_char(replay, '\0');
}

static bool write_all(const hg_report *const *reports, size_t n, const hg_options *o, const hg_write_options *options)
{
	static const hg_format_row for_eyes[] = {{.name = "text", .ending = ".txt", .write = hg_write_text},
	                                         {.name = "format", .ending = ".txt", .write = hg_write_line}};
	static char paths[HG_MOST_WANTED][PATH_MAX];
	const hg_wanted for_people = {&for_eyes[o->one_line], NULL};
	bool stdout_taken = false, well = true;
	for (size_t i = 0; i < o->nwanted; i++)
		if (!place(&o->wanted[i], o, stem(reports, n), paths[i], &stdout_taken))
			return false;
	for (int to_stdout = 0; to_stdout < 2; to_stdout++)
		for (size_t i = 0; i < o->nwanted; i++)
			if ((*paths[i] ? 0 : 1) == to_stdout)
				well &= write_one(&o->wanted[i], paths[i], reports, n, options);
	for (size_t i = 0; i < o->nwanted; i++)
		if (o->wanted[i].format->write == hg_write_github)
			well &= append_step_summary(reports, n);
	if (!stdout_taken)
		well &= write_one(&for_people, "", reports, n, options);
	return well;
}

int hg_deliver(const hg_report *const *reports, size_t n, const hg_options *o)
{
	hg_buf replay = {0};
	write_replay(o, &replay);
	hg_write_options options = {.detail = o->document.detail, .color = colored(o->color), .replay = replay.n > 1 ? replay.p : NULL,
	                            .places = o->junit_places};
	bool well = !replay.failed && write_all(reports, n, o, &options);
	if (replay.failed)
		hg_complain("%s", hg_status_text(HG_ENOMEM));
	hg_buf_free(&replay);
	return well ? exit_code(reports, n, o) : 3;
}
