/* The options of a document, by the names they have on the command line. */
#include "document/document.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hg_document_options hg_document_defaults(void)
{
	return (hg_document_options){.detail = HG_DETAIL_EVIDENCE, .settings = {.seed = 1}};
}

hg_document_options *hg_document_options_new(void)
{
	hg_document_options *o = malloc(sizeof *o);
	if (o)
		*o = hg_document_defaults();
	return o;
}

void hg_document_options_free(hg_document_options *o) { free(o); }

/* JSON keeps integers up to 2^53. */
static const char *set_seed(hg_document_options *o, const char *value)
{
	char *end;
	errno = 0;
	unsigned long long seed = strtoull(value, &end, 10);
	bool fits = (unsigned long)seed == seed;
	if (*value < '0' || *value > '9' || *end || errno || seed > 1ULL << 53 || !fits)
		return fits ? "a whole number from 0 to 9007199254740992" : "a smaller number here";
	o->settings.seed = (unsigned long)seed;
	return NULL;
}

static const char *set_rtol(hg_document_options *o, const char *value)
{
	char *end;
	double rtol = strtod(value, &end);
	if (end == value || *end || !(rtol >= 0 && rtol < 1))
		return "a number of at least 0 and below 1, such as 1e-6";
	o->settings.rtol = rtol;
	return NULL;
}

static const char *set_detail(hg_document_options *o, const char *value)
{
	for (int d = 0; d < HG_NDETAILS; d++)
		if (strcmp(value, hg_detail_text((hg_detail)d)) == 0) {
			o->detail = (hg_detail)d;
			return NULL;
		}
	return "none, where, evidence or full";
}

static const char *set_limit(hg_document_options *o, const char *value)
{
	if (!o->has_limits)
		o->limits = hg_budget_of();
	o->has_limits = true;
	return hg_budget_read(&o->limits, hg_str_of(value)) ? NULL : "a limit by the name its message gives it and a number, such as nesting=300";
}

static const char *set_take(hg_document_options *o, const char *value)
{
	hg_buf wanted = {0};
	bool taken = hg_choice_take(hg_str_of(value), &o->taken, &wanted);
	snprintf(o->wanted, sizeof o->wanted, "%.*s", HG_STR_ARG(hg_buf_slice(&wanted)));
	hg_buf_free(&wanted);
	return taken ? NULL : o->wanted;
}

const char *hg_document_set(hg_document_options *options, const char *name, const char *value)
{
	static const struct {
		const char *name;
		const char *(*set)(hg_document_options *options, const char *value);
	} rows[] = {{"seed", set_seed}, {"rtol", set_rtol}, {"detail", set_detail}, {"take", set_take}, {"limit", set_limit}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].set(options, value);
	return "the name of an option: seed, rtol, detail, take or limit";
}
