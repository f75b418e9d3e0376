/* --dump=readings: every way a claim may be read, and how it fares in each world. */
#include "claim/judging.h"

static void say_reading(const hg_reading *r, hg_buf *out)
{
	static const char *const totals[] = {[HG_TOTAL_SUM] = "sum", [HG_TOTAL_MEAN] = "mean", [HG_TOTAL_WRITTEN] = "as written"};
	const struct {
		bool is;
		const char *words;
	} flags[] = {{r->as_written, "cost as written"}, {r->single, "one sample alone"}, {r->pretend, "factors as numbers"},
	             {r->inner, "inner products"}, {r->wide_sums, "wide sums"}, {r->wide_operator, "wide operator"},
	             {r->struck_dropped, "struck out left out"}, {r->hadamard_last, "entrywise last"},
	             {r->turned, "samples as rows"}, {r->hatless, "label for prediction"}, {r->slopes_of_output, "slopes of output"},
	             {r->fallback, "if nothing else has its shape"}};
	hg_buf_text(out, r->view == HG_VIEW_BATCH ? "all samples" : "one sample");
	if (r->view == HG_VIEW_BATCH)
		hg_buf_print(out, ", by parameters %s, by data %s, dZ of the %s", totals[r->params], totals[r->data], totals[r->named]);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (flags[i].is)
			hg_buf_print(out, ", %s", flags[i].words);
	for (int n = 0; n < HG_NNOTATIONS; n++)
		if (r->notation >> n & 1)
			hg_buf_print(out, " {%s}", hg_notation_id((hg_notation)n));
}

hg_status hg_claim_readings_dump(const hg_claim *claim, hg_arena *scratch, hg_buf *out)
{
	static const char *const fits[] = {[HG_FIT_AGREES] = "agrees", [HG_FIT_DIFFERS] = "differs", [HG_FIT_SHAPE] = "other shape",
	                                   [HG_FIT_NONE] = "no value"};
	const hg_claim_binding *b = claim->binding;
	hg_asked asked = b->asked;
	for (size_t i = 0; i < b->nreadings; i++) {
		asked.reading = b->reading[i];
		hg_buf_text(out, "  ");
		say_reading(&asked.reading, out);
		hg_buf_char(out, ':');
		for (size_t w = 0; w < b->setting->nprimary; w++) {
			hg_try t;
			hg_mark mark = hg_arena_mark(scratch);
			hg_status status = hg_reading_try(&asked, &b->setting->world[w], scratch, &t);
			hg_arena_release(scratch, mark);
			HG_TRY(status);
			hg_buf_print(out, "%s %s", w ? "," : "", fits[t.fit]);
			if (t.trouble && t.fit == HG_FIT_NONE)
				hg_buf_print(out, " (%s)", hg_cause_id(t.trouble));
		}
		hg_buf_char(out, '\n');
	}
	return HG_OK;
}
