#include "cli/cohort.h"

#include "cli/complain.h"
#include "cli/print.h"
#include "grade/results/columns.h"
#include "grade/results/lms.h"
#include "grade/load.h"
#include "report/phrase.h"
#include "report/safe.h"
#include "report/save.h"

#include <errno.h>
#include <string.h>

enum { LARGEST_CSV = 16 << 20, SHOWN_CLUSTERS = 5 };

static void say_names(const char *lead, const char *const *names, size_t n, hg_buf *out)
{
	if (n)
		hg_buf_print(out, "%s: ", lead);
	for (size_t i = 0; i < n; i++) {
		hg_buf_text(out, i ? ", " : "");
		hg_safe(hg_str_of(names[i]), HG_SAFE_LINE, out);
	}
	if (n)
		hg_buf_char(out, '\n');
}

/* OUT/NAME.filled.csv. False, and said so: it could not be done. */
static bool fill_in(const hg_cohort *class, const hg_options *o, hg_arena *arena, hg_buf *words)
{
	const char *slash = strrchr(o->into, '/'), *name = slash ? slash + 1 : o->into, *trouble = NULL;
	size_t stem = hg_str_ends(hg_str_of(name), ".csv") ? strlen(name) - 4 : strlen(name);
	const char *path = hg_arena_print(arena, "%s/%.*s.filled.csv", o->out, (int)stem, name);
	hg_buf bytes = {0}, filled = {0};
	hg_lms lms;
	hg_status status = path ? hg_load(o->into, LARGEST_CSV, &bytes) : HG_ENOMEM;
	if (status == HG_EIO)
		hg_complain("%s: %s", o->into, hg_load_why(errno));
	else if (status == HG_OK)
		status = hg_lms_fill(hg_buf_slice(&bytes), o->into, o->column, class, arena, &filled, &lms, &trouble);
	if (trouble)
		hg_complain("%s", trouble);
	if (status == HG_OK && hg_save(path, hg_buf_slice(&filled)) != HG_OK) {
		hg_complain("%s: %s", path, strerror(errno));
		status = HG_EIO;
	}
	if (status == HG_OK) {
		hg_buf_print(words, "%s: %zu filled in\n", path, lms.filled);
		say_names("  no score yet, a person must look", lms.waiting, lms.nwaiting, words);
		say_names("  in nobody's row", lms.unknown, lms.nunknown, words);
		say_names("  without a submission", lms.absent, lms.nabsent, words);
	} else if (status != HG_EIO && !trouble) {
		hg_complain("%s: %s", o->into, hg_status_text(status));
	}
	hg_buf_free(&bytes);
	hg_buf_free(&filled);
	return status == HG_OK;
}

/* Steps that wait only because the assignment does not say what follows from a mistake is worth. */
static size_t wait_for_a_word(const hg_cohort *class)
{
	size_t n = 0;
	for (size_t i = 0; i < class->nrecords; i++)
		for (size_t k = 0; k < class->record[i].score.nrows; k++) {
			const hg_score_row *row = &class->record[i].score.row[k];
			n += row->cell == HG_CELL_FOLLOWS && row->human && row->of > 0;
		}
	return class->steps.inherited == HG_INHERITED_UNSAID ? n : 0;
}

static void say_class(const hg_cohort *class, const hg_options *o, hg_arena *arena, hg_buf *words)
{
	size_t count[HG_NSTATUSES] = {0}, humans = 0;
	hg_layout layout;
	for (size_t i = 0; i < class->nrecords; i++) {
		humans += class->record[i].score.human;
		for (int s = 0; s < HG_NSTATUSES; s++)
			count[s] += class->record[i].count[s];
	}
	if (hg_layout_of(class, arena, &layout) == HG_OK)
		for (size_t i = 0; i < layout.nclusters && i < SHOWN_CLUSTERS; i++) {
			hg_buf_text(words, "  ");
			hg_cluster_say(&layout.cluster[i], words);
			hg_buf_char(words, '\n');
		}
	hg_buf_print(words, "%zu submission%s: ", class->nrecords, class->nrecords == 1 ? "" : "s");
	hg_say_counts(count, words);
	hg_buf_print(words, "\n%zu wait%s for a person and ha%s no score yet\n", humans, humans == 1 ? "s" : "", humans == 1 ? "s" : "ve");
	const size_t steps = wait_for_a_word(class);
	if (steps)
		hg_buf_print(words, "  %zu step%s only for the assignment to say what follows from a mistake: <!-- inherited: full -->\n", steps,
		             steps == 1 ? " waits" : "s wait");
	if (class->nshards > 1)
		hg_buf_print(words, "shard %zu of %zu in %s\n", class->shard, class->nshards, o->out);
	else
		hg_buf_print(words, "%s/index.html\n", o->out);
}

static int exit_code(const hg_cohort *class)
{
	bool wrong = false, open = class->nrecords == 0;
	for (size_t i = 0; i < class->nrecords; i++) {
		const hg_record *r = &class->record[i];
		wrong |= r->count[HG_S_DISAGREES] > 0;
		open |= r->trouble || r->count[HG_S_CANNOT_READ] || r->count[HG_S_CANNOT_TELL];
	}
	return wrong ? 1 : open ? 2 : 0;
}

int hg_cohort_end(const hg_cohort *class, const hg_options *o, hg_arena *arena)
{
	hg_buf words = {0};
	say_class(class, o, arena, &words);
	for (size_t i = 0; i < class->nwarnings; i++)
		hg_complain("%s: left out", class->warning[i]);
	bool well = !o->into || fill_in(class, o, arena, &words);
	hg_print(hg_buf_slice(&words));
	hg_buf_free(&words);
	return !well ? 3 : o->exit_zero ? 0 : exit_code(class);
}
