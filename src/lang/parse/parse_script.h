/* What stands behind an atom, as it is put on. */
#ifndef HG_LANG_PARSE_SCRIPT_H
#define HG_LANG_PARSE_SCRIPT_H

#include "lang/parse/parser.h"

/* The base that indices belong to, and the whole with its transposes, primes and powers. */
typedef struct hg_decorated {
	hg_expr *core, *whole;
} hg_decorated;

bool hg_decorate(hg_parser *p, hg_decorated *d, hg_op op, hg_expr *second); /* a transpose, prime or power around it */
bool hg_decorate_index(hg_parser *p, hg_decorated *d, hg_index_style style, bool sup, hg_expr *index);
bool hg_parse_superscript(hg_parser *p, hg_decorated *d);     /* behind the ^ */
bool hg_parse_bracketed_index(hg_parser *p, hg_decorated *d); /* [l], (i) */

#endif
