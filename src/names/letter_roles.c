/* What each letter is, by the places it stands in. */
#include "names/spelling.h"

unsigned hg_letter_where(const hg_spelling *s, size_t i) { return s->seen.letter[i].where; }

bool hg_letter_shown(const hg_spelling *s, size_t i, unsigned all, unsigned none)
{
	return (hg_letter_where(s, i) & all) == all && !(hg_letter_where(s, i) & none);
}

bool hg_letter_differentiates(const hg_spelling *s, size_t i)
{
	return hg_letter_where(s, i) & (HG_SEEN_VARIABLE | HG_SEEN_GRADIENT | HG_SEEN_UPDATED);
}

/* T above a name turns it; T by itself is a letter. */
bool hg_letter_is_fixed(const hg_spelling *s, size_t i)
{
	hg_str own = s->seen.letter[i].name;
	return (hg_custom_of(own) & HG_MAY_FIXED) && !(hg_str_is(own, HG_L_TRANSPOSED) && (hg_letter_where(s, i) & HG_SEEN_PLAIN));
}

/* Given, not computed, and no function. */
static bool is_leaf(const hg_spelling *s, size_t i) { return hg_letter_shown(s, i, HG_SEEN_PLAIN, HG_SEEN_DEFINED | HG_SEEN_APPLIED); }

static bool is_word(const hg_spelling *s, size_t i) { return s->seen.letter[i].word; }

static bool is_marked(const hg_spelling *s, size_t i)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_INDEX_ABOVE && p->a == i && s->is[p->b] == HG_MAY_SAMPLE)
			return true;
	}
	return false;
}

static size_t owners(const hg_spelling *s, size_t letter)
{
	size_t n = 0, last = HG_MOST_LETTERS;
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		bool index = (p->kind == HG_PAIR_INDEX || p->kind == HG_PAIR_INDEX_ABOVE) && p->b == letter;
		n += index && p->a != last;
		last = index ? p->a : last;
	}
	return n;
}

static void find_counts(hg_spelling *s)
{
	for (size_t i = 0; i < s->seen.n; i++) {
		unsigned never = HG_SEEN_INDEXED | HG_SEEN_VARIABLE | HG_SEEN_GRADIENT | HG_SEEN_UPDATED | HG_SEEN_APPLIED | HG_SEEN_DEFINED |
		                 HG_SEEN_FACTOR | HG_SEEN_TERM;
		bool mean = hg_letter_shown(s, i, HG_SEEN_BELOW | HG_SEEN_MEAN | HG_SEEN_COUNTED, never);
		if (mean || hg_letter_shown(s, i, HG_SEEN_BELOW, never | HG_SEEN_PLAIN | HG_SEEN_USED)) /* 1/m in results alone */
			s->is[i] = HG_MAY_COUNT;
	}
}

static bool goes_to_count(const hg_spelling *s, size_t letter)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_LIMIT && p->a == letter && s->is[p->b] == HG_MAY_COUNT)
			return true;
	}
	return false;
}

static bool owns(const hg_spelling *s, size_t owner, size_t letter)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if ((p->kind == HG_PAIR_INDEX || p->kind == HG_PAIR_INDEX_ABOVE) && p->a == owner && p->b == letter)
			return true;
	}
	return false;
}

/* h_t = f(W h_{t-1} + U x_t): the weight is the same at every step, where a layer has its own. */
static bool is_shared_by(const hg_spelling *s, size_t letter)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		bool a = p->kind == HG_PAIR_FACTORS && owns(s, p->a, letter), b = p->kind == HG_PAIR_FACTORS && owns(s, p->b, letter);
		const size_t owner = a ? p->a : p->b, other = a ? p->b : p->a; /* the weights of layers own it themselves */
		if (a != b && is_leaf(s, other) && !is_leaf(s, owner))
			return true;
	}
	return false;
}

static void find_indices(hg_spelling *s)
{
	for (size_t i = 0; i < s->seen.n; i++) {
		if (is_word(s, i) || !(hg_letter_where(s, i) & (HG_SEEN_INDEX | HG_SEEN_BOUND)) || (hg_letter_where(s, i) & (HG_SEEN_PLAIN | HG_SEEN_APPLIED)) || s->is[i])
			continue;
		bool bound = hg_letter_where(s, i) & HG_SEEN_BOUND, counts = goes_to_count(s, i) || hg_letter_shown(s, i, HG_SEEN_BOUND | HG_SEEN_MEAN, 0);
		bool above = hg_letter_where(s, i) & HG_SEEN_ABOVE;
		if (counts || (bound && above && !(hg_letter_where(s, i) & HG_SEEN_SHIFTED)))
			s->is[i] = HG_MAY_SAMPLE;
		else if (!bound && (hg_letter_where(s, i) & HG_SEEN_SHIFTED) && owners(s, i) > 1)
			s->is[i] = is_shared_by(s, i) ? HG_MAY_TIME : HG_MAY_LAYER;
		else if (bound)
			s->is[i] = HG_MAY_INDEX;
	}
}

static bool owns_layer(const hg_spelling *s, size_t owner)
{
	for (size_t i = 0; i < s->seen.n; i++)
		if (s->is[i] == HG_MAY_LAYER && owns(s, owner, i))
			return true;
	return false;
}

/* K of a^K beside a^k: the last layer, a capital that marks only what has layers. */
static void find_top_layer(hg_spelling *s)
{
	for (size_t i = 0; i < s->seen.n; i++) {
		const hg_str own = s->seen.letter[i].name;
		bool capital = own.n == 1 && own.p[0] >= 'A' && own.p[0] <= 'Z', layered = owners(s, i) > 0;
		if (s->is[i] || !capital || !hg_letter_shown(s, i, HG_SEEN_INDEX, HG_SEEN_PLAIN | HG_SEEN_BOUND | HG_SEEN_SHIFTED | HG_SEEN_APPLIED))
			continue;
		for (size_t k = 0; k < s->seen.npairs; k++) {
			const hg_letter_pair *p = &s->seen.pair[k];
			if ((p->kind == HG_PAIR_INDEX || p->kind == HG_PAIR_INDEX_ABOVE) && p->b == i)
				layered = layered && owns_layer(s, p->a);
		}
		if (layered)
			s->is[i] = HG_MAY_LAYER;
	}
}

/* How many samples there are, where nothing divides by it. */
static void find_limits(hg_spelling *s)
{
	const unsigned never = HG_SEEN_INDEXED | HG_SEEN_VARIABLE | HG_SEEN_GRADIENT | HG_SEEN_UPDATED | HG_SEEN_APPLIED | HG_SEEN_FACTOR | HG_SEEN_TERM;
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_LIMIT && s->is[p->a] == HG_MAY_SAMPLE && !s->is[p->b] && hg_letter_shown(s, p->b, HG_SEEN_LIMIT, never))
			s->is[p->b] = HG_MAY_COUNT;
	}
}

/* What is differentiated; where all derivatives are names (dW), what nothing else is computed from. */
static void find_losses(hg_spelling *s)
{
	const unsigned no = HG_SEEN_GRADIENT | HG_SEEN_VARIABLE | HG_SEEN_UPDATED | HG_SEEN_USED;
	size_t outer = 0, last = 0;
	for (size_t i = 0; i < s->seen.n; i++) {
		if (is_word(s, i) || !hg_letter_shown(s, i, HG_SEEN_DEFINED | HG_SEEN_LOSSY, no))
			continue;
		outer++;
		last = i;
		if (hg_letter_where(s, i) & HG_SEEN_TARGET)
			s->is[i] = HG_MAY_LOSS;
	}
	if (outer == 1)
		s->is[last] = HG_MAY_LOSS;
	size_t targets = 0;
	for (size_t i = 0; i < s->seen.n && !outer; i++) /* only ever differentiated, and not defined */
		if (!is_word(s, i) && hg_letter_shown(s, i, HG_SEEN_TARGET, no | HG_SEEN_PLAIN | HG_SEEN_INDEXED | HG_SEEN_DEFINED)) {
			targets++;
			last = i;
		}
	if (targets == 1)
		s->is[last] = HG_MAY_LOSS;
	for (size_t k = 0; k < s->seen.npairs; k++) { /* J = (1/m) sum_i L_i */
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_TOTAL && s->is[p->b] == HG_MAY_LOSS && !s->is[p->a] && hg_letter_shown(s, p->a, HG_SEEN_DEFINED, no))
			s->is[p->a] = HG_MAY_LOSS;
		if (p->kind == HG_PAIR_ADDED_OVER && s->is[p->a] == HG_MAY_LOSS && (!s->is[p->b] || s->is[p->b] == HG_MAY_INDEX))
			s->is[p->b] = HG_MAY_SAMPLE;
	}
}

/* The other case of a letter; HG_MOST_LETTERS: it is not there. */
size_t hg_letter_other_case(const hg_spelling *s, size_t i)
{
	hg_str own = s->seen.letter[i].name;
	for (size_t k = 0; k < s->seen.n && own.n == 1; k++)
		if (k != i && hg_str_equal_nocase(s->seen.letter[k].name, own))
			return k;
	return HG_MOST_LETTERS;
}

static bool is_computed(const hg_spelling *s, size_t i)
{
	size_t other = hg_letter_other_case(s, i);
	return (hg_letter_where(s, i) & HG_SEEN_DEFINED) || (other < HG_MOST_LETTERS && (hg_letter_where(s, other) & HG_SEEN_DEFINED));
}

/* P of R h + P u, where R is a weight and neither P nor u is anything by other signs: a weight, too. */
static void find_weights_beside(hg_spelling *s)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		const size_t of[2] = {p->a, p->b};
		for (size_t m = 0; p->kind == HG_PAIR_BESIDE && m < 2; m++)
			if (s->is[of[m]] == HG_MAY_WEIGHT && !s->is[of[1 - m]] && is_leaf(s, of[1 - m]) && !is_word(s, of[1 - m]))
				s->is[of[1 - m]] = HG_MAY_WEIGHT;
	}
}

/* What is given and multiplied by a weight, and never differentiated by, are data. */
static void feed_weights(hg_spelling *s)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		const size_t of[2] = {p->a, p->b};
		for (size_t m = 0; p->kind == HG_PAIR_FACTORS && m < 2; m++)
			if (!s->is[of[m]] && s->is[of[1 - m]] == HG_MAY_WEIGHT && is_leaf(s, of[m]) && !hg_letter_differentiates(s, of[m]) &&
			    !(hg_letter_where(s, of[m]) & (HG_SEEN_TERM | HG_SEEN_VALUED)))
				s->is[of[m]] = HG_MAY_INPUT;
	}
}

static bool is_weighed(const hg_spelling *s, size_t i)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_FACTORS && ((p->a == i && s->is[p->b] == HG_MAY_WEIGHT) || (p->b == i && s->is[p->a] == HG_MAY_WEIGHT)))
			return true;
	}
	return false;
}

/* a_0 = q, where a weight multiplies a: what is given there are data. */
static void feed_layers(hg_spelling *s)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind == HG_PAIR_SAME && !s->is[p->b] && is_leaf(s, p->b) && !hg_letter_differentiates(s, p->b) && is_weighed(s, p->a) &&
		    !(hg_letter_where(s, p->b) & (HG_SEEN_FACTOR | HG_SEEN_TERM | HG_SEEN_VALUED | HG_SEEN_COMPARED)))
			s->is[p->b] = HG_MAY_INPUT;
	}
}

/* u w^T p, where w alone is a weight: of two data the one in front of it is the label that weighs the number w^T p. */
static void find_weighing_labels(hg_spelling *s)
{
	for (size_t k = 0; k < s->seen.npairs; k++)
		for (size_t n = 0; n < s->seen.npairs; n++) {
			const hg_letter_pair *front = &s->seen.pair[k], *behind = &s->seen.pair[n];
			if (front->kind == HG_PAIR_FACTORS && behind->kind == HG_PAIR_FACTORS && front->b == behind->a && front->a != behind->b &&
			    s->is[front->b] == HG_MAY_WEIGHT && s->is[front->a] == HG_MAY_INPUT && s->is[behind->b] == HG_MAY_INPUT)
				s->is[front->a] = HG_MAY_LABEL;
		}
}

/* Of the factors of a product that are given: which are parameters, and which data? */
static void find_leaves(hg_spelling *s)
{
	size_t parameters = 0;
	for (size_t i = 0; i < s->seen.n; i++)
		parameters += !s->is[i] && !is_word(s, i) && is_leaf(s, i) && hg_letter_differentiates(s, i);
	s->complete = parameters > 1;
	for (size_t i = 0; i < s->seen.n; i++) /* the weight of a penalty */
		if (!s->is[i] && is_leaf(s, i) && hg_letter_shown(s, i, HG_SEEN_PENALTY, HG_SEEN_INDEXED | HG_SEEN_VALUED) && !hg_letter_differentiates(s, i))
			s->is[i] = HG_MAY_RATE;
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind != HG_PAIR_FACTORS)
			continue;
		const size_t of[2] = {p->a, p->b};
		for (size_t m = 0; m < 2; m++) {
			size_t i = of[m], other = of[1 - m];
			if (s->is[i] || !is_leaf(s, i))
				continue;
			bool own = hg_letter_differentiates(s, i), others = hg_letter_differentiates(s, other) && !(hg_letter_where(s, other) & HG_SEEN_TERM);
			bool computed = hg_letter_where(s, other) & HG_SEEN_DEFINED;
			if (is_marked(s, i) || (!own && others && is_leaf(s, other)))
				s->is[i] = HG_MAY_INPUT;
			else if (computed && !(hg_letter_where(s, other) & (HG_SEEN_TARGET | HG_SEEN_LOSSY)) && !(hg_letter_where(s, i) & (HG_SEEN_TERM | HG_SEEN_VALUED)))
				s->is[i] = HG_MAY_WEIGHT;
			else if (own && !((hg_letter_where(s, i) & HG_SEEN_TERM) && !computed) && (computed || (is_leaf(s, other) && (!others || is_marked(s, other)))))
				s->is[i] = HG_MAY_WEIGHT;
		}
	}
	find_weights_beside(s);
	feed_weights(s);
	feed_layers(s);
	find_weighing_labels(s);
	size_t labels = 0, label = 0;
	for (size_t i = 0; i < s->seen.n; i++) {
		if (s->is[i] || is_word(s, i) || !is_leaf(s, i) || hg_letter_is_fixed(s, i))
			continue;
		if (hg_letter_shown(s, i, HG_SEEN_TERM, HG_SEEN_FACTOR | HG_SEEN_VALUED) && (!is_marked(s, i) || hg_letter_differentiates(s, i))) {
			s->is[i] = HG_MAY_BIAS;
		} else if ((hg_letter_where(s, i) & (HG_SEEN_IN_LOSS | HG_SEEN_COMPARED)) && hg_letter_shown(s, i, 0, HG_SEEN_FACTOR | HG_SEEN_TERM | HG_SEEN_VALUED) && !hg_letter_differentiates(s, i) && !is_computed(s, i)) {
			labels += !labels || hg_letter_other_case(s, i) != label;
			label = labels == 1 && hg_letter_other_case(s, i) == label ? label : i;
		}
	}
	if (labels == 1)
		s->is[label] = HG_MAY_LABEL;
}

/* H of X in R^{H x v} and Y in R^{H x j}, and of no parameter: so many samples there are. */
static void find_sized_counts(hg_spelling *s)
{
	const unsigned data = HG_MAY_INPUT | HG_MAY_LABEL;
	for (size_t i = 0; i < s->seen.n; i++) {
		unsigned on = 0, wide = 0;
		const bool divides = hg_letter_where(s, i) & HG_SEEN_BELOW;
		bool others = s->is[i] != 0 || ((hg_letter_where(s, i) & HG_SEEN_PLAIN) && !divides); /* v^2 beside 1/v */
		for (size_t k = 0; k < s->seen.npairs; k++) {
			const hg_letter_pair *p = &s->seen.pair[k];
			if (p->kind != HG_PAIR_SIZE || p->b != i)
				continue;
			others = others || !(s->is[p->a] & data);
			on |= s->is[p->a];
			for (size_t n = 0; n < s->seen.npairs; n++)
				wide |= s->seen.pair[n].kind == HG_PAIR_SIZE && s->seen.pair[n].a == p->a && s->seen.pair[n].b != i ? s->is[p->a] : 0;
		}
		if (others || on != data || !(wide & HG_MAY_INPUT))
			continue;
		s->is[i] = HG_MAY_COUNT;
		for (size_t k = 0; k < s->seen.npairs; k++)
			if (s->seen.pair[k].kind == HG_PAIR_LIMIT && s->seen.pair[k].b == i)
				s->is[s->seen.pair[k].a] = HG_MAY_SAMPLE;
	}
}

/* What is computed, and nothing else by any sign. */
static void find_values(hg_spelling *s)
{
	const unsigned inner = HG_SEEN_VARIABLE | HG_SEEN_GRADIENT;
	for (size_t i = 0; i < s->seen.n; i++)
		if (!s->is[i] && !is_word(s, i) && ((hg_letter_shown(s, i, HG_SEEN_DEFINED, HG_SEEN_APPLIED | HG_SEEN_LOSSY | ((hg_letter_where(s, i) & inner) ? 0 : HG_SEEN_TARGET))) ||
		                  (hg_letter_shown(s, i, HG_SEEN_INDEXED | HG_SEEN_PLAIN, HG_SEEN_APPLIED | HG_SEEN_TARGET) && hg_letter_differentiates(s, i))))
			s->is[i] = HG_MAY_VALUE;
}

static void find_rates(hg_spelling *s)
{
	for (size_t i = 0; i < s->seen.n; i++)
		if (!s->is[i] && hg_letter_shown(s, i, HG_SEEN_STEP, HG_SEEN_INDEXED | HG_SEEN_VARIABLE | HG_SEEN_GRADIENT | HG_SEEN_UPDATED | HG_SEEN_APPLIED | HG_SEEN_DEFINED | HG_SEEN_FACTOR))
			s->is[i] = HG_MAY_RATE;
}

void hg_letter_suppose(hg_spelling *s)
{
	for (size_t k = 0; k < s->seen.npairs; k++) {
		const hg_letter_pair *p = &s->seen.pair[k];
		if (p->kind != HG_PAIR_FACTORS || p->a == p->b || s->is[p->a] || s->is[p->b] || !is_leaf(s, p->a) || !is_leaf(s, p->b) ||
		    hg_letter_is_fixed(s, p->a) || hg_letter_is_fixed(s, p->b))
			continue;
		const bool rows = s->seen.summed[0] && !s->seen.summed[1]; /* x @ W + b, where each row is a sample */
		s->is[rows ? p->b : p->a] = HG_MAY_WEIGHT;
		s->is[rows ? p->a : p->b] = HG_MAY_INPUT;
	}
}

void hg_letter_roles(hg_spelling *s)
{
	find_counts(s);
	find_indices(s);
	find_top_layer(s);
	find_losses(s);
	find_limits(s);
	find_leaves(s);
	find_sized_counts(s);
	find_rates(s);
	find_values(s);
}
