#include "cli/run.h"

#include "cli/complain.h"
#include "cli/deliver.h"
#include "cli/nearest.h"

#include <stdlib.h>
#include <string.h>

static void run_free(hg_run *run)
{
	for (size_t i = 0; run->arena && i < run->n; i++)
		hg_arena_free(run->arena[i]);
	free(run->report);
	free(run->arena);
	free(run->list);
}

bool hg_run_new(size_t n, hg_run *run)
{
	*run = (hg_run){.n = n,
	                .report = calloc(n, sizeof *run->report),
	                .arena = calloc(n, sizeof *run->arena),
	                .list = calloc(n, sizeof *run->list)};
	bool well = run->report && run->arena && run->list;
	for (size_t i = 0; well && i < n; i++) {
		run->list[i] = &run->report[i];
		run->arena[i] = hg_arena_new();
		well = run->arena[i] != NULL;
	}
	if (!well) {
		run_free(run);
		hg_complain("%s", hg_status_text(HG_ENOMEM));
	}
	return well;
}

void hg_run_complain(const char *title, const char *trouble, hg_status status)
{
	if (trouble && status != HG_ENOMEM)
		hg_complain("%s", trouble);
	else
		hg_complain("%s: %s", title, hg_status_text(status));
}

void hg_run_trouble(hg_run *run, size_t i, const char *title, const char *trouble, hg_status status)
{
	bool told = trouble && status != HG_ENOMEM;
	run->report[i] = (hg_report){.title = title, .trouble = told ? trouble : hg_status_text(status)};
	hg_run_complain(title, trouble, status);
}

/* "12" stands for the whole chain 12, "dW2" for relu_bce.dW2. */
static bool chosen(const hg_report *r, const char *id, const char *only)
{
	hg_str whole = hg_str_of(id), wanted = hg_str_of(only);
	if (hg_str_equal(whole, wanted))
		return true;
	if (whole.n > wanted.n && hg_str_starts(whole, only) && whole.p[wanted.n] == '.')
		return true;
	return !r->source && hg_str_ends(whole, only) && whole.n > wanted.n && whole.p[whole.n - wanted.n - 1] == '.';
}

static size_t keep_only(hg_report *r, const char *only, hg_nearest *near)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->nfindings; i++) {
		const char *stage = r->source ? NULL : strchr(r->finding[i].id, '.');
		hg_nearest_offer(near, r->finding[i].id);
		hg_nearest_offer(near, stage ? stage + 1 : r->finding[i].id);
		if (chosen(r, r->finding[i].id, only))
			r->finding[kept++] = r->finding[i];
	}
	r->nfindings = kept;
	hg_report_count(r);
	return kept;
}

int hg_run_end(hg_run *run, const hg_options *o)
{
	size_t kept = 0, readable = 0;
	int code = 3;
	hg_nearest near = hg_nearest_to(hg_str_of(o->only));
	for (size_t i = 0; o->only && i < run->n; i++) {
		readable += run->report[i].trouble == NULL;
		kept += keep_only(&run->report[i], o->only, &near);
	}
	if (o->only && readable && !kept)
		hg_nearest_say(&near, "finding", "");
	else
		code = hg_deliver(run->list, run->n, o);
	if (o->seen)
		o->seen(run->list, run->n, o->by);
	run_free(run);
	return code;
}
