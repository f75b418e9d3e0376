/* What other programs read about a class. */
#include "grade/results/columns.h"
#include "grade/results/csv.h"
#include "report/safe.h"
#include "report/save.h"
#include "report/xml.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* ---- grades.csv ------------------------------------------------------------------------------------------------- */

static void put_text(const char *foreign, hg_buf *out)
{
	hg_buf clean = {0};
	hg_safe(hg_str_of(foreign), HG_SAFE_LINE, &clean);
	hg_csv_write(hg_buf_slice(&clean), ',', out);
	out->failed |= clean.failed;
	hg_buf_free(&clean);
}

/* "(4) dJ/dW2 wrong: line 12: opposite sign; ..." for everything that is not simply right. */
static void put_summary(const hg_record *r, hg_buf *out)
{
	hg_buf text = {0};
	if (r->trouble)
		hg_buf_text(&text, r->trouble);
	for (size_t i = 0; !r->trouble && i < r->score.nrows; i++) {
		const hg_score_row *row = &r->score.row[i];
		if (row->cell != HG_CELL_RIGHT)
			hg_buf_print(&text, "%s%s %s: %s", text.n ? "; " : "", row->title, hg_cells[row->cell].words,
			             row->reason ? row->reason : "");
	}
	hg_buf_char(&text, '\0');
	put_text(text.failed ? "" : text.p, out);
	out->failed |= text.failed;
	hg_buf_free(&text);
}

static hg_status write_csv(const hg_cohort *class, hg_buf *out)
{
	hg_arena *arena = hg_arena_new();
	hg_layout l;
	hg_status status = arena ? hg_layout_of(class, arena, &l) : HG_ENOMEM;
	hg_buf_text(out, "needs_human,student_id,score,max_score");
	for (size_t k = 0; status == HG_OK && k < l.ncolumns; k++) {
		hg_buf_char(out, ',');
		put_text(l.column[k].title, out);
	}
	hg_buf_text(out, ",summary\r\n");
	for (size_t i = 0; status == HG_OK && i < class->nrecords; i++) {
		const hg_record *r = &class->record[i];
		hg_buf_print(out, "%s,", r->score.human ? "yes" : "no");
		put_text(r->student, out);
		hg_buf_char(out, ',');
		if (!r->score.human)
			hg_csv_write_number(r->score.points, out);
		hg_buf_char(out, ',');
		hg_csv_write_number(r->score.of, out);
		for (size_t k = 0; k < l.ncolumns; k++) {
			const hg_score_row *row = hg_row_of(r, &l.column[k]);
			hg_buf_char(out, ',');
			if (row && class->steps.n && !row->human)
				hg_csv_write_number(row->points, out);
			else if (!class->steps.n)
				hg_buf_text(out, hg_cells[row ? row->cell : HG_CELL_MISSING].name);
		}
		hg_buf_char(out, ',');
		put_summary(r, out);
		hg_buf_text(out, "\r\n");
	}
	hg_arena_free(arena);
	return status == HG_OK && out->failed ? HG_ENOMEM : status;
}

/* Excel takes a file for one of its own code page unless it begins with a mark; plain ASCII needs none. */
hg_status hg_cohort_csv(const hg_cohort *class, hg_buf *out)
{
	hg_buf text = {0};
	hg_status status = write_csv(class, &text);
	bool ascii = true;
	for (size_t i = 0; i < text.n; i++)
		ascii &= (unsigned char)text.p[i] < 0x80;
	hg_buf_text(out, ascii ? "" : "\xEF\xBB\xBF");
	hg_buf_str(out, hg_buf_slice(&text));
	hg_buf_free(&text);
	return status == HG_OK && out->failed ? HG_ENOMEM : status;
}

/* ---- junit.xml -------------------------------------------------------------------------------------------------- */

static const char *element_of(const hg_score_row *row)
{
	switch (row->cell) {
	case HG_CELL_WRONG:
	case HG_CELL_MISSING: return row->human ? "skipped" : "failure";
	case HG_CELL_UNREAD: return "error";
	default: return row->human ? "skipped" : row->cell == HG_CELL_FOLLOWS && row->points < row->of ? "failure" : NULL;
	}
}

static void put_case(hg_xml *xml, const hg_record *r, const char *name, const char *element, const char *message)
{
	hg_xml_begin(xml, "testcase");
	hg_xml_attr(xml, "classname", hg_str_of(r->student));
	hg_xml_attr(xml, "name", hg_str_of(name));
	hg_xml_attr(xml, "time", HG_STR("0"));
	if (element) {
		hg_xml_begin(xml, element);
		hg_xml_attr(xml, "message", hg_str_of(message));
		hg_xml_text(xml, hg_str_of(message));
		hg_xml_end(xml);
	}
	hg_xml_end(xml);
}

typedef struct totals {
	size_t tests, failures, errors, skipped;
} totals;

static totals totals_of(const hg_record *r)
{
	totals t = {.tests = r->score.nrows + (r->trouble != NULL), .errors = r->trouble != NULL};
	for (size_t i = 0; i < r->score.nrows; i++) {
		const char *element = element_of(&r->score.row[i]);
		t.failures += element && element[0] == 'f';
		t.errors += element && element[0] == 'e';
		t.skipped += element && element[0] == 's';
	}
	return t;
}

static void put_totals(hg_xml *xml, totals t)
{
	hg_xml_attr_count(xml, "tests", t.tests);
	hg_xml_attr_count(xml, "failures", t.failures);
	hg_xml_attr_count(xml, "errors", t.errors);
	hg_xml_attr(xml, "time", HG_STR("0"));
}

static void put_suite(hg_xml *xml, const hg_record *r)
{
	hg_xml_begin(xml, "testsuite");
	hg_xml_attr(xml, "name", hg_str_of(r->student));
	totals t = totals_of(r);
	put_totals(xml, t);
	hg_xml_attr_count(xml, "skipped", t.skipped);
	hg_xml_attr(xml, "file", r->file ? hg_str_of(r->file) : HG_STR(""));
	if (r->trouble)
		put_case(xml, r, "submission", "error", r->trouble);
	for (size_t i = 0; i < r->score.nrows; i++) {
		const hg_score_row *row = &r->score.row[i];
		put_case(xml, r, row->title, element_of(row), row->reason ? row->reason : hg_cells[row->cell].words);
	}
	hg_xml_end(xml);
}

hg_status hg_cohort_junit(const hg_cohort *class, hg_buf *out)
{
	hg_xml xml;
	totals all = {0};
	for (size_t i = 0; i < class->nrecords; i++) {
		totals t = totals_of(&class->record[i]);
		all = (totals){all.tests + t.tests, all.failures + t.failures, all.errors + t.errors, 0};
	}
	hg_xml_open(&xml, HG_XML_DOCUMENT, out);
	hg_xml_begin(&xml, "testsuites");
	put_totals(&xml, all);
	for (size_t i = 0; i < class->nrecords; i++)
		put_suite(&xml, &class->record[i]);
	hg_xml_end(&xml);
	return hg_xml_close(&xml);
}

/* ---- Gradescope ------------------------------------------------------------------------------------------------- */

static json_t *text_of(const char *foreign)
{
	hg_buf text = {0};
	hg_safe(hg_str_of(foreign), HG_SAFE_LINE, &text);
	json_t *json = text.failed ? NULL : json_stringn(hg_buf_slice(&text).p, text.n);
	hg_buf_free(&text);
	return json;
}

/* One step. What waits for a person is neither passed nor failed, and has no points; nor has any other while the whole
 * has none, or they would be added up. */
static json_t *test_of(const hg_score_row *row, size_t number, bool waits)
{
	char place[24];
	snprintf(place, sizeof place, "%zu", number);
	bool passed = row->cell == HG_CELL_RIGHT || (row->cell != HG_CELL_WRONG && row->of > 0 && row->points >= row->of);
	json_t *test = json_pack("{s:s,s:o,s:o,s:s,s:s,s:s}", "number", place, "name", text_of(row->title), "output",
	                         text_of(row->reason ? row->reason : ""), "output_format", "text", "name_format", "text",
	                         "visibility", waits ? "hidden" : "visible");
	bool failed = !test;
	if (test && !waits)
		failed = json_object_set_new(test, "score", json_real(row->points)) != 0 ||
		         json_object_set_new(test, "max_score", json_real(row->of)) != 0 ||
		         json_object_set_new(test, "status", json_string(passed ? "passed" : "failed")) != 0;
	if (!failed)
		return test;
	json_decref(test);
	return NULL;
}

static int append(const char *bytes, size_t n, void *out)
{
	hg_buf_add(out, bytes, n);
	return ((hg_buf *)out)->failed ? -1 : 0;
}

/* Gradescope wants a score of every result. While a person must decide it is 0 and hidden, as everything is, and the
 * sentence says that it is none. */
hg_status hg_cohort_gradescope(const hg_record *r, hg_buf *out)
{
	const bool waits = r->score.human;
	size_t open = 0;
	json_t *tests = json_array();
	bool failed = !tests;
	for (size_t i = 0; i < r->score.nrows; i++) {
		open += r->score.row[i].human && r->score.row[i].of > 0;
		failed |= json_array_append_new(tests, test_of(&r->score.row[i], i + 1, waits)) != 0;
	}
	hg_buf words = {0};
	if (waits)
		hg_buf_print(&words, "Not graded yet: %zu of the steps wait%s for a person.", open, open == 1 ? "s" : "");
	else
		hg_buf_text(&words, "Every step was checked.");
	if (r->trouble)
		hg_buf_print(&words, " %s", r->trouble);
	hg_buf_char(&words, '\0');
	json_t *o = json_pack("{s:f,s:o,s:s,s:s,s:o,s:{s:o,s:b}}", "score", waits ? 0 : r->score.points, "output",
	                      text_of(words.failed ? "" : words.p), "output_format", "text", "visibility",
	                      waits ? "hidden" : "visible", "tests", tests, "extra_data", "program",
	                      json_string("handgrad " HG_VERSION), "needs_human", waits);
	failed |= !o || words.failed || json_dump_callback(o, append, out, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) != 0;
	hg_buf_free(&words);
	hg_buf_char(out, '\n');
	json_decref(o);
	return failed || out->failed ? HG_ENOMEM : HG_OK;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static hg_status put_file(const char *out, const char *name, const hg_buf *bytes, hg_arena *arena, const char **path)
{
	*path = hg_arena_print(arena, "%s/%s", out, name);
	return *path && !bytes->failed ? hg_save(*path, hg_buf_slice(bytes)) : HG_ENOMEM;
}

static hg_status put_gradescope(const hg_cohort *class, const char *out, hg_arena *arena, const char **path)
{
	*path = hg_arena_print(arena, "%s/gradescope", out);
	if (!*path)
		return HG_ENOMEM;
	HG_TRY(hg_save_folder(*path));
	for (size_t i = 0; i < class->nrecords; i++) {
		hg_buf bytes = {0};
		const char *name = hg_arena_print(arena, "gradescope/%s.json", class->record[i].page);
		hg_status status = name ? hg_cohort_gradescope(&class->record[i], &bytes) : HG_ENOMEM;
		if (status == HG_OK)
			status = put_file(out, name, &bytes, arena, path);
		hg_buf_free(&bytes);
		HG_TRY(status);
	}
	return HG_OK;
}

hg_status hg_cohort_write(const hg_cohort *class, const char *out, hg_arena *arena, const char **path)
{
	static const struct {
		const char *name;
		hg_status (*write)(const hg_cohort *class, hg_buf *out);
	} files[] = {{"grades.csv", hg_cohort_csv}, {"junit.xml", hg_cohort_junit}, {"index.html", hg_cohort_page}};
	HG_TRY(put_gradescope(class, out, arena, path));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		hg_buf bytes = {0};
		hg_status status = files[i].write(class, &bytes);
		if (status == HG_OK)
			status = put_file(out, files[i].name, &bytes, arena, path);
		hg_buf_free(&bytes);
		HG_TRY(status);
	}
	return HG_OK;
}
