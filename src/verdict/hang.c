#include "verdict/hang.h"

#include "verdict/weigh.h"

#include <string.h>

static const hg_cause named[HG_NCHOICES] = {
    [HG_CHOICE_LAYOUT] = HG_CAUSE_LAYOUT_OPEN, [HG_CHOICE_COST] = HG_CAUSE_COST_OPEN, [HG_CHOICE_DZ] = HG_CAUSE_DZ_OPEN,
    [HG_CHOICE_CODE_DZ] = HG_CAUSE_CODE_DZ_OPEN, [HG_CHOICE_DJ] = HG_CAUSE_DJ_OPEN, [HG_CHOICE_SIGNAL] = HG_CAUSE_SIGNAL_OPEN,
    [HG_CHOICE_LOSS] = HG_CAUSE_LOSS_OPEN, [HG_CHOICE_FUNCTION] = HG_CAUSE_FUNCTION_OPEN,
    [HG_CHOICE_SYMMETRIC] = HG_CAUSE_SYMMETRIC_OPEN, [HG_CHOICE_LABELS] = HG_CAUSE_LABELS_OPEN, [HG_CHOICE_JACOBIAN] = HG_CAUSE_JACOBIAN_OPEN,
    [HG_CHOICE_LETTERS] = HG_CAUSE_LETTERS_OPEN};

/* What is open for one of these may hang on that choice. */
static const struct {
	hg_cause cause;
	hg_choice choice;
} hangs[] = {
    {HG_CAUSE_MEAN_NOT_SETTLED, HG_CHOICE_DZ}, {HG_CAUSE_MEAN_NOT_SETTLED, HG_CHOICE_CODE_DZ}, {HG_CAUSE_MEAN_NOT_SETTLED, HG_CHOICE_DJ},
    {HG_CAUSE_OTHER_TOTAL, HG_CHOICE_DZ}, {HG_CAUSE_OTHER_TOTAL, HG_CHOICE_CODE_DZ}, {HG_CAUSE_WHICH_FUNCTION, HG_CHOICE_FUNCTION},
    {HG_CAUSE_LEFT_OPEN, HG_CHOICE_LOSS}, {HG_CAUSE_LEFT_OPEN, HG_CHOICE_FUNCTION}, {HG_CAUSE_SYMMETRY_UNSAID, HG_CHOICE_SYMMETRIC}, {HG_CAUSE_LABELS_UNSAID, HG_CHOICE_LABELS},
    {HG_CAUSE_SHAPES_OPEN, HG_CHOICE_LAYOUT}, {HG_CAUSE_FACTORS_MISFIT, HG_CHOICE_LAYOUT}, {HG_CAUSE_OTHER_SHAPE, HG_CHOICE_LAYOUT}, {HG_CAUSE_OTHER_SHAPE, HG_CHOICE_JACOBIAN},
    {HG_CAUSE_LETTERS_BY_CUSTOM, HG_CHOICE_LETTERS}};

static bool agrees(const hg_finding *f) { return f && (f->status == HG_S_AGREES || f->status == HG_S_NOTATION); }

static bool may_hang(const hg_finding *f, hg_choice choice)
{
	for (size_t i = 0; i < sizeof hangs / sizeof *hangs; i++)
		if (f->status == HG_S_CANNOT_TELL && f->cause == hangs[i].cause && choice == hangs[i].choice)
			return true;
	return false;
}

/* "right if samples are columns, wrong if samples are rows" */
static hg_status say(const hg_report *by_value, hg_choice choice, hg_arena *arena, hg_finding *f)
{
	unsigned right = 0, wrong = 0;
	size_t nwrong = 0;
	for (unsigned v = 1; v <= hg_choice_values(choice); v++) {
		const hg_finding *g = hg_report_same(&by_value[v - 1], f);
		right = !right && agrees(g) ? v : right;
		wrong = !wrong && g && g->status == HG_S_DISAGREES ? v : wrong;
		nwrong += g && g->status == HG_S_DISAGREES;
	}
	if (choice == HG_CHOICE_LABELS && nwrong == hg_choice_values(choice)) /* whatever numbers labels are: no other reading was in doubt */
		*f = *hg_report_same(&by_value[0], f);
	if (!right || !wrong)
		return HG_OK;
	const char *words = hg_arena_print(arena, "right if %s, wrong if %s", hg_choice_words(choice, right), hg_choice_words(choice, wrong));
	return words ? hg_finding_because_of(f, named[choice], words, arena) : HG_ENOMEM;
}

static hg_status try_choice(const hg_rejudge *again, hg_choices taken, hg_choice choice, hg_arena *arena, hg_report *report)
{
	const unsigned n = (unsigned)hg_choice_values(choice);
	size_t open = 0;
	for (size_t i = 0; i < report->nfindings; i++)
		open += may_hang(&report->finding[i], choice);
	if (!open || !(report->model.open >> choice & 1))
		return HG_OK;
	hg_report *by_value = HG_NEWS(arena, n, hg_report);
	if (!by_value)
		return HG_ENOMEM;
	for (unsigned v = 1; v <= n; v++) {
		taken.value[choice] = (unsigned char)v;
		HG_TRY(again->judge(again->self, &taken, report, &by_value[v - 1]));
	}
	for (size_t i = 0; i < report->nfindings; i++)
		if (may_hang(&report->finding[i], choice))
			HG_TRY(say(by_value, choice, arena, &report->finding[i]));
	return HG_OK;
}

static hg_status note_taken(const hg_rejudge *again, const hg_choices *taken, hg_arena *arena, hg_report *report)
{
	static const hg_choices nothing;
	hg_report untaken;
	hg_buf list = {0};
	if (!memcmp(taken, &nothing, sizeof nothing) || !report->count[HG_S_DISAGREES])
		return HG_OK;
	HG_TRY(again->judge(again->self, &nothing, NULL, &untaken));
	hg_choices_write(taken, &list);
	const char *text = list.failed ? NULL
	                               : hg_arena_print(arena, "called wrong by what was taken (%.*s); without that it is not",
	                                                HG_STR_ARG(hg_buf_slice(&list)));
	hg_buf_free(&list);
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *g = hg_report_same(&untaken, &report->finding[i]);
		if (report->finding[i].status == HG_S_DISAGREES && (!g || g->status != HG_S_DISAGREES))
			HG_TRY(hg_finding_note(&report->finding[i], text, arena));
	}
	return HG_OK;
}

hg_status hg_hang_on_choices(const hg_rejudge *again, const hg_choices *taken, hg_arena *arena, hg_report *report)
{
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		HG_TRY(try_choice(again, *taken, c, arena, report));
	return note_taken(again, taken, arena, report);
}
