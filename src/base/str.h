/* Slices of text: a pointer and a length, never copied, never NUL-terminated. */
#ifndef HG_BASE_STR_H
#define HG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct hg_str {
	const char *p;
	size_t n;
} hg_str;

#define HG_STR(literal) ((hg_str){(literal), sizeof(literal) - 1})
#define HG_STR_ARG(s)   (int)(s).n, (s).p /* for printf's %.*s */

hg_str hg_str_of(const char *text); /* a NUL-terminated string, or NULL for the empty slice */

/* In the header, because names are compared more often than anything else is done: of a literal the length is known. */
static inline bool hg_str_equal(hg_str a, hg_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool hg_str_is(hg_str a, const char *text) { return hg_str_equal(a, (hg_str){text, strlen(text)}); }

bool hg_str_equal_nocase(hg_str a, hg_str b); /* ASCII letters alike */
bool hg_str_listed(hg_str a, const char *const *list); /* is it one of these? The list ends in NULL */
#define hg_str_any(a, ...) hg_str_listed((a), (const char *const[]){__VA_ARGS__, NULL})
bool hg_str_says(hg_str a, const char *const *list); /* does it hold one of these, ASCII letters alike? */
size_t hg_str_find_nocase(hg_str a, const char *word); /* offset, or (size_t)-1 */
bool hg_str_starts(hg_str a, const char *prefix);
bool hg_str_ends(hg_str a, const char *suffix);
hg_str hg_str_trim(hg_str a);                  /* without white space at both ends */
hg_str hg_str_part(hg_str a, size_t from, size_t n); /* clipped to a */
size_t hg_str_find(hg_str a, hg_str what);     /* offset, or (size_t)-1 */

/* Bytes of the character (UTF-8) a begins with; a must not be empty. */
size_t hg_str_character(hg_str a);

/* Edit distance (Levenshtein), for "did you mean": at most 63 bytes of each are looked at. */
size_t hg_str_distance(hg_str a, hg_str b);

#endif
