/* What the equations of a document show of each letter, before anything is known of its meaning: where it stands. */
#ifndef HG_NAMES_EVIDENCE_H
#define HG_NAMES_EVIDENCE_H

#include "lang/statement.h"

enum { HG_MOST_LETTERS = 160, HG_MOST_PAIRS = 512 };

/* Places a letter was seen in, as a set. */
enum {
	HG_SEEN_VALUE = 1,       /* as a value */
	HG_SEEN_INDEX = 2,       /* in an index */
	HG_SEEN_BOUND = 4,       /* bound by a sum */
	HG_SEEN_LIMIT = 8,       /* the last value of a letter that is bound */
	HG_SEEN_BELOW = 16,      /* as a divisor by itself */
	HG_SEEN_MEAN = 32,       /* as the divisor beside a sum; of a bound letter: its sum is divided so */
	HG_SEEN_APPLIED = 64,    /* f in f(x) */
	HG_SEEN_TARGET = 128,    /* differentiated */
	HG_SEEN_VARIABLE = 256,  /* differentiated by */
	HG_SEEN_GRADIENT = 512,  /* W in dW */
	HG_SEEN_UPDATED = 1024,  /* w in w := w - r g */
	HG_SEEN_STEP = 2048,     /* r in w := w - r g */
	HG_SEEN_DEFINED = 4096,  /* left of an equation with names in it */
	HG_SEEN_LOSSY = 8192,    /* ... and right of it a logarithm, a norm or the square of a difference */
	HG_SEEN_INDEXED = 1 << 14,
	HG_SEEN_FACTOR = 1 << 15, /* in a product of names, in an equation that defines */
	HG_SEEN_TERM = 1 << 16,   /* added to such a product */
	HG_SEEN_SHIFTED = 1 << 17, /* an index with a number added to it */
	HG_SEEN_ABOVE = 1 << 18,   /* an index in parentheses above a name */
	HG_SEEN_VALUED = 1 << 19,  /* given a number */
	HG_SEEN_IN_LOSS = 1 << 20, /* in what defines a loss */
	HG_SEEN_COUNTED = 1 << 22, /* as the divisor beside a sum in what defines a loss */
	HG_SEEN_USED = 1 << 23,    /* in what defines something that is no loss */
	HG_SEEN_PENALTY = 1 << 24, /* as a factor of a norm or of squares of one name, in what defines a loss */
	HG_SEEN_COMPARED = 1 << 25, /* in the difference of two names */
	HG_SEEN_CALLED = 1 << 26,  /* left of an equation with neither a sum nor a product right of it */
	HG_SEEN_SIZE = 1 << 27,    /* in a declared shape */
	HG_SEEN_PLAIN = 1 << 21,   /* as a value, and not as a divisor by itself */
};

typedef struct hg_letter_seen {
	hg_str name;    /* without d in front of it and digits behind it */
	unsigned where;
	bool word;      /* lam, batch_size: of words only this is asked, whether they are a rate or a count */
} hg_letter_seen;

/* Two letters that stand in one place: factor beside factor; name and index; bound letter and its limit; total and what it adds up; that and the letter it is added over;
 * a name and a size of its declared shape; R and P of R h + P u; a name and the one it is defined to be. */
typedef enum hg_pair_kind { HG_PAIR_FACTORS, HG_PAIR_INDEX_ABOVE, HG_PAIR_INDEX, HG_PAIR_LIMIT, HG_PAIR_TOTAL,
                            HG_PAIR_ADDED_OVER, HG_PAIR_SIZE, HG_PAIR_BESIDE, HG_PAIR_SAME } hg_pair_kind;

typedef struct hg_letter_pair {
	hg_pair_kind kind;
	size_t a, b; /* into letter */
} hg_letter_pair;

typedef struct hg_evidence {
	size_t n, npairs;
	hg_letter_seen letter[HG_MOST_LETTERS];
	hg_letter_pair pair[HG_MOST_PAIRS];
	bool summed[2]; /* gradients are sums over axis 0, and over axis 1: that counts the samples */
} hg_evidence;

/* The letter of a name: W of W, dW, W1, dW1. Empty for a word. `gradient`: a d stands in front of it. */
hg_str hg_letter_of_name(hg_str name, bool *gradient);

/* Two or three letters that stand in indices elsewhere, as one name: ij. */
bool hg_letters_side_by_side(const hg_evidence *seen, const hg_expr *index);

/* Adds what a document shows. Beyond the most letters and pairs it sees no more. */
void hg_evidence_add(hg_evidence *seen, const hg_statements *said);

#endif
