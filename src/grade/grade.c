#include "grade/grade.h"

#include "grade/folder.h"
#include "grade/journal.h"
#include "grade/marks/score.h"
#include "grade/workers.h"
#include "report/save.h"

#include <errno.h>
#include <limits.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST_FILE = 64 << 20, MEMORY = 1 << 30, CPU_SECONDS = 10 };

typedef struct session {
	hg_grade *grade;
	hg_arena *arena;
	hg_cohort_folder folder;
	hg_journal journal;
	hg_cohort *class;
	hg_record *before;      /* what an earlier run did, by page */
	size_t nbefore;
	hg_submission **mine;   /* of this shard */
	size_t n, done;
	hg_buf bytes;           /* of the submission being prepared */
	const char *unreadable; /* why there are none */
	const char **key;       /* per submission */
	const char *trouble;
} session;

/* ---- what a result depends on -------------------------------------------------------------------------------------- */

static const char *hash_of(hg_str text, hg_arena *arena)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];
	SHA256Data((const uint8_t *)text.p, text.n, hex);
	return hg_arena_copy(arena, hex, strlen(hex));
}

static const char *run_hash(const hg_grade *g, hg_arena *arena)
{
	hg_buf text = {0};
	hg_buf_print(&text, "handgrad " HG_VERSION "\n%s\n", g->settings);
	for (size_t i = 0; i < g->steps.n; i++)
		hg_buf_print(&text, "%s %s %.17g\n", g->steps.at[i].key, g->steps.at[i].title, g->steps.at[i].points);
	hg_buf_print(&text, "inherited %d\n", (int)g->steps.inherited);
	for (size_t i = 0; i < g->steps.n; i++)
		for (size_t k = 0; k < g->steps.at[i].ndeductions; k++)
			hg_buf_print(&text, "%zu %s %.17g\n", i, g->steps.at[i].deduction[k].slip, g->steps.at[i].deduction[k].points);
	const char *hash = text.failed ? NULL : hash_of(hg_buf_slice(&text), arena);
	hg_buf_free(&text);
	return hash;
}

static const char *submission_key(const session *s, const hg_submission *of)
{
	hg_buf text = {0};
	hg_buf_print(&text, "%s\n%s\n%s\n", s->class->run, of->student, s->unreadable ? s->unreadable : "");
	for (size_t i = 0; i < s->grade->overrides.n; i++) {
		const hg_override *o = &s->grade->overrides.at[i];
		if (!o->unused && (strcmp(o->student, of->student) == 0 || strcmp(o->student, "*") == 0))
			hg_buf_print(&text, "%s %s %s %.17g %s\n", o->student, o->step, o->cluster ? o->cluster : "", o->points, o->reason);
	}
	hg_buf_str(&text, hg_buf_slice(&s->bytes));
	const char *hash = text.failed ? NULL : hash_of(hg_buf_slice(&text), s->arena);
	hg_buf_free(&text);
	return hash;
}

/* ---- one submission ------------------------------------------------------------------------------------------------ */

static void page_path(const session *s, const char *page, char path[static PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/students/%s.html", s->grade->out, page);
}

/* Scores, writes the page, and makes the record. */
static hg_status conclude(const session *s, size_t i, hg_arena *arena, hg_report *report, hg_record *record)
{
	const hg_submission *of = s->mine[i];
	hg_score *score = HG_NEW(arena, hg_score);
	if (!score)
		return HG_ENOMEM;
	HG_TRY(hg_score_of(report, &s->grade->steps, &s->grade->overrides, of->student, arena, score));
	report->score = score;
	hg_buf page = {0};
	char path[PATH_MAX];
	page_path(s, of->page, path);
	hg_status status = hg_write_html((const hg_report *const[]){report}, 1, &s->grade->write, &page);
	if (status == HG_OK)
		status = hg_save(path, hg_buf_slice(&page));
	hg_buf_free(&page);
	*record = (hg_record){.student = of->student, .file = of->file, .page = of->page, .key = s->key[i],
	                      .trouble = score->human && score->why ? score->why : report->trouble, .score = *score};
	memcpy(record->count, report->count, sizeof record->count);
	return status;
}

static const char *title_of(const hg_submission *of) { return of->file ? of->file : of->student; }

/* In the process of the submission. */
static hg_status work(void *self, size_t i, hg_buf *answer)
{
	session *s = self;
	const hg_submission *of = s->mine[i];
	hg_journal_close(&s->journal);
	hg_arena *arena = hg_arena_new();
	if (!arena)
		return HG_ENOMEM;
	hg_report report = {.trouble = s->unreadable};
	hg_source *source = HG_NEW(arena, hg_source);
	const char *trouble = NULL;
	hg_status status = source ? HG_OK : HG_ENOMEM;
	if (status == HG_OK && !s->unreadable) {
		status = hg_source_of(of->file, hg_buf_slice(&s->bytes), s->grade->limits, arena, source, &trouble);
		if (status == HG_OK)
			status = s->grade->judge(s->grade->self, source, arena, &report);
		else if (status != HG_ENOMEM && trouble)
			status = HG_OK;
		report.trouble = trouble ? trouble : report.trouble;
	}
	report.title = title_of(of);
	hg_record record;
	if (status == HG_OK)
		status = conclude(s, i, arena, &report, &record);
	return status == HG_OK ? hg_record_write(&record, answer) : status;
}

/* ---- around it ---------------------------------------------------------------------------------------------------- */

static const hg_record *done_before(const session *s, const char *page)
{
	for (size_t i = 0; i < s->nbefore; i++)
		if (strcmp(s->before[i].page, page) == 0)
			return &s->before[i];
	return NULL;
}

/* Reads the submission and asks whether it is done already. */
static hg_status prepare(void *self, size_t i, bool *skip)
{
	session *s = self;
	const hg_submission *of = s->mine[i];
	char path[PATH_MAX];
	hg_buf_free(&s->bytes);
	s->bytes = (hg_buf){0};
	HG_TRY(hg_folder_read(&s->folder, of, LARGEST_FILE, s->arena, &s->bytes, &s->unreadable));
	s->key[i] = submission_key(s, of);
	if (!s->key[i])
		return HG_ENOMEM;
	const hg_record *before = done_before(s, of->page);
	page_path(s, of->page, path);
	*skip = before && strcmp(before->key, s->key[i]) == 0 && access(path, R_OK) == 0;
	if (!*skip)
		return HG_OK;
	s->class->record[s->class->nrecords++] = *before;
	s->done++;
	return HG_OK;
}

static hg_status keep(session *s, const hg_record *record)
{
	s->class->record[s->class->nrecords++] = *record;
	s->done++;
	if (s->grade->progress)
		s->grade->progress(s->done, s->n, record->student);
	return hg_journal_add(&s->journal, record);
}

static hg_status take(void *self, size_t i, const hg_buf *answer, const char *died)
{
	session *s = self;
	hg_record record;
	if (answer) {
		hg_status status = hg_record_read(hg_buf_slice(answer), s->arena, &record);
		return status == HG_OK ? keep(s, &record) : status == HG_EINVAL ? take(s, i, NULL, "the program lost it") : status;
	}
	hg_report report = {.title = title_of(s->mine[i]),
	                    .trouble = hg_arena_print(s->arena, "could not be checked: %s; a human will look at it", died)};
	if (!report.trouble)
		return HG_ENOMEM;
	HG_TRY(conclude(s, i, s->arena, &report, &record));
	return keep(s, &record);
}

/* Every nshards-th submission, so that the shards are alike. */
static hg_status select_mine(session *s)
{
	const hg_grade *g = s->grade;
	s->mine = HG_NEWS(s->arena, s->folder.n + 1, hg_submission *);
	s->key = HG_NEWS(s->arena, s->folder.n + 1, const char *);
	s->class->record = HG_NEWS(s->arena, s->folder.n + 1, hg_record);
	if (!s->mine || !s->key || !s->class->record)
		return HG_ENOMEM;
	for (size_t i = g->shard - 1; i < s->folder.n; i += g->nshards)
		s->mine[s->n++] = &s->folder.at[i];
	s->class->nstudents = s->folder.n;
	return HG_OK;
}

static hg_status say(session *s, const char *format, const char *what, hg_status status)
{
	s->trouble = hg_arena_print(s->arena, "%s: %s", format, what);
	return s->trouble ? status : HG_ENOMEM;
}

static bool is_student(void *self, const char *name)
{
	const session *s = self;
	for (size_t i = 0; i < s->folder.n; i++)
		if (strcmp(s->folder.at[i].student, name) == 0)
			return true;
	return false;
}

/* What was decided by hand and cannot be meant so is said, and the rest holds. */
static hg_status check_overrides(session *s)
{
	hg_grade *g = s->grade;
	const char **said = HG_NEWS(s->arena, g->overrides.n + 1, const char *);
	if (!said)
		return HG_ENOMEM;
	s->class->nwarnings = hg_overrides_check(&g->overrides, &g->steps, is_student, s, s->arena, said);
	s->class->warning = said;
	return hg_arena_failed(s->arena) ? HG_ENOMEM : HG_OK;
}

static hg_status grade(session *s, int *signal)
{
	const hg_grade *g = s->grade;
	hg_cohort before = {0};
	if (hg_folder_open(g->folder, s->class->assignment, s->arena, &s->folder) != HG_OK)
		return say(s, g->folder, hg_arena_failed(s->arena) ? hg_status_text(HG_ENOMEM) : strerror(errno), HG_EIO);
	HG_TRY(hg_journal_open(g->out, s->arena, &before, &s->journal, &s->trouble));
	if (before.nshards && (before.shard != g->shard || before.nshards != g->nshards))
		return say(s, g->out, "holds another shard of a class; name another folder", HG_EINVAL);
	s->before = before.record;
	s->nbefore = before.nrecords;
	HG_TRY(select_mine(s));
	HG_TRY(check_overrides(s));
	/* The header of this run, and everything that may still be worth something. */
	hg_cohort begin = *s->class;
	begin.record = before.record;
	begin.nrecords = before.nrecords;
	if (hg_journal_begin(&s->journal, &begin) != HG_OK)
		return say(s, g->out, strerror(errno), HG_EIO);
	hg_workers workers = {.n = s->n, .jobs = g->jobs, .cpu_seconds = g->cpu_seconds ? g->cpu_seconds : CPU_SECONDS,
	                      .memory = MEMORY, .self = s, .prepare = prepare, .work = work, .take = take};
	hg_status status = hg_workers_run(&workers, signal);
	hg_journal_sweep(g->out);
	if (status != HG_OK) {
		const char *why = status == HG_EIO ? strerror(errno) : hg_status_text(status);
		s->trouble = hg_arena_print(s->arena, "%s: %s; %zu of %zu done; run it again to go on", g->out, why, s->done, s->n);
		return status;
	}
	if (*signal)
		return HG_OK;
	hg_cohort_sort(s->class);
	if (hg_journal_end(&s->journal, s->class) != HG_OK)
		return say(s, g->out, strerror(errno), HG_EIO);
	return HG_OK;
}

hg_status hg_grade_run(hg_grade *g, hg_arena *arena, hg_cohort *class, int *signal, const char **trouble)
{
	session s = {.grade = g, .arena = arena, .class = class, .folder = {.fd = -1}, .journal = {NULL, -1, -1}};
	*signal = 0;
	const char *slash = strrchr(g->assignment, '/');
	*class = (hg_cohort){.assignment = slash ? slash + 1 : g->assignment, .run = run_hash(g, arena), .shard = g->shard, .nshards = g->nshards,
	                    .steps = g->steps};
	hg_status status = class->run ? grade(&s, signal) : HG_ENOMEM;
	if (*signal)
		s.trouble = hg_arena_print(arena, "stopped; %zu of %zu done; run it again to go on", s.done, s.n);
	const char *path = g->out;
	if (status == HG_OK && !*signal && g->nshards == 1 && hg_cohort_write(class, g->out, arena, &path) != HG_OK)
		status = say(&s, path, strerror(errno), HG_EIO);
	hg_buf_free(&s.bytes);
	hg_journal_close(&s.journal);
	hg_folder_close(&s.folder);
	*trouble = s.trouble;
	return status;
}
