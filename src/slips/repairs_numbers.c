#include "slips/repairs_numbers.h"

#include <math.h>
#include <string.h>

/* ---- entrywise functions of a known matrix --------------------------------------------------------------------- */

static double one(double b)
{
	(void)b;
	return 1;
}

static double itself(double b) { return b; }
static double complement(double b) { return 1 - b; }
static double square(double b) { return b * b; }
static double one_less_square(double b) { return 1 - b * b; }
static double square_of_complement(double b) { return (1 - b) * (1 - b); }
static double times_complement(double b) { return b * (1 - b); }
static double reciprocal(double b) { return 1 / b; }
static double step(double b) { return b > 0; }
static double relu(double b) { return b > 0 ? b : 0; }
static double sigma(double b) { return 1 / (1 + exp(-b)); }
static double slope_of_sigma(double b) { return sigma(b) * sigma(-b); }
static double one_less_sigma_squared(double b) { return sigma(-b) * (1 + sigma(b)); }
static double slope_of_tanh(double b) { return 1 / (cosh(b) * cosh(b)); }
static double one_less_tanh(double b) { return 1 - tanh(b); }
static double square_of_one_less_tanh(double b) { return one_less_tanh(b) * one_less_tanh(b); }
static double grow(double b) { return exp(b); }
static double decay(double b) { return exp(-b); }

typedef double part(double b);

/* How each is written; @ is the name of the matrix. */
static const struct {
	part *of;
	const char *text;
} spelling[] = {
	{one, "1"}, {itself, "@"}, {complement, "(1 - @)"}, {square, "@^2"}, {one_less_square, "(1 - @^2)"},
	{square_of_complement, "(1 - @)^2"}, {times_complement, "@ \u2299 (1 - @)"}, {reciprocal, "1/@"},
	{step, "1{@ > 0}"}, {relu, "ReLU(@)"}, {sigma, "sigma(@)"}, {slope_of_sigma, "sigma'(@)"},
	{one_less_sigma_squared, "(1 - sigma(@)^2)"}, {tanh, "tanh(@)"}, {slope_of_tanh, "tanh'(@)"},
	{one_less_tanh, "(1 - tanh(@))"}, {square_of_one_less_tanh, "(1 - tanh(@))^2"}, {grow, "e^@"}, {decay, "e^-@"},
};

/* What stands in the claim, and what belongs there. What numbers alone cannot tell from a lost factor comes last. */
typedef struct change {
	hg_slip_id slip;
	part *wrong, *right;
} change;

static const change changes[] = {
	{HG_SLIP_SQUARE_MOVED, square_of_complement, one_less_square},
	{HG_SLIP_SQUARE_MOVED, square_of_one_less_tanh, slope_of_tanh},
	{HG_SLIP_LOST_SQUARE, complement, one_less_square},
	{HG_SLIP_LOST_SQUARE, one_less_tanh, slope_of_tanh},
	{HG_SLIP_EXTRA_SQUARE, one_less_square, complement},
	{HG_SLIP_EXTRA_SQUARE, one_less_sigma_squared, sigma},
	{HG_SLIP_EXPONENT_SIGN, grow, decay},
	{HG_SLIP_EXPONENT_SIGN, decay, grow},
	{HG_SLIP_VALUE_FOR_DERIVATIVE, relu, step},
	{HG_SLIP_VALUE_FOR_DERIVATIVE, sigma, slope_of_sigma},
	{HG_SLIP_VALUE_FOR_DERIVATIVE, tanh, slope_of_tanh},
	{HG_SLIP_VALUE_FOR_DERIVATIVE, itself, times_complement},
	{HG_SLIP_VALUE_FOR_DERIVATIVE, itself, one_less_square},
	{HG_SLIP_WRONG_ACTIVATION, times_complement, one_less_square},
	{HG_SLIP_WRONG_ACTIVATION, one_less_square, times_complement},
	{HG_SLIP_WRONG_ACTIVATION, slope_of_tanh, slope_of_sigma},
	{HG_SLIP_WRONG_ACTIVATION, slope_of_sigma, slope_of_tanh},
	{HG_SLIP_WRONG_ACTIVATION, one_less_sigma_squared, slope_of_sigma},
	{HG_SLIP_WRONG_ACTIVATION, slope_of_sigma, step},
	{HG_SLIP_WRONG_ACTIVATION, slope_of_tanh, step},
	{HG_SLIP_WRONG_VARIABLE, times_complement, slope_of_sigma},
	{HG_SLIP_WRONG_VARIABLE, one_less_square, slope_of_tanh},
	{HG_SLIP_WRONG_VARIABLE, complement, one_less_tanh},
	{HG_SLIP_WRONG_VARIABLE, itself, sigma},
	{HG_SLIP_WRONG_VARIABLE, itself, tanh},
	{HG_SLIP_WRONG_VARIABLE, itself, relu},
	{HG_SLIP_COMPLEMENT, itself, complement},
	{HG_SLIP_COMPLEMENT, complement, itself},
	{HG_SLIP_INVERTED_FACTOR, reciprocal, itself},
	{HG_SLIP_INVERTED_FACTOR, itself, reciprocal},
	{HG_SLIP_LOST_FACTOR, one, itself},
	{HG_SLIP_LOST_FACTOR, one, complement},
	{HG_SLIP_LOST_FACTOR, one, step},
	{HG_SLIP_LOST_FACTOR, one, times_complement},
	{HG_SLIP_LOST_FACTOR, one, one_less_square},
	{HG_SLIP_LOST_FACTOR, one, sigma},
	{HG_SLIP_LOST_FACTOR, one, slope_of_sigma},
	{HG_SLIP_LOST_FACTOR, one, slope_of_tanh},
	{HG_SLIP_EXTRA_FACTOR, itself, one},
	{HG_SLIP_EXTRA_FACTOR, complement, one},
	{HG_SLIP_EXTRA_FACTOR, times_complement, one},
	{HG_SLIP_EXTRA_FACTOR, one_less_square, one},
	{HG_SLIP_EXTRA_FACTOR, sigma, one},
	{HG_SLIP_EXTRA_FACTOR, slope_of_sigma, one},
	{HG_SLIP_EXTRA_FACTOR, slope_of_tanh, one},
	{HG_SLIP_LOST_SQUARE, itself, square},
	{HG_SLIP_EXTRA_SQUARE, square, itself},
};

/* ---- constants --------------------------------------------------------------------------------------------------- */

static double minus(const hg_shot *s) { return -1 + 0 * s->samples; }
static double over_m(const hg_shot *s) { return 1 / s->samples; }
static double times_m(const hg_shot *s) { return s->samples; }
static double twice(const hg_shot *s) { return 2 + 0 * s->samples; }
static double half(const hg_shot *s) { return 0.5 + 0 * s->samples; }
static double over_k(const hg_shot *s) { return 1 / s->outputs; }
static double times_k(const hg_shot *s) { return s->outputs; }

typedef struct scale {
	hg_slip_id slip;
	double (*of)(const hg_shot *s);
	const char *text;
} scale;

static const scale scales[] = {
	{HG_SLIP_SIGN, minus, "-"}, {HG_SLIP_MISSING_MEAN, over_m, "1/m "}, {HG_SLIP_EXTRA_MEAN, times_m, "m "},
	{HG_SLIP_CONSTANT_FACTOR, twice, "2 "}, {HG_SLIP_CONSTANT_FACTOR, half, "1/2 "},
	{HG_SLIP_CONSTANT_FACTOR, over_k, "1/K "}, {HG_SLIP_CONSTANT_FACTOR, times_k, "K "},
};

enum { NCHANGES = sizeof changes / sizeof *changes, NSCALES = sizeof scales / sizeof *scales };

/* ---- a hypothesis ------------------------------------------------------------------------------------------------ */

/* How the entries of a known matrix lie over those of the block. */
typedef enum layout { SAME, TURNED, ALONG_ROWS, ALONG_COLUMNS, NLAYOUTS } layout;

typedef struct guess {
	const scale *scale;   /* NULL: none */
	bool turned;          /* the block transposed */
	const change *change; /* NULL: none */
	size_t known;
	layout lay;
} guess;

/* Entry (i,j) of the known matrix as it lies over the block: a vector is repeated along the axis it does not have. */
static bool lies(const gsl_matrix *b, layout lay, const gsl_matrix *block)
{
	size_t r = block->size1, c = block->size2;
	bool vector = b->size1 == 1 || b->size2 == 1;
	switch (lay) {
	case SAME:          return b->size1 == r && b->size2 == c;
	case TURNED:        return b->size1 == c && b->size2 == r && r != c;
	case ALONG_ROWS:    return vector && b->size1 * b->size2 == r && r > 1 && c > 1;
	case ALONG_COLUMNS: return vector && b->size1 * b->size2 == c && r > 1 && c > 1;
	default:            return false;
	}
}

static double over(const gsl_matrix *b, layout lay, size_t i, size_t j)
{
	size_t k = lay == ALONG_ROWS ? i : j;
	switch (lay) {
	case SAME:   return gsl_matrix_get(b, i, j);
	case TURNED: return gsl_matrix_get(b, j, i);
	default:     return b->size1 == 1 ? gsl_matrix_get(b, 0, k) : gsl_matrix_get(b, k, 0);
	}
}

static double mended(const guess *g, const hg_shot *s, size_t i, size_t j)
{
	double a = g->turned ? gsl_matrix_get(s->claimed, j, i) : gsl_matrix_get(s->claimed, i, j);
	if (g->scale)
		a *= g->scale->of(s);
	if (g->change) {
		double b = over(s->known[g->known].x, g->lay, i, j);
		double right = g->change->right(b), wrong = g->change->wrong(b);
		a = a == 0 && wrong == 0 ? 0 : a / wrong * right;
	}
	return a;
}

/* Entries without a bound decide nothing. */
static bool decides(const hg_shot *s, size_t i, size_t j)
{
	return isfinite(gsl_matrix_get(s->abserr, i, j)) && isfinite(gsl_matrix_get(s->numerical, i, j));
}

static bool fits(const guess *g, const hg_shot *s)
{
	if (g->turned && s->claimed->size1 != s->claimed->size2)
		return false;
	if (g->change && !lies(s->known[g->known].x, g->lay, s->claimed))
		return false;
	return !g->scale || (isfinite(g->scale->of(s)) && g->scale->of(s) != 0);
}

static bool explains(const guess *g, const hg_shot *shot, size_t nshots)
{
	for (size_t k = 0; k < nshots; k++) {
		const hg_shot *s = &shot[k];
		if (!fits(g, s))
			return false;
		for (size_t i = 0; i < s->claimed->size1; i++)
			for (size_t j = 0; j < s->claimed->size2; j++)
				if (decides(s, i, j) && !hg_shot_agrees(s, i, j, mended(g, s, i, j)))
					return false;
	}
	return true;
}

/* ---- the search -------------------------------------------------------------------------------------------------- */

typedef struct search {
	const hg_shot *shot;
	size_t nshots;
	hg_arena *arena;
	size_t n;
	hg_slip_found found[HG_NSLIPS];
} search;

static char *spelled(hg_arena *arena, part *of, const char *name)
{
	hg_buf out = {0};
	for (size_t k = 0; k < sizeof spelling / sizeof *spelling; k++)
		if (spelling[k].of == of)
			for (const char *c = spelling[k].text; *c; c++)
				*c == '@' ? hg_buf_text(&out, name) : hg_buf_char(&out, *c);
	char *copy = out.failed ? NULL : hg_arena_copy(arena, out.p ? out.p : "", out.n);
	hg_buf_free(&out);
	return copy;
}

/* "1/m yours^T ⊙ 1{Z1 > 0}" */
static const char *in_words(const guess *g, const search *in)
{
	hg_arena *arena = in->arena;
	const char *yours = hg_arena_print(arena, "%syours%s", g->scale ? g->scale->text : "", g->turned ? "^T" : "");
	if (!g->change || !yours)
		return yours;
	const char *name = in->shot->known[g->known].name;
	const char *right = spelled(arena, g->change->right, name), *wrong = spelled(arena, g->change->wrong, name);
	if (!right || !wrong)
		return NULL;
	if (g->change->wrong == one)
		return hg_arena_print(arena, "%s \u2299 %s", yours, right);
	if (g->change->right == one)
		return hg_arena_print(arena, "%s without %s", yours, wrong);
	return hg_arena_print(arena, "%s with %s for %s", yours, right, wrong);
}

/* Notes a guess that explains; each slip once, by its first guess. */
static hg_status try_guess(search *in, const guess *g)
{
	hg_slip_id slip = g->change ? g->change->slip : g->turned ? HG_SLIP_MISSING_TRANSPOSE : g->scale->slip;
	for (size_t k = 0; k < in->n; k++)
		if (!strcmp(in->found[k].id, hg_slips[slip].id))
			return HG_OK;
	if (!explains(g, in->shot, in->nshots))
		return HG_OK;
	const char *words = in_words(g, in);
	if (!words)
		return HG_ENOMEM;
	hg_slip_found *found = &in->found[in->n++];
	*found = (hg_slip_found){.id = hg_slips[slip].id, .repaired = words};
	if (g->scale && (g->change || g->turned) && g->scale->slip != slip)
		found->with = hg_slips[g->scale->slip].id;
	return HG_OK;
}

/* Everything that can be combined with one scale, or with none. */
static hg_status try_changes(search *in, const scale *by)
{
	HG_TRY(try_guess(in, &(guess){.scale = by, .turned = true}));
	for (size_t c = 0; c < NCHANGES; c++)
		for (size_t k = 0; k < in->shot->nknown; k++)
			for (layout l = SAME; l < NLAYOUTS; l++)
				HG_TRY(try_guess(in, &(guess){.scale = by, .change = &changes[c], .known = k, .lay = l}));
	return HG_OK;
}

static bool anything_wrong(const hg_shot *shot, size_t nshots)
{
	for (size_t k = 0; k < nshots; k++)
		for (size_t i = 0; i < shot[k].claimed->size1; i++)
			for (size_t j = 0; j < shot[k].claimed->size2; j++)
				if (decides(&shot[k], i, j) && !hg_shot_agrees(&shot[k], i, j, gsl_matrix_get(shot[k].claimed, i, j)))
					return true;
	return false;
}

/* ---- the other direction ----------------------------------------------------------------------------------------- */

/* Would the slip that g mends have been refused? Its repair is committed in the numerical gradient itself. */
static bool is_refused(const guess *g, const hg_shot *shot, size_t nshots, bool *applies)
{
	*applies = true;
	for (size_t k = 0; k < nshots; k++) {
		hg_shot right = shot[k];
		right.claimed = right.numerical;
		if (!fits(g, &right)) {
			*applies = false;
			return false;
		}
	}
	for (size_t k = 0; k < nshots; k++) {
		hg_shot right = shot[k];
		right.claimed = right.numerical;
		for (size_t i = 0; i < right.claimed->size1; i++)
			for (size_t j = 0; j < right.claimed->size2; j++)
				if (decides(&right, i, j) && !hg_shot_agrees(&right, i, j, mended(g, &right, i, j)))
					return true;
	}
	return false;
}

hg_status hg_power_of_numbers(const hg_shot *shot, size_t nshots, hg_power *power)
{
	guess all[NSCALES + 1 + NCHANGES];
	size_t n = 0;
	for (size_t k = 0; k < NSCALES; k++)
		all[n++] = (guess){.scale = &scales[k]};
	all[n++] = (guess){.turned = true};
	for (size_t g = 0; g < n; g++) {
		bool applies, refused = is_refused(&all[g], shot, nshots, &applies);
		power->planted += applies;
		power->refused += refused;
	}
	for (size_t c = 0; c < NCHANGES; c++)
		for (size_t k = 0; nshots && k < shot->nknown; k++)
			for (layout l = SAME; l < NLAYOUTS; l++) {
				const guess g = {.change = &changes[c], .known = k, .lay = l};
				bool applies, refused = is_refused(&g, shot, nshots, &applies);
				power->planted += applies;
				power->refused += refused;
			}
	return HG_OK;
}

hg_status hg_diagnose_numbers(const hg_shot *shot, size_t nshots, hg_arena *arena, hg_numbers_found *found)
{
	*found = (hg_numbers_found){.ratio = NAN};
	if (!anything_wrong(shot, nshots))
		return HG_OK;
	search in = {.shot = shot, .nshots = nshots, .arena = arena};
	for (size_t k = 0; k < NSCALES; k++)
		HG_TRY(try_guess(&in, &(guess){.scale = &scales[k]}));
	HG_TRY(try_changes(&in, NULL));
	for (size_t k = 0; in.n == 0 && k < NSCALES; k++)
		HG_TRY(try_changes(&in, &scales[k]));

	hg_slip_found *copy = HG_NEWS(arena, in.n ? in.n : 1, hg_slip_found);
	if (!copy)
		return HG_ENOMEM;
	memcpy(copy, in.found, in.n * sizeof *copy);
	found->slip = copy;
	found->nslips = in.n;
	return hg_pattern_of(shot, nshots, arena, &found->ratio, &found->pattern);
}
