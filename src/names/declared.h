/* Shapes that a document declares: W \in \mathbb{R}^{n \times d}. */
#ifndef HG_NAMES_DECLARED_H
#define HG_NAMES_DECLARED_H

#include "lang/statement.h"

typedef struct hg_declared {
	const hg_expr *name;
	size_t nsizes; /* 0: a number; 1: a vector; 2: rows and columns */
	const hg_expr *size[2];
} hg_declared;

/* What side k of a statement, a set of numbers or arrays, declares of the name the statement begins with. By form alone. */
bool hg_declares(const hg_statement *s, size_t k, hg_declared *d);

#endif
