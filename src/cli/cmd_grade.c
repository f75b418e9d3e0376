/* handgrad grade DIR --assignment FILE --out DIR: a class. */
#include "cli/cohort.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "grade/grade.h"
#include "grade/load.h"
#include "grade/module.h"
#include "verdict/judge.h"
#include "report/phrase.h"
#include "report/safe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST_CSV = 16 << 20, NAME_SHOWN = 32 };

/* What the judge of a submission needs; the same in every process. */
typedef struct court {
	const hg_options *options;
	hg_source source;
	hg_doc doc;
	hg_statements said;
	size_t nasked;
	const hg_expr **asked; /* the steps it gives points for */
	bool has_assignment;
	const char *sha256; /* of the assignment */
	hg_budget limits;
	hg_module_court modules; /* path NULL: documents are handed in */
} court;

static hg_status judge(void *self, const hg_source *source, hg_arena *arena, hg_report *report)
{
	const court *c = self;
	if (c->modules.path)
		return hg_module_judge(&c->modules, source, arena, report);
	hg_doc *doc = HG_NEW(arena, hg_doc);
	hg_statements *said = HG_NEW(arena, hg_statements);
	if (!doc || !said)
		return HG_ENOMEM;
	HG_TRY(hg_doc_scan(source, arena, doc));
	HG_TRY(hg_parse(doc, arena, said));
	return hg_judge_submission(said, c->has_assignment ? &c->said : NULL, c->asked, c->nasked, &c->options->document.taken, &c->options->document.settings, arena, report);
}

/* "[12/300] anna", over the line before; only where somebody watches. */
static void progress(size_t done, size_t n, const char *student)
{
	hg_buf line = {0};
	hg_buf name = {0};
	hg_safe(hg_str_of(student), HG_SAFE_LINE, &name);
	hg_buf_print(&line, "\r\033[K[%zu/%zu] ", done, n);
	size_t shown = 0;
	while (shown < name.n && hg_width(hg_str_part(hg_buf_slice(&name), 0, shown)) < NAME_SHOWN)
		shown += hg_glyph_at(hg_buf_slice(&name), shown).bytes;
	hg_buf_str(&line, hg_str_part(hg_buf_slice(&name), 0, shown));
	hg_buf_text(&line, done == n ? "\r\033[K" : "");
	if (!line.failed && !name.failed && write(STDERR_FILENO, line.p, line.n) < 0)
		errno = 0; /* nobody watches any more */
	hg_buf_free(&line);
	hg_buf_free(&name);
}

static hg_status read_assignment(court *c, hg_grade *g, hg_arena *arena, const char **trouble)
{
	const char *path = c->options->assignment;
	g->assignment = path ? path : "no assignment";
	c->sha256 = "none";
	c->limits = g->limits ? *g->limits : hg_budget_of();
	if (path && hg_str_ends(hg_str_of(path), ".c")) {
		c->modules = (hg_module_court){path, &c->limits, &c->options->document.settings};
		return hg_module_steps(&c->modules, arena, &g->steps, &c->sha256, trouble);
	}
	if (path) {
		HG_TRY(hg_source_read(path, g->limits, arena, &c->source, trouble));
		HG_TRY(hg_doc_scan(&c->source, arena, &c->doc));
		HG_TRY(hg_parse(&c->doc, arena, &c->said));
		HG_TRY(hg_choices_check(&c->source, arena, trouble));
		HG_TRY(hg_steps_read(&c->said, arena, &g->steps, trouble));
		c->has_assignment = true;
		c->sha256 = c->source.sha256;
		c->asked = HG_NEWS(arena, g->steps.n + 1, const hg_expr *);
		if (!c->asked)
			return HG_ENOMEM;
		for (; c->nasked < g->steps.n; c->nasked++)
			c->asked[c->nasked] = g->steps.at[c->nasked].asked;
	}
	return HG_OK;
}

/* Everything but the submissions that a result depends on; and what a student gives the program to see the same. */
static hg_status say_settings(const court *c, hg_grade *g, hg_arena *arena)
{
	const char *path = c->options->assignment, *slash = path ? strrchr(path, '/') : NULL;
	const hg_settings *s = &c->options->document.settings;
	hg_buf replay = {0}, limits = {0};
	if (g->limits)
		hg_budget_write(g->limits, &limits);
	hg_choices_write(&c->options->document.taken, &limits);
	g->settings = hg_arena_print(arena, "assignment %s seed %lu rtol %.17g detail %s limits %.*s", c->sha256,
	                             s->seed, s->rtol, hg_detail_text(c->options->document.detail), HG_STR_ARG(hg_buf_slice(&limits)));
	if (path) {
		hg_buf_text(&replay, "--assignment ");
		hg_say_word(slash ? slash + 1 : path, &replay);
	}
	if (g->limits)
		hg_budget_write(g->limits, &replay);
	hg_choices_write(&c->options->document.taken, &replay);
	g->write.replay = replay.n ? hg_arena_copy(arena, replay.p, replay.n) : NULL;
	bool failed = replay.failed || limits.failed || hg_arena_failed(arena);
	hg_buf_free(&replay);
	hg_buf_free(&limits);
	return failed ? HG_ENOMEM : HG_OK;
}

/* --overrides FILE, or overrides.csv in the folder of the results if it is there. */
static hg_status read_overrides(const hg_options *o, hg_grade *g, hg_arena *arena, const char **trouble)
{
	const char *path = o->overrides ? o->overrides : hg_arena_print(arena, "%s/overrides.csv", o->out);
	hg_buf *bytes = HG_NEW(arena, hg_buf);
	if (!path || !bytes)
		return HG_ENOMEM;
	hg_status status = hg_load(path, LARGEST_CSV, bytes);
	if (status == HG_EIO && errno == ENOENT && !o->overrides)
		return HG_OK;
	if (status == HG_EIO)
		*trouble = hg_arena_print(arena, "%s: %s", path, hg_load_why(errno));
	else if (status == HG_OK)
		status = hg_overrides_read(hg_buf_slice(bytes), path, arena, &g->overrides, trouble);
	hg_buf_free(bytes);
	return status;
}

static size_t cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n > 0 ? (size_t)n : 1;
}

static int grade(const hg_options *o, hg_arena *arena)
{
	court *c = HG_NEW(arena, court);
	hg_cohort class;
	const char *trouble = NULL;
	int signal = 0;
	hg_grade g = {.limits = o->document.has_limits ? &o->document.limits : NULL, .folder = o->args[0], .out = o->out, .jobs = o->jobs ? o->jobs : cores(),
	              .shard = o->nshards ? o->shard : 1, .nshards = o->nshards ? o->nshards : 1,
	              .write = {.detail = o->document.detail}, .self = c, .judge = judge,
	              .progress = isatty(STDERR_FILENO) ? progress : NULL};
	hg_status status = c ? HG_OK : HG_ENOMEM;
	if (status == HG_OK) {
		c->options = o;
		status = read_assignment(c, &g, arena, &trouble);
	}
	if (status == HG_OK)
		status = say_settings(c, &g, arena);
	if (status == HG_OK)
		status = read_overrides(o, &g, arena, &trouble);
	if (status == HG_OK)
		status = hg_grade_run(&g, arena, &class, &signal, &trouble);
	if (status != HG_OK || signal)
		hg_complain("%s", trouble ? trouble : hg_status_text(status));
	if (signal)
		return 128 + signal;
	return status == HG_OK ? hg_cohort_end(&class, o, arena) : 3;
}

int hg_cmd_grade(const hg_options *o)
{
	const char *wrong = o->nargs != 1              ? "grade which class? name one folder of submissions"
	                    : !o->out                  ? "grade to where? name a folder with --out"
	                    : o->into && !o->column    ? "--into wants --column, the head of the column to fill"
	                    : o->into && o->nshards > 1 ? "--into wants the whole class: give it to `handgrad merge'"
	                                               : NULL;
	if (wrong) {
		hg_complain("%s", wrong);
		return 3;
	}
	hg_arena *arena = hg_arena_new();
	if (!arena) {
		hg_complain("%s", hg_status_text(HG_ENOMEM));
		return 3;
	}
	int code = grade(o, arena);
	hg_arena_free(arena);
	return code;
}
