/* Text for people: a line for what agrees, a message for what does not, the summary last. */
#include "report/safe.h"
#include "report/message.h"
#include "report/phrase.h"
#include "report/style.h"
#include "report/excerpt.h"

#include <stdint.h>
#include <string.h>

enum { LEAST_NAME = 10, MOST_NAME = 20 };

static bool wants_message(const hg_finding *f)
{
	bool trouble = f->status == HG_S_DISAGREES || f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL;
	return trouble && !f->inherited_from;
}

/* A line of its own: of a module every stage, of a document what agrees only where all is asked for. */
static bool wants_line(const hg_report *r, const hg_finding *f, hg_detail detail)
{
	bool minor = f->status == HG_S_DEFINED || f->status == HG_S_SKIPPED;
	bool good = f->status == HG_S_AGREES || f->status == HG_S_NOTATION;
	return !wants_message(f) && (detail == HG_DETAIL_FULL || (r->source ? !minor && !good : !minor));
}

/* Cells for the subjects of all lines. */
static size_t name_width(const hg_report *r, hg_detail detail)
{
	size_t most = LEAST_NAME;
	hg_buf words = {0};
	for (size_t i = 0; i < r->nfindings; i++) {
		words.n = 0;
		if (wants_line(r, &r->finding[i], detail))
			hg_say_subject(&r->finding[i], &words);
		size_t width = hg_width(hg_buf_slice(&words));
		if (width > most && width <= MOST_NAME)
			most = width;
	}
	hg_buf_free(&words);
	return most;
}

/* "  41  12.2  dJ/dW1       agrees to 11 digits at 34 points" */
static void write_line(const hg_report *r, const hg_finding *f, size_t name, const hg_write_options *o, hg_buf *out)
{
	hg_buf words = {0};
	if (r->source)
		hg_buf_print(&words, "%5zu  %-5s ", hg_source_place(r->source, f->span.at).line, f->id);
	else
		hg_buf_text(&words, "  ");
	size_t begin = words.n;
	hg_say_subject(f, &words);
	for (size_t n = hg_width(hg_str_part(hg_buf_slice(&words), begin, words.n)); n < name; n++)
		hg_buf_char(&words, ' ');
	hg_str subject = hg_buf_slice(&words);
	hg_buf_str(out, subject);
	hg_buf_text(out, "  ");
	size_t at = hg_width(subject) + 2, indent = at < 30 ? at : 28;
	hg_buf verdict = {0};
	hg_say_outcome(f, o->detail >= HG_DETAIL_EVIDENCE, &verdict);
	bool good = f->status == HG_S_AGREES || f->status == HG_S_NOTATION;
	hg_style_begin(o->color, good ? HG_ROLE_GOOD : f->status == HG_S_DISAGREES ? HG_ROLE_BAD : HG_ROLE_DOUBT, out);
	hg_wrap(hg_buf_slice(&verdict), at, indent, hg_columns(o), out);
	hg_style_end(o->color, out);
	hg_buf_char(out, '\n');
	out->failed |= words.failed || verdict.failed;
	hg_buf_free(&words);
	hg_buf_free(&verdict);
}

static void write_model(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	if (!r->model.from || (o->detail < HG_DETAIL_FULL && strcmp(r->model.from, "document") == 0))
		return;
	hg_buf_print(out, "  the model (%s):\n", r->model.from);
	for (size_t i = 0; i < r->model.nreads; i++) {
		hg_buf_text(out, "    ");
		hg_wrap(hg_str_of(r->model.reads[i]), 4, 6, hg_columns(o), out);
		hg_buf_char(out, '\n');
	}
}

/* "W1   weight, k x n: z1 = W1 x + b1" */
static void write_understood(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	const hg_model *m = &r->model;
	if (o->detail < HG_DETAIL_FULL || !m->nnames)
		return;
	hg_buf_text(out, "  how it was understood:\n");
	for (size_t i = 0; i < m->nnames; i++) {
		hg_buf words = {0};
		hg_buf_print(&words, "%-8s %s", m->name[i].name, m->name[i].role);
		if (m->name[i].shape)
			hg_buf_print(&words, ", %s", m->name[i].shape);
		if (m->name[i].why)
			hg_buf_print(&words, ": %s", m->name[i].why);
		hg_buf_text(out, "    ");
		hg_wrap(hg_buf_slice(&words), 4, 15, hg_columns(o), out);
		hg_buf_char(out, '\n');
		out->failed |= words.failed;
		hg_buf_free(&words);
	}
	for (size_t i = 0; i < m->nchoices; i++)
		hg_buf_print(out, "    %s=%s (%s)\n", m->choice[i].id, m->choice[i].value, m->choice[i].from);
}

static void write_notes(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	for (size_t i = 0; i < r->nnotes; i++) {
		hg_buf_print(out, "\n");
		hg_style_text(o->color, HG_ROLE_DOUBT, "note", out);
		hg_buf_print(out, "[%s]: ", r->note[i].code);
		hg_wrap(hg_str_of(r->note[i].text), 10, 2, hg_columns(o), out);
		hg_buf_char(out, '\n');
		if (r->source && o->detail >= HG_DETAIL_WHERE) {
			hg_excerpt e = {.source = r->source, .span = r->note[i].span, .role = HG_ROLE_DOUBT};
			hg_excerpt_write(&e, o, out);
		}
	}
}

static void write_wrapped(hg_buf *words, const hg_write_options *o, hg_buf *out)
{
	hg_wrap(hg_buf_slice(words), 0, 2, hg_columns(o), out);
	hg_buf_char(out, '\n');
	out->failed |= words->failed;
	hg_buf_free(words);
}

/* How sharp the check was: of a document for those who ask for everything. */
static void write_power(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	if (o->detail < (r->source ? HG_DETAIL_FULL : HG_DETAIL_EVIDENCE))
		return;
	hg_buf words = {0};
	hg_say_sharpness(&r->power, &words);
	if (words.n) {
		hg_buf_text(out, "  ");
		hg_wrap(hg_buf_slice(&words), 2, 4, hg_columns(o), out);
		hg_buf_char(out, '\n');
	}
	out->failed |= words.failed;
	hg_buf_free(&words);
}

/* ---- what a document comes to -------------------------------------------------------------------------------------- */

/* "agree: 3 dL/dz2, 5 dL/dW2, dL/db2": the lines of the source, each once. */
static void write_agreeing(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	hg_buf words = {0}, subject = {0}, last = {0};
	size_t line = 0;
	for (size_t i = 0; i < r->nfindings; i++) {
		const hg_finding *f = &r->finding[i];
		if (f->status != HG_S_AGREES && f->status != HG_S_NOTATION)
			continue;
		size_t at = hg_source_place(r->source, f->span.at).line;
		subject.n = 0;
		hg_say_subject(f, &subject);
		if (at == line && hg_str_equal(hg_buf_slice(&subject), hg_buf_slice(&last))) /* the links of a chain */
			continue;
		if (at != line)
			hg_buf_print(&words, "%s%zu: ", words.n ? "; " : "", at);
		else
			hg_buf_text(&words, ", ");
		hg_buf_str(&words, hg_buf_slice(&subject));
		last.n = 0;
		hg_buf_str(&last, hg_buf_slice(&subject));
		line = at;
	}
	words.failed |= subject.failed || last.failed;
	hg_buf_free(&subject);
	hg_buf_free(&last);
	if (words.n) {
		hg_style_text(o->color, HG_ROLE_GOOD, "agree", out);
		hg_buf_text(out, " by line ");
		hg_wrap(hg_buf_slice(&words), 14, 2, hg_columns(o), out);
		hg_buf_char(out, '\n');
	}
	out->failed |= words.failed;
	hg_buf_free(&words);
}

/* The conventions read past, each once. */
static void write_conventions(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	hg_buf words = {0};
	hg_say_conventions(r, &words);
	if (words.n) {
		hg_buf_text(out, "up to notation: ");
		hg_wrap(hg_buf_slice(&words), 16, 2, hg_columns(o), out);
		hg_buf_char(out, '\n');
	}
	out->failed |= words.failed;
	hg_buf_free(&words);
}

/* "  28  6.2  z2(i)       does not equal this step": one line a problem, mistakes first. */
static void write_problems(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	bool good = hg_is_all_right(r);
	hg_buf need = {0};
	hg_say_need(r, &need);
	hg_style_begin(o->color, good ? HG_ROLE_GOOD : HG_ROLE_STRONG, out);
	write_wrapped(&need, o, out);
	hg_style_end(o->color, out);
	size_t name = LEAST_NAME;
	for (int wrong = 1; wrong >= 0; wrong--)
		for (size_t i = 0; i < r->nfindings; i++)
			if (wants_message(&r->finding[i]) && (r->finding[i].status == HG_S_DISAGREES) == wrong)
				write_line(r, &r->finding[i], name, o, out);
}

/* "next    handgrad explain sign" */
static void write_next(const hg_report *r, const hg_finding *f, const hg_write_options *o, hg_buf *out)
{
	const char *page = f->nslips ? f->slip->id : hg_cause_id(f->cause);
	if (page && o->detail >= HG_DETAIL_EVIDENCE)
		hg_buf_print(out, "next    handgrad explain %s\n", page);
	hg_buf_print(out, "replay  handgrad %s ", r->source ? "check" : "derive");
	hg_say_word(r->title, out);
	if (o->replay && *o->replay)
		hg_buf_print(out, " %s", o->replay);
	hg_buf_print(out, " --seed %lu --only %s\n", r->seed, f->id);
}

/* How many messages of each status are shown: what disagrees comes first, then what is open. */
static void share_out(const hg_report *r, size_t room[HG_NSTATUSES])
{
	static const hg_finding_status order[] = {HG_S_DISAGREES, HG_S_CANNOT_TELL, HG_S_CANNOT_READ};
	size_t most = r->source ? r->source->budget->most[HG_LIMIT_MESSAGES] : SIZE_MAX, there[HG_NSTATUSES] = {0};
	for (size_t i = 0; i < r->nfindings; i++)
		there[r->finding[i].status] += wants_message(&r->finding[i]);
	for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
		room[order[k]] = there[order[k]] < most ? there[order[k]] : most;
		most -= room[order[k]];
	}
}

/* Every finding that is not well, in full; returns the one to begin with. The rest is counted. */
static const hg_finding *write_messages(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	size_t room[HG_NSTATUSES] = {0}, hidden[HG_NSTATUSES] = {0}, nhidden = 0;
	const hg_finding *worst = NULL;
	share_out(r, room);
	for (size_t i = 0; i < r->nfindings; i++) {
		const hg_finding *f = &r->finding[i];
		if (!wants_message(f))
			continue;
		if (!room[f->status]) {
			hidden[f->status]++;
			nhidden++;
			continue;
		}
		room[f->status]--;
		hg_buf_char(out, '\n');
		hg_message_write(r, f, o, out);
		if (!worst || (worst->status != HG_S_DISAGREES && f->status == HG_S_DISAGREES))
			worst = f;
	}
	if (!nhidden)
		return worst;
	hg_buf_text(out, "\nand more: ");
	hg_say_counts(hidden, out);
	hg_buf_print(out, " (limit: %s)\n", hg_limit_name(HG_LIMIT_MESSAGES));
	return worst;
}

static void write_report(const hg_report *r, const hg_write_options *o, hg_buf *out)
{
	hg_style_begin(o->color, HG_ROLE_STRONG, out);
	hg_safe(hg_str_of(r->title), HG_SAFE_LINE, out);
	hg_style_end(o->color, out);
	hg_buf_char(out, '\n');
	write_model(r, o, out);
	write_understood(r, o, out);
	size_t name = name_width(r, o->detail);
	for (size_t i = 0; i < r->nfindings; i++)
		if (wants_line(r, &r->finding[i], o->detail))
			write_line(r, &r->finding[i], name, o, out);
	if (r->source && o->detail < HG_DETAIL_FULL)
		write_agreeing(r, o, out);
	if (r->source)
		write_conventions(r, o, out);
	write_power(r, o, out);
	write_notes(r, o, out);
	const hg_finding *worst = write_messages(r, o, out);
	hg_buf_text(out, worst || r->nnotes ? "\n" : "");
	if (r->source)
		write_problems(r, o, out);
	if (worst)
		write_next(r, worst, o, out);
	hg_buf summary = {0};
	hg_say_counts(r->count, &summary);
	hg_buf_print(&summary, "; seed %lu", r->seed);
	write_wrapped(&summary, o, out);
}

static void write_total(const hg_report *const *reports, size_t n, const hg_write_options *o, hg_buf *out)
{
	size_t count[HG_NSTATUSES] = {0}, stopped = 0;
	for (size_t i = 0; i < n; i++) {
		stopped += reports[i]->trouble != NULL;
		for (int s = 0; s < HG_NSTATUSES; s++)
			count[s] += reports[i]->count[s];
	}
	hg_buf words = {0};
	hg_buf_print(&words, "in all %zu: ", n);
	hg_say_counts(count, &words);
	if (stopped)
		hg_buf_print(&words, "; %zu could not be checked at all", stopped);
	hg_buf_char(out, '\n');
	write_wrapped(&words, o, out);
}

hg_status hg_write_text(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (reports[i]->trouble) /* said already, on standard error */
			continue;
		hg_buf_text(out, out->n ? "\n" : "");
		write_report(reports[i], options, out);
	}
	if (n > 1)
		write_total(reports, n, options, out);
	return hg_written(out);
}
