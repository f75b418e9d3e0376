/* The card of one finding in a notebook: the claim with the wrong term marked, the numbers, the pictures, a question. */
#include "report/notebook/ipynb_parts.h"

#include "report/base64.h"
#include "report/page/look.h"
#include "report/notebook/markdown.h"
#include "report/phrase.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* May the piece stand alone in braces? */
static bool is_whole(hg_str latex)
{
	long depth = 0;
	for (size_t i = 0; i < latex.n; i++) {
		if (latex.p[i] == '\\') {
			i++;
			if (i < latex.n && latex.p[i] == '\\')
				return false;
			continue;
		}
		depth += (latex.p[i] == '{') - (latex.p[i] == '}');
		if (depth < 0 || latex.p[i] == '&' || latex.p[i] == '$')
			return false;
	}
	size_t left = hg_str_find(latex, HG_STR("\\left")), right = hg_str_find(latex, HG_STR("\\right"));
	return depth == 0 && (left == (size_t)-1) == (right == (size_t)-1);
}

/* The side with a brace under the term that is wrong. */
static void put_claim(hg_ipynb *nb, const hg_finding *f, hg_buf *out)
{
	const hg_report *r = nb->report;
	if (!r->source) {
		if (f->written)
			hg_buf_print(out, "$$%s$$\n\n", f->written);
		return;
	}
	hg_str side = hg_source_text(r->source, f->span);
	hg_span at = f->nslips ? f->slip->at : (hg_span){0, 0};
	bool inside = at.n && at.at >= f->span.at && at.at + at.n <= f->span.at + f->span.n;
	hg_str term = inside ? hg_source_text(r->source, at) : (hg_str){0};
	if (r->source->format == HG_PLAIN || f->status == HG_S_CANNOT_READ || !is_whole(side)) {
		hg_markdown_fence(side, out);
		hg_buf_char(out, '\n');
		return;
	}
	hg_buf_text(out, "$$");
	if (term.n && is_whole(term)) {
		hg_ipynb_latex(nb, hg_str_part(side, 0, at.at - f->span.at), out);
		hg_buf_text(out, "\\underbrace{");
		hg_ipynb_latex(nb, term, out);
		hg_buf_text(out, "}_{\\text{wrong here}}");
		hg_ipynb_latex(nb, hg_str_part(side, at.at - f->span.at + at.n, side.n), out);
	} else {
		hg_ipynb_latex(nb, side, out);
	}
	hg_buf_text(out, "$$\n\n");
}

static void put_cell(const char *name, hg_str value, hg_buf *out)
{
	hg_buf_print(out, "| %s | ", name);
	hg_markdown_text(value, out);
	hg_buf_text(out, " |\n");
}

/* A name or a number, as code: nothing in it needs a character reference then. */
static void put_code(const char *name, hg_str value, hg_buf *out)
{
	if (memchr(value.p, '|', value.n)) { /* parts the cells, in code as well */
		put_cell(name, value, out);
		return;
	}
	hg_buf_print(out, "| %s | ", name);
	hg_markdown_code(value, out);
	hg_buf_text(out, " |\n");
}

static void put_number(const char *name, double value, double beside, double abserr, hg_buf *out)
{
	hg_buf words = {0};
	hg_say_number(value, beside, abserr, &words);
	put_code(name, hg_buf_slice(&words), out);
	out->failed |= words.failed;
	hg_buf_free(&words);
}

static void put_words(const char *name, const char *words, hg_buf *out)
{
	if (words)
		put_cell(name, hg_str_of(words), out);
}

static void put_evidence(const hg_evidence *e, hg_buf *out)
{
	hg_buf text = {0};
	hg_buf_text(out, "| | |\n|---|---|\n");
	if (e->entry)
		put_code("worst at", hg_str_of(e->entry), out);
	put_number("yours", e->yours, e->numerical, e->abserr, out);
	put_number("numerical", e->numerical, e->yours, e->abserr, out);
	hg_buf_print(&text, "%.2g", e->abserr);
	put_code("uncertain by", hg_buf_slice(&text), out);
	text.n = 0;
	if (isfinite(e->ratio)) {
		hg_buf_print(&text, "%.6g", e->ratio);
		put_code("yours / numerical", hg_buf_slice(&text), out);
	}
	put_words("at", e->point, out);
	put_words("pattern", e->pattern, out);
	text.n = 0;
	hg_say_meaning(e, &text);
	if (text.n)
		put_cell("meaning", hg_buf_slice(&text), out);
	hg_buf_char(out, '\n');
	out->failed |= text.failed;
	hg_buf_free(&text);
}

static void put_picture(hg_ipynb *nb, hg_str png, const char *file, hg_str words, json_t *attachments, hg_buf *out)
{
	if (!png.n)
		return;
	hg_buf text = {0};
	hg_base64_write(png, &text);
	json_t *data = text.failed ? NULL : json_pack("{s:s%}", "image/png", text.p, text.n);
	if (!data || json_object_set_new(attachments, file, data))
		nb->failed = true;
	hg_buf_text(out, "![");
	hg_markdown_text(words, out);
	hg_buf_print(out, "](attachment:%s)\n\n", file);
	hg_markdown_text(words, out);
	hg_buf_text(out, "\n\n");
	hg_buf_free(&text);
}

static json_t *put_pictures(hg_ipynb *nb, size_t finding, hg_buf *out)
{
	const hg_evidence *e = &nb->report->finding[finding].evidence;
	const hg_picture *p = finding < nb->pictures.n ? &nb->pictures.of[finding] : NULL;
	json_t *attachments = json_object();
	if (!p || !(p->heat.n + p->curve.n))
		return attachments;
	hg_buf words = {0};
	if (e->grid)
		hg_plot_say_heat(e, &words);
	put_picture(nb, p->heat, "entries.png", hg_buf_slice(&words), attachments, out);
	words.n = 0;
	if (e->curve)
		hg_plot_say_curve(e->curve, &words);
	put_picture(nb, p->curve, "steps.png", hg_buf_slice(&words), attachments, out);
	nb->failed |= words.failed;
	hg_buf_free(&words);
	return attachments;
}

void hg_ipynb_card(hg_ipynb *nb, size_t finding)
{
	const hg_finding *f = &nb->report->finding[finding];
	hg_buf text = {0}, words = {0};
	hg_say_outcome(f, nb->options->detail >= HG_DETAIL_EVIDENCE, &words);
	hg_buf subject = {0};
	hg_say_subject(f, &subject);
	hg_buf_print(&text, "#### %s ", hg_look_of(f->status).symbol);
	hg_markdown_code(hg_buf_slice(&subject), &text);
	hg_buf_char(&text, ' ');
	hg_markdown_text(hg_buf_slice(&words), &text);
	hg_buf_text(&text, "\n\n");
	text.failed |= subject.failed;
	hg_buf_free(&subject);
	json_t *attachments = NULL;
	if (nb->options->detail > HG_DETAIL_NONE)
		put_claim(nb, f, &text);
	if (nb->options->detail >= HG_DETAIL_EVIDENCE && f->has_evidence && f->status != HG_S_NOTATION) {
		put_evidence(&f->evidence, &text);
		attachments = put_pictures(nb, finding, &text);
	}
	words.n = 0;
	const char *way_out = hg_cause_way_out(f->cause);
	if (f->status == HG_S_DISAGREES && !f->inherited_from && nb->options->detail >= HG_DETAIL_EVIDENCE)
		hg_say_hint(f, &words);
	else if (way_out && nb->options->detail >= HG_DETAIL_EVIDENCE)
		hg_buf_print(&words, "Way out: %s", way_out);
	if (words.n) {
		hg_buf_text(&text, "> ");
		hg_markdown_text(hg_buf_slice(&words), &text);
		hg_buf_char(&text, '\n');
	}
	char id[32];
	snprintf(id, sizeof id, "f-%zu", finding);
	nb->failed |= text.failed || words.failed;
	hg_ipynb_cell(nb, id, hg_finding_status_text(f->status), hg_buf_slice(&text), attachments);
	hg_buf_free(&text);
	hg_buf_free(&words);
}
