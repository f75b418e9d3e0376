#include "base/str.h"

#include <string.h>

hg_str hg_str_of(const char *text) { return (hg_str){text ? text : "", text ? strlen(text) : 0}; }

static unsigned char lower(char c)
{
	unsigned char u = (unsigned char)c;
	return u >= 'A' && u <= 'Z' ? (unsigned char)(u + ('a' - 'A')) : u;
}

bool hg_str_equal_nocase(hg_str a, hg_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool hg_str_listed(hg_str a, const char *const *list)
{
	for (; *list; list++)
		if (hg_str_is(a, *list))
			return true;
	return false;
}

size_t hg_str_find_nocase(hg_str a, const char *word)
{
	const size_t n = strlen(word);
	for (size_t i = 0; i + n <= a.n; i++) /* letters differ from their capitals in one bit */
		if ((a.p[i] | 0x20) == (word[0] | 0x20) && hg_str_equal_nocase((hg_str){a.p + i, n}, (hg_str){word, n}))
			return i;
	return (size_t)-1;
}

bool hg_str_says(hg_str a, const char *const *list)
{
	for (; *list; list++)
		if (hg_str_find_nocase(a, *list) != (size_t)-1)
			return true;
	return false;
}

bool hg_str_starts(hg_str a, const char *prefix)
{
	size_t n = strlen(prefix);
	return a.n >= n && (n == 0 || memcmp(a.p, prefix, n) == 0);
}

bool hg_str_ends(hg_str a, const char *suffix)
{
	size_t n = strlen(suffix);
	return a.n >= n && (n == 0 || memcmp(a.p + a.n - n, suffix, n) == 0);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

hg_str hg_str_trim(hg_str a)
{
	while (a.n && is_space(a.p[0])) {
		a.p++;
		a.n--;
	}
	while (a.n && is_space(a.p[a.n - 1]))
		a.n--;
	return a;
}

hg_str hg_str_part(hg_str a, size_t from, size_t n)
{
	if (from > a.n)
		from = a.n;
	return (hg_str){a.p + from, n < a.n - from ? n : a.n - from};
}

size_t hg_str_find(hg_str a, hg_str what)
{
	if (what.n == 0)
		return 0;
	const char *at = a.n < what.n ? NULL : memmem(a.p, a.n, what.p, what.n);
	return at ? (size_t)(at - a.p) : (size_t)-1;
}

size_t hg_str_character(hg_str a)
{
	size_t n = 1;
	while (n < a.n && ((unsigned char)a.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

size_t hg_str_distance(hg_str a, hg_str b)
{
	enum { MOST = 63 };
	size_t row[MOST + 1];
	a = hg_str_part(a, 0, MOST);
	b = hg_str_part(b, 0, MOST);
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t best = corner + (lower(a.p[i - 1]) != lower(b.p[j - 1]));
			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b.n];
}
