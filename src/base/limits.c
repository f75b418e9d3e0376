#include "base/limits.h"

#include <stdint.h>
#include <time.h>

static const struct {
	const char *name, *what;
	size_t most;
} row[HG_NLIMITS] = {
#define HG_LIMIT_ROW(id, text, value, of) [HG_LIMIT_##id] = {.name = text, .what = of, .most = value},
#include "base/limits.def"
#undef HG_LIMIT_ROW
};

hg_budget hg_budget_of(void)
{
	hg_budget budget = {.stopped = HG_NLIMITS};
	for (size_t i = 0; i < HG_NLIMITS; i++)
		budget.most[i] = row[i].most;
	return budget;
}

bool hg_budget_allows(const hg_budget *budget, hg_limit limit, size_t n) { return n <= budget->most[limit]; }

bool hg_budget_allows_product(const hg_budget *budget, hg_limit limit, size_t rows, size_t cols)
{
	return cols == 0 || rows <= budget->most[limit] / cols;
}

bool hg_budget_spend(hg_budget *budget, hg_limit limit, size_t n)
{
	if (budget->spent[limit] > budget->most[limit] || n > budget->most[limit] - budget->spent[limit])
		return false;
	budget->spent[limit] += n;
	return true;
}

void hg_budget_return(hg_budget *budget, hg_limit limit, size_t n)
{
	budget->spent[limit] -= n < budget->spent[limit] ? n : budget->spent[limit];
}

enum { STEPS_A_LOOK = 1 << 20 };

static double cpu_ms(void)
{
	struct timespec t = {0};
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static bool is_used_up(const hg_budget *budget)
{
	return budget->spent[HG_LIMIT_DOCUMENT_STEPS] >= budget->most[HG_LIMIT_DOCUMENT_STEPS];
}

void hg_budget_begin(hg_budget *budget)
{
	budget->spent[HG_LIMIT_STEPS] = 0;
	budget->stopped = is_used_up(budget) ? HG_LIMIT_DOCUMENT_STEPS : HG_NLIMITS;
	budget->started = cpu_ms();
	budget->look = 0;
}

bool hg_budget_stop(hg_budget *budget, hg_limit limit)
{
	if (budget->stopped == HG_NLIMITS)
		budget->stopped = limit;
	return false;
}

bool hg_budget_step(hg_budget *budget, size_t n)
{
	if (!hg_budget_spend(budget, HG_LIMIT_STEPS, n))
		return hg_budget_stop(budget, HG_LIMIT_STEPS);
	if (hg_budget_spend(budget, HG_LIMIT_DOCUMENT_STEPS, n))
		return true;
	budget->spent[HG_LIMIT_DOCUMENT_STEPS] = budget->most[HG_LIMIT_DOCUMENT_STEPS]; /* nothing after it may fit by chance */
	return hg_budget_stop(budget, HG_LIMIT_DOCUMENT_STEPS);
}

bool hg_budget_is_over(const hg_budget *budget)
{
	return budget->stopped == HG_LIMIT_STEPS || budget->stopped == HG_LIMIT_CPU_MS || budget->stopped == HG_LIMIT_DOCUMENT_STEPS;
}

bool hg_budget_retry(hg_budget *budget)
{
	if (hg_budget_is_over(budget))
		return false;
	budget->stopped = HG_NLIMITS;
	if (budget->spent[HG_LIMIT_STEPS] < budget->look)
		return true;
	budget->look = budget->spent[HG_LIMIT_STEPS] + STEPS_A_LOOK;
	return cpu_ms() - budget->started <= (double)budget->most[HG_LIMIT_CPU_MS] || hg_budget_stop(budget, HG_LIMIT_CPU_MS);
}

bool hg_budget_read(hg_budget *budget, hg_str option)
{
	size_t eq = hg_str_find(option, HG_STR("=")), n = 0;
	if (eq == (size_t)-1 || eq + 1 == option.n)
		return false;
	for (size_t i = eq + 1; i < option.n; i++) {
		char c = option.p[i];
		if (c < '0' || c > '9' || n > (SIZE_MAX - 9) / 10)
			return false;
		n = 10 * n + (size_t)(c - '0');
	}
	for (size_t i = 0; i < HG_NLIMITS; i++)
		if (hg_str_is(hg_str_part(option, 0, eq), row[i].name)) {
			budget->most[i] = n;
			return true;
		}
	return false;
}

void hg_budget_write(const hg_budget *budget, hg_buf *out)
{
	for (size_t i = 0; i < HG_NLIMITS; i++)
		if (budget->most[i] != row[i].most)
			hg_buf_print(out, "%s--limit=%s=%zu", out->n ? " " : "", row[i].name, budget->most[i]);
}

const char *hg_limit_name(hg_limit limit) { return row[limit].name; }

const char *hg_limit_message(const hg_budget *budget, hg_limit limit, hg_arena *arena)
{
	return hg_arena_print(arena, "more than %zu %s (limit: %s)", budget->most[limit], row[limit].what,
	                      row[limit].name);
}
