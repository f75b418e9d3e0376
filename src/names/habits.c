/* How a document marks layers, samples and components: counted over all its names. */
#include "names/customs.h"
#include "names/names.h"

#include <ctype.h>
#include <string.h>

typedef struct tally {
	hg_habits *habits;
	unsigned below[26], bare[26]; /* digits seen as subscripts, and as bare superscripts, by base letter */
	unsigned numbers[26];                 /* digits in any place */
	bool l_sum, l_layer; /* a sum over l; l on a weight, or l - 1 */
	char weight_bracket, shifted_bracket; /* i in W[i]; in A[i-1] */
	unsigned data_letters, weight_letters, mean_letters; /* letters below x, y, z; below weights; of sums beside 1/m */
	bool small[26], capital[26], barred[26], letter_below[26], shifted[26], bare_letter[26];
	unsigned weight_above[2], shifted_above[2]; /* letters above W, and in a^{k-1}: bare, in parentheses */
	bool beyond_top, small_layers; /* L+1, and l, are seen as layers */
} tally;

/* Where a tally keeps what it knows of a small letter. */
#define AT(letter) (*(letter) - 'a')

static bool is_layer_letter(const hg_expr *e)
{
	if (e->op == HG_OP_SUM_OF)
		return is_layer_letter(e->kid[0]);
	return e->op == HG_OP_NAME && (hg_custom_of(e->name) & HG_MAY_LAYER);
}

/* L+1 is a layer, so L is not the last one: unless l is the letter for any. */
static void note_top(tally *t, const hg_expr *e)
{
	bool sum = e->op == HG_OP_SUM_OF && e->nkids == 2;
	const hg_expr *name = sum ? e->kid[0] : e;
	if (name->op != HG_OP_NAME || name->nindex)
		return;
	t->beyond_top = t->beyond_top || (sum && hg_str_is(name->name, HG_L_LAST_LAYER) && e->kid[1]->op == HG_OP_NUM);
	t->small_layers = t->small_layers || hg_str_is(name->name, HG_L_LAYER) || hg_str_is(name->name, HG_L_CURLY_LAYER);
}

/* k of W^k, and of a^{k-1}. t counts time, and l needs no finding out. */
static void note_above(tally *t, const hg_expr *e, int b, bool capital, bool parens)
{
	bool sum = e->op == HG_OP_SUM_OF && e->nkids == 2, weight = b == AT(HG_L_WEIGHT) && (capital || !parens); /* w^{(i)}: of a sample */
	const hg_expr *name = sum ? e->kid[0] : e;
	if (name->op != HG_OP_NAME || name->nindex || name->name.n != 1 || !strchr(HG_LS_LAYER_ABOVE, name->name.p[0]) ||
	    (b == AT(HG_L_BIAS) && sum) || (weight && sum))
		return;
	unsigned *letters = sum ? t->shifted_above : t->weight_above;
	if (sum || weight)
		letters[parens] |= 1u << (name->name.p[0] - 'a');
}

static int base_letter(const hg_expr *e)
{
	if (e->op != HG_OP_NAME || !e->name.n)
		return -1;
	size_t at = hg_has_differential(e->name) && isalpha((unsigned char)e->name.p[1]) ? 1 : 0;
	if (hg_str_starts(e->name, HG_L_SIGNAL) && (e->name.n == strlen(HG_L_SIGNAL) || isdigit((unsigned char)e->name.p[strlen(HG_L_SIGNAL)])))
		return AT(HG_L_SIGNAL_SIGN);
	if (hg_str_is(e->name, HG_L_ALL_PARAMETERS)) /* the weights of a layer, all of them */
		return AT(HG_L_WEIGHT);
	bool letter = at + 1 == e->name.n || isdigit((unsigned char)e->name.p[at + 1]);
	return letter && isalpha((unsigned char)e->name.p[at]) ? tolower((unsigned char)e->name.p[at]) - 'a' : -1;
}

static unsigned digit_bit(double number) { return number >= 0 && number < 16 ? 1u << (unsigned)number : 0; }

static void note_layer(hg_habits *h, double number)
{
	if (number >= 1 && number <= 9 && (int)number > h->layers)
		h->layers = (int)number;
}

static bool weight_letter(int b) { return b == AT(HG_L_WEIGHT) || b == AT(HG_L_BIAS); }

static void see_index(tally *t, const hg_index *x, int b, bool capital)
{
	hg_habits *h = t->habits;
	note_top(t, x->e);
	if (x->sup && (x->style == HG_INDEX_BARE || x->style == HG_INDEX_PAREN))
		note_above(t, x->e, b, capital, x->style == HG_INDEX_PAREN);
	bool number = x->e->op == HG_OP_NUM && x->e->digits < 0, layer = number || is_layer_letter(x->e);
	bool data = b == AT(HG_L_INPUT) || b == AT(HG_L_LABEL);
	h->time = h->time || (x->e->op == HG_OP_SUM_OF && x->e->kid[0]->op == HG_OP_NAME && hg_str_is(x->e->kid[0]->name, HG_L_STEP));
	if (number)
		t->numbers[b] |= digit_bit(x->e->number);
	if (!x->sup && x->style == HG_INDEX_BRACKET) {
		const hg_expr *i = x->e->op == HG_OP_SUM_OF ? x->e->kid[0] : x->e;
		bool letter = i->op == HG_OP_NAME && i->name.n == 1 && !i->nindex;
		if (letter && i == x->e && b == AT(HG_L_WEIGHT) && capital)
			t->weight_bracket = i->name.p[0];
		if (letter && i != x->e && (b == AT(HG_L_ACTIVATION) || b == AT(HG_L_HIDDEN)))
			t->shifted_bracket = i->name.p[0];
	}
	if (x->sup && x->style == HG_INDEX_BRACKET) {
		h->bracket_layers = true;
		if (number)
			note_layer(h, x->e->number);
	} else if (x->sup && x->style == HG_INDEX_PAREN && layer && weight_letter(b)) {
		h->paren_layers = true;
		if (number)
			note_layer(h, x->e->number);
	} else if (x->sup && x->style == HG_INDEX_PAREN && hg_is_sample_letter(x->e) && (data || h->bracket_layers)) {
		h->sample_marks = true;
	} else if (x->sup && x->style == HG_INDEX_BARE && layer) {
		if (number)
			t->bare[b] |= digit_bit(x->e->number);
		else
			t->bare_letter[b] = true;
	} else if (!x->sup && x->style == HG_INDEX_PAREN && layer && weight_letter(b)) {
		h->call_layers = true;
		if (number)
			note_layer(h, x->e->number);
	} else if (!x->sup && number && x->e->name.n == 1) {
		t->below[b] |= digit_bit(x->e->number);
		if (x->style == HG_INDEX_BRACKET && weight_letter(b)) {
			h->call_layers = true;
			note_layer(h, x->e->number);
		}
	} else if (!x->sup && (hg_is_index_letter(x->e) || is_layer_letter(x->e))) {
		t->letter_below[b] = true;
	} else if (!x->sup && x->e->op == HG_OP_SUM_OF && hg_is_index_letter(x->e->kid[0])) {
		t->shifted[b] = true;
	}
}

static unsigned letter_bit(const hg_expr *e)
{
	bool small = e->op == HG_OP_NAME && e->name.n == 1 && !e->nindex && islower((unsigned char)e->name.p[0]);
	return small ? 1u << (e->name.p[0] - 'a') : 0;
}

static bool divides_by_samples(const hg_expr *e)
{
	const hg_expr *below = e->op == HG_OP_FRAC ? e->kid[1] : NULL;
	for (size_t i = 0; i + 1 < e->nkids && e->op == HG_OP_PRODUCT && !below; i++)
		if (e->glue[i] == HG_GLUE_DIV)
			below = e->kid[i + 1];
	return below && below->op == HG_OP_NAME && !below->nindex && (hg_str_is(below->name, HG_L_SAMPLES) || hg_str_is(below->name, HG_L_ALL_SAMPLES) ||
	                                                              hg_str_is(below->name, HG_L_NUMBER));
}

/* Letters below x, y, z ..., letters below weights, letters of sums in a mean over samples. */
static void note_letters(tally *t, const hg_expr *e)
{
	if (e->op == HG_OP_PRODUCT)
		for (size_t i = 0; i < e->nkids; i++)
			if (e->kid[i]->op == HG_OP_SUM && e->kid[i]->nkids > 1 && (divides_by_samples(e) || divides_by_samples(e->kid[0]))) {
				const hg_expr *c = e->kid[i]->kid[1];
				t->mean_letters |= letter_bit(c->op == HG_OP_COMPARE ? c->kid[0] : c);
			}
	if (e->op != HG_OP_NAME || e->name.n != 1)
		return;
	bool data = strchr(HG_LS_DATA, e->name.p[0]) != NULL, weight = strchr(HG_LS_WEIGHTS, e->name.p[0]) != NULL;
	for (size_t i = 0; i < e->nindex; i++) {
		unsigned letter = e->index[i].sup ? 0 : letter_bit(e->index[i].e);
		bool other = !e->index[i].sup && !letter && e->index[i].e->op != HG_OP_NUM;
		t->data_letters |= data ? letter | (other ? ~0u : 0) : 0;
		t->weight_letters |= weight ? letter : 0;
	}
}

static bool is_l(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && hg_str_is(e->name, HG_L_LAYER); }

static void see_l(tally *t, const hg_expr *e)
{
	const hg_expr *c = (e->op == HG_OP_SUM || e->op == HG_OP_PROD) && e->nkids > 1 ? e->kid[1] : NULL;
	t->l_sum = t->l_sum || (c && is_l(c->op == HG_OP_COMPARE ? c->kid[0] : c));
	for (size_t i = 0; i < e->nindex; i++) {
		const hg_expr *x = e->index[i].e;
		t->l_layer = t->l_layer || (x->op == HG_OP_SUM_OF && is_l(x->kid[0])) || (e->index[i].sup && is_l(x)) ||
		             (is_l(x) && weight_letter(base_letter(e)));
	}
}

static bool see(void *self, const hg_expr *e)
{
	tally *t = self;
	note_letters(t, e);
	see_l(t, e);
	if (e->op == HG_OP_POW) {
		int b = base_letter(e->kid[0]);
		if (b >= 0) {
			note_top(t, e->kid[1]);
			note_above(t, e->kid[1], b, e->kid[0]->name.p[0] == *HG_L_WEIGHTS, e->kid[1]->bracketed);
		}
		if (b >= 0 && e->kid[1]->op == HG_OP_NUM && e->kid[1]->digits < 0)
			t->bare[b] |= 1u << ((unsigned)e->kid[1]->number & 15);
		else if (b >= 0 && is_layer_letter(e->kid[1]))
			t->bare_letter[b] = true;
	}
	int b = base_letter(e);
	if (b < 0)
		return true;
	char last = e->name.p[e->name.n - 1];
	if (e->name.n > 1 && isdigit((unsigned char)last))
		t->numbers[b] |= digit_bit(last - '0');
	size_t at = hg_has_differential(e->name) && isalpha((unsigned char)e->name.p[1]) ? 1 : 0;
	bool capital = isupper((unsigned char)e->name.p[at]);
	(capital ? t->capital : t->small)[b] = true;
	t->barred[b] = t->barred[b] || (e->accent & HG_BAR);
	if (e->name.n > at + 1 && isdigit((unsigned char)e->name.p[at + 1])) {
		t->habits->glued_layers = t->habits->glued_layers || weight_letter(b);
		note_layer(t->habits, e->name.p[e->name.n - 1] - '0');
	}
	for (size_t i = 0; i < e->nindex; i++)
		see_index(t, &e->index[i], b, capital);
	return true;
}

static int highest(unsigned mask)
{
	int n = 0;
	for (int i = 1; i < 10; i++)
		if (mask >> i & 1)
			n = i;
	return n;
}

/* delta_3, delta_2 beside z_2, W_2, z_1, W_1: the signals are counted with the input as layer 1. */
static bool late_signals(const tally *t)
{
	int top = highest(t->numbers[AT(HG_L_SIGNAL_SIGN)]), z = highest(t->numbers[AT(HG_L_PREACTIVATION)]), w = highest(t->numbers[AT(HG_L_WEIGHT)]);
	return z > 0 && w == z && top == z + 1 && highest(t->numbers[AT(HG_L_ACTIVATION)]) <= z && highest(t->numbers[AT(HG_L_BIAS)]) <= z &&
	       !(t->numbers[AT(HG_L_SIGNAL_SIGN)] & 3);
}

static void conclude(tally *t)
{
	hg_habits *h = t->habits;
	h->late_signals = late_signals(t);
	const char *layered = h->late_signals ? HG_LS_LAYERED : HG_LS_LAYERED HG_L_SIGNAL_SIGN;
	unsigned w = t->below[AT(HG_L_WEIGHT)] | t->below[AT(HG_L_OTHER_WEIGHT)] | t->below[AT(HG_L_INPUT_WEIGHT)], others = 0, bias = t->below[AT(HG_L_BIAS)];
	for (const char *p = HG_LS_BESIDE_WEIGHTS HG_L_SIGNAL_SIGN; *p; p++)
		others |= t->below[AT(p)];
	bool above = h->bracket_layers || h->paren_layers;
	bool components = highest(t->below[AT(HG_L_INPUT)]) > 1 && !bias && !t->capital[AT(HG_L_WEIGHT)];
	h->below_layers = !above && !components && ((w && others) || (bias && others) || (others && t->capital[AT(HG_L_WEIGHT)] && w)
	                  || (t->below[AT(HG_L_PREACTIVATION)] && t->below[AT(HG_L_ACTIVATION)]) || (w && t->capital[AT(HG_L_WEIGHT)]) || highest(t->below[AT(HG_L_SIGNAL_SIGN)]) > 1);
	h->bare_layers = !above && (t->bare_letter[AT(HG_L_WEIGHT)] || t->bare_letter[AT(HG_L_BIAS)] || t->bare_letter[AT(HG_L_PREACTIVATION)] ||
	                            t->bare_letter[AT(HG_L_ACTIVATION)] || t->bare[AT(HG_L_BIAS)] || (t->bare[AT(HG_L_WEIGHT)] & 2) ||
	                            (t->bare[AT(HG_L_PREACTIVATION)] & 2));
	h->letter_below_layers = !above && t->letter_below[AT(HG_L_WEIGHT)] &&
	                         (t->shifted[AT(HG_L_INPUT)] || t->shifted[AT(HG_L_PREACTIVATION)] || t->shifted[AT(HG_L_ACTIVATION)] || t->shifted[AT(HG_L_HIDDEN)]);
	for (const char *p = layered; *p; p++) {
		if (h->below_layers)
			note_layer(h, highest(t->below[AT(p)]));
		if (h->bare_layers && *p != *HG_L_SIGNAL_SIGN)
			note_layer(h, highest(t->bare[AT(p)]));
		h->bars = h->bars || t->barred[AT(p)];
	}
	for (const char *p = HG_LS_CASES; *p; p++)
		h->cases = h->cases || (t->small[AT(p)] && t->capital[AT(p)]);
	h->bars = h->bars || t->barred[AT(HG_L_SMALL_LOSS)];
	h->l_counts = t->l_sum && !t->l_layer;
	h->bracket_letter = t->weight_bracket == t->shifted_bracket ? t->weight_bracket : 0;
	h->small_layers = t->small_layers;
	unsigned letters = t->data_letters;
	if (letters && !(letters & (letters - 1)) && (letters & t->mean_letters) && !(letters & t->weight_letters) && !h->sample_marks)
		for (char c = 'a'; c <= 'z'; c++)
			if (letters == 1u << (c - 'a'))
				h->sample_letter = c;
	h->general_top = t->beyond_top && !t->small_layers;
	for (int k = 0; k < 2 && !above && !h->bare_layers && !h->below_layers; k++)
		for (int c = 0; c < 26; c++)
			if (t->weight_above[k] & t->shifted_above[k] & 1u << c) {
				h->above_letter = (char)('a' + c);
				*(k ? &h->paren_layers : &h->bare_layers) = true;
			}
	h->lower_weights = t->small[AT(HG_L_WEIGHT)] && !t->capital[AT(HG_L_WEIGHT)];
}

typedef struct capital_search {
	char letter;
	bool found;
} capital_search;

static bool see_capital(void *self, const hg_expr *e)
{
	capital_search *c = self;
	c->found = c->found || (e->op == HG_OP_NAME && e->name.n == 1 && e->name.p[0] == c->letter);
	return !c->found;
}

/* v = V h + c: no quantity is computed from itself, so V is no v of all samples. */
static unsigned own_capitals(const hg_statement *s)
{
	const hg_expr *left = s->nsides > 1 && !s->continues ? s->side[0].e : NULL, *right = left ? s->side[1].e : NULL;
	bool small = left && left->op == HG_OP_NAME && left->name.n == 1 && islower((unsigned char)left->name.p[0]);
	if (!small || !right || (right->op != HG_OP_SUM_OF && right->op != HG_OP_PRODUCT))
		return 0;
	capital_search c = {.letter = (char)toupper((unsigned char)left->name.p[0])};
	hg_expr_visit(right, see_capital, &c);
	return c.found ? 1u << (c.letter - 'A') : 0;
}

static bool see_stepped(void *self, const hg_expr *e)
{
	const hg_expr **left = self;
	if (*left && e->op == HG_OP_NAME && e->nindex == 1 && hg_str_equal(e->name, (*left)->name) && e->index[0].e->op == HG_OP_NUM)
		*left = NULL;
	return *left != NULL;
}

/* a_2 = f(R a_1): the steps are written out, and t of a_t is any of their numbers. */
static bool writes_steps_out(const hg_statement *s)
{
	const hg_expr *left = s->nsides > 1 ? s->side[0].e : NULL, *found = left;
	if (!left || left->op != HG_OP_NAME || left->nindex != 1 || left->index[0].sup || left->index[0].e->op != HG_OP_NUM || !s->side[1].e)
		return false;
	hg_expr_visit(s->side[1].e, see_stepped, &found);
	return !found;
}

void hg_habits_of(const hg_statements *said, hg_habits *habits)
{
	tally t = {.habits = habits};
	*habits = (hg_habits){0};
	for (size_t i = 0; i < said->n; i++)
		habits->own_capitals |= own_capitals(&said->at[i]);
	for (size_t pass = 0; pass < 2; pass++) /* sample marks are seen when the brackets are known */
		for (size_t i = 0; i < said->n; i++)
			for (size_t k = 0; k < said->at[i].nsides; k++)
				hg_expr_visit(said->at[i].side[k].e, see, &t);
	for (size_t i = 0; i < said->n; i++)
		habits->time = habits->time && !writes_steps_out(&said->at[i]);
	conclude(&t);
	hg_quantities_of(said, habits);
}
