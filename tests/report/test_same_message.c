/* An assertion of a test says what the command says: every wrong twin of every derivation, at one point, told by
 * hg_verdict_message() and by the writer of messages. Only what one of them cannot know may differ: the slip, the
 * experiment behind "meaning", the coordinates of the point. */
#include "../trap.h"

#include "derive/derive.h"
#include "derive/derive_evidence.h"
#include "report/message.h"

#include <ctype.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <string.h>

/* One blank wherever there are some. */
static char *squeezed(const char *text, size_t n)
{
	char *out = malloc(n + 1);
	size_t k = 0;
	ck_assert_ptr_nonnull(out);
	for (size_t i = 0; i < n; i++)
		if (!isspace((unsigned char)text[i]))
			out[k++] = text[i];
		else if (k && out[k - 1] != ' ')
			out[k++] = ' ';
	out[k] = '\0';
	return out;
}

/* The piece of `text` from `begin` up to `end` behind it stands in `other`, too. */
static void ck_shared(const char *text, const char *begin, const char *end, const char *other)
{
	const char *from = strstr(text, begin);
	ck_assert_msg(from, "no '%s' in: %s", begin, text);
	const char *to = strstr(from + strlen(begin), end);
	size_t n = to ? (size_t)(to - from) : strlen(from);
	char *piece = strndup(from, n);
	ck_assert_ptr_nonnull(piece);
	ck_assert_msg(strstr(other, piece), "'%s' of the assertion is not in the command's: %s", piece, other);
	free(piece);
}

static char *command_says(const hg_derivation *of, const hg_stage *stage, const hg_gradient *claim, const hg_point *at,
                          hg_verdict *verdict, hg_arena *arena)
{
	hg_derivation alone = *of;
	alone.ntwins = 0;
	hg_trial trial = {at, verdict};
	hg_trials trials = {.of = &alone, .stage = stage, .claim = claim, .n = 1, .trial = &trial};
	hg_finding f = {.id = stage->name, .kind = HG_CLAIM, .of = stage->name, .written = ""};
	hg_report report = {.title = of->name, .finding = &f, .nfindings = 1};
	hg_write_options options = {.detail = HG_DETAIL_EVIDENCE};
	hg_buf out = {0};
	ck_assert_int_eq(hg_finding_of(&trials, arena, &f), HG_OK);
	hg_message_write(&report, &f, &options, &out);
	ck_assert(!out.failed);
	char *text = squeezed(out.p, out.n);
	hg_buf_free(&out);
	return text;
}

static void compare(const hg_derivation *of, const hg_twin *twin, const hg_point *at, size_t *compared)
{
	const hg_stage *stage = of->stage;
	while (strcmp(stage->name, twin->stage) != 0)
		stage++;
	hg_point own = *at;
	hg_verdict *verdict;
	hg_arena *arena = hg_arena_new();
	if (hg_check(&stage->f, &twin->g, &own, NULL, &verdict) != HG_OK) { /* a point for other stages */
		hg_arena_free(arena);
		return;
	}
	if (verdict->outcome != HG_AGREES) {
		char *message = hg_verdict_message(verdict, &own, stage->name);
		ck_assert_ptr_nonnull(message);
		char *ours = squeezed(message, strlen(message)), *theirs = command_says(of, stage, &twin->g, &own, verdict, arena);
		ck_shared(ours, "= checked ", " = ", theirs);
		const char *behind = at->label ? at->label : strstr(ours, " (flat there)") ? " (flat there)" : " yours"; /* the command says which point */
		ck_shared(ours, verdict->outcome == HG_DISAGREES ? "= worst at " : "= doubt at ", behind, theirs);
		ck_shared(ours, " yours ", " = ", theirs);
		free(message);
		free(ours);
		free(theirs);
		++*compared;
	}
	hg_verdict_free(verdict);
	hg_arena_free(arena);
}

static void set_wanted(hg_point *at, const char *wrt)
{
	for (size_t b = 0; b < at->nblocks; b++) {
		const char *hit = strstr(wrt, at->block[b].name);
		size_t n = strlen(at->block[b].name);
		at->block[b].wrt = hit && (hit == wrt || hit[-1] == ' ') && (hit[n] == ' ' || !hit[n]);
	}
}

START_TEST(the_assertion_says_what_the_command_says)
{
	size_t compared = 0;
	gsl_set_error_handler_off(); /* as the command does */
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t i = 0; i < hg_nderivations; i++)
		for (size_t k = 0; k < hg_derivations[i]->ntwins; k++) {
			const hg_derivation *of = hg_derivations[i];
			const hg_twin *twin = &of->twin[k];
			hg_point at = {0};
			gsl_rng_set(rng, 7);
			ck_assert_int_eq(of->point(0, rng, &at), HG_OK);
			for (size_t s = 0; s < of->nstages; s++)
				if (strcmp(of->stage[s].name, twin->stage) == 0)
					set_wanted(&at, of->stage[s].wrt);
			compare(of, twin, &at, &compared);
			hg_point_clear(&at);
		}
	gsl_rng_free(rng);
	ck_assert_uint_gt(compared, 50);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("same message");
	TCase *tc = tcase_create("same message");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, the_assertion_says_what_the_command_says);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
