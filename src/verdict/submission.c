/* A document and its assignment on their way to a report: as they were meant, with letters as custom has them and without,
 * with what is taken, and with what might be. */
#include "claim/certify.h"
#include "names/customs.h"
#include "tables/forward.h"
#include "lang/partials.h"
#include "verdict/assignment.h"
#include "verdict/hang.h"
#include "verdict/judge.h"
#include "verdict/session.h"
#include "verdict/weigh.h"

hg_status hg_judge_document(const hg_statements *said, const hg_statements *assignment, const hg_choices *taken,
                            const hg_settings *settings, hg_arena *arena, hg_report *report)
{
	return hg_judge_submission(said, assignment, NULL, 0, taken, settings, arena, report);
}

/* The document and its assignment as they were meant: tables and rows of names made equations, slips of the pen mended. */
typedef struct meant {
	hg_pen pen, theirs;
	const hg_expr **asked;
	size_t nasked;
} meant;

static hg_status read_meant(const hg_statements *said, const hg_statements *assignment, const hg_expr *const *asked, size_t nasked,
                            hg_arena *arena, meant *m)
{
	*m = (meant){.pen = {.meant = said}, .theirs = {.meant = assignment}, .nasked = assignment ? nasked : 0};
	HG_TRY(hg_forward_read(NULL, arena, &m->pen));
	HG_TRY(hg_described_values_read(arena, &m->pen));
	HG_TRY(hg_gradient_tables_read(arena, &m->pen));
	HG_TRY(hg_pen_read(arena, &m->pen));
	if (!assignment)
		return HG_OK;
	HG_TRY(hg_forward_read(said, arena, &m->theirs));
	HG_TRY(hg_described_values_read(arena, &m->theirs));
	HG_TRY(hg_assignment_spell(m->theirs.meant, asked, nasked, arena, &m->asked));
	return hg_assignment_read(m->theirs.meant, arena, &m->theirs.meant);
}

/* One document, to be judged with whatever choices are taken. */
typedef struct walk {
	const hg_statements *said;
	meant m;
	const hg_settings *settings;
	hg_certifier *certifier;
	hg_arena *arena;
	hg_buf *readings; /* NULL: nobody asks for them */
} walk;

/* One run, letters read by custom where nothing else tells; or blind for customs. */
static hg_status judge_meant(const walk *w, const hg_choices *taken, bool blind, bool verdicts_only, const hg_report *first, hg_report *report)
{
	meant m = w->m;
	HG_TRY(hg_customs_apply(&m.pen.meant, &m.theirs.meant, m.asked, m.nasked, blind, w->arena));
	hg_session s = {.said = m.pen.meant, .pen = &m.pen, .assignment = m.theirs.meant, .taken = taken, .settings = w->settings, .certifier = w->certifier, .arena = w->arena,
	                .report = report, .asked = m.asked, .nasked = m.nasked, .verdicts_only = verdicts_only, .first = first, .readings = w->readings};
	*report = (hg_report){.said = w->said, .source = w->said->doc->source, .seed = w->settings->seed};
	s.scratch = hg_arena_new();
	if (!s.scratch || !hg_arena_alloc(s.scratch, 1, 1)) {
		hg_arena_free(s.scratch);
		return HG_ENOMEM;
	}
	hg_status status = hg_session_run(&s);
	hg_arena_free(s.scratch);
	return status;
}

/* A table or a row of words says the network: its names are the reader's own. */
static bool names_network(const hg_statements *said)
{
	for (size_t i = 0; i < said->n; i++)
		if (said->at[i].implied)
			return true;
	return false;
}

/* What a letter stands for by custom alone must accuse nobody, and pass nothing. */
static hg_status second_opinion(const walk *w, const hg_choices *taken, hg_report *report)
{
	hg_report blind;
	if (taken->value[HG_CHOICE_LETTERS] || names_network(w->m.pen.meant) || !hg_customs_needed(w->m.pen.meant, w->m.theirs.meant, w->arena))
		return HG_OK;
	HG_TRY(judge_meant(w, taken, true, true, NULL, &blind));
	hg_report_weigh(report, &blind);
	return HG_OK;
}

static hg_status judge_with(void *self, const hg_choices *taken, const hg_report *first, hg_report *report)
{
	const walk *w = self;
	HG_TRY(judge_meant(w, taken, taken->value[HG_CHOICE_LETTERS] == HG_LETTERS_UNSAID, first != NULL, first, report));
	return first ? HG_OK : second_opinion(w, taken, report);
}

hg_status hg_judge_submission(const hg_statements *said, const hg_statements *assignment, const hg_expr *const *asked,
                              size_t nasked, const hg_choices *taken, const hg_settings *settings, hg_arena *arena, hg_report *report)
{
	HG_TRY(hg_partials_read(&said, assignment, arena));
	hg_certifier certifier = {.settings = settings, .arena = arena};
	walk w = {.said = said, .settings = settings, .certifier = &certifier, .arena = arena};
	hg_choices all = taken ? *taken : (hg_choices){0};
	const hg_note *note;
	size_t nnotes;
	HG_TRY(hg_choices_said((assignment ? assignment : said)->doc->source, arena, &all, &note, &nnotes));
	HG_TRY(read_meant(said, assignment, asked, nasked, arena, &w.m));
	HG_TRY(judge_with(&w, &all, NULL, report));
	hg_report_count(report);
	HG_TRY(hg_hang_on_choices(&(hg_rejudge){judge_with, &w}, &all, arena, report));
	if (!assignment) {
		report->note = note;
		report->nnotes = nnotes;
	}
	hg_report_count(report);
	return HG_OK;
}

hg_status hg_readings_dump(const hg_statements *said, const hg_choices *taken, const hg_settings *settings, hg_arena *arena, hg_buf *out)
{
	hg_certifier certifier = {.settings = settings, .arena = arena};
	hg_report report;
	HG_TRY(hg_partials_read(&said, NULL, arena));
	walk w = {.said = said, .settings = settings, .certifier = &certifier, .arena = arena, .readings = out};
	HG_TRY(read_meant(said, NULL, NULL, 0, arena, &w.m));
	return judge_meant(&w, taken, false, true, NULL, &report);
}
