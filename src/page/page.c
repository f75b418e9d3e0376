/* handgrad in a browser: a question as JSON in, its answer as JSON out. The script of the page asks; one sheet is open at a
 * time, as an editor's is (lsp/sheet.h). Compiled for WebAssembly, where a worker of the page calls what is exported here. */
#include "lsp/sheet.h"
#include "report/report.h"
#include "slips/explain.h"

#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

typedef struct answerer {
	hg_json_maker mk;
	const json_t *asked;
	json_t *said;
} answerer;

static hg_sheet *sheet; /* the one that is open */
static hg_document_options *options;

static const char *word(const answerer *a, const char *key)
{
	const char *text = json_string_value(json_object_get(a->asked, key));
	return text ? text : "";
}

static void say_text(answerer *a, const char *key, hg_str text) { hg_json_set(&a->mk, a->said, key, hg_json_str(text)); }

/* ---- the sheet ---- */

/* What is wrong with an option is said; the others hold. */
static void set_options(answerer *a)
{
	const char *key;
	json_t *value;
	hg_document_options_free(options);
	options = hg_document_options_new();
	a->mk.failed |= !options;
	json_object_foreach(json_object_get(a->asked, "options"), key, value) {
		const char *wants = options && json_is_string(value) ? hg_document_set(options, key, json_string_value(value)) : NULL;
		if (wants)
			say_text(a, "refused", hg_str_of(wants));
	}
}

static void open_sheet(answerer *a)
{
	const json_t *text = json_object_get(a->asked, "text");
	hg_sheet_free(sheet);
	sheet = hg_sheet_new(word(a, "name"), NULL);
	if (sheet)
		hg_buf_str(&sheet->text, (hg_str){json_is_string(text) ? json_string_value(text) : "", json_string_length(text)});
	a->mk.failed |= !sheet || sheet->text.failed;
}

static void say_report(answerer *a, const char *key, hg_document_form form)
{
	char *bytes = NULL;
	size_t n = 0;
	if (!sheet || !sheet->judged || hg_document_write(sheet->judged, form, options, &bytes, &n) != HG_OK)
		a->mk.failed = true;
	else
		say_text(a, key, (hg_str){bytes, n});
	free(bytes);
}

/* The sheet judged: its marks as an editor gets them, how many lines fared how, and the report as a page. */
static void check(answerer *a)
{
	set_options(a);
	open_sheet(a);
	if (a->mk.failed)
		return;
	hg_sheet_judge(sheet, options);
	if (!sheet->judged) {
		a->mk.failed = true;
		return;
	}
	json_t *count = json_object();
	for (int s = 0; s < HG_NSTATUSES; s++)
		hg_json_set(&a->mk, count, hg_finding_status_text((hg_finding_status)s), hg_json_count(sheet->judged->report.count[s]));
	hg_json_set(&a->mk, a->said, "count", count);
	hg_json_set(&a->mk, a->said, "code", json_integer(hg_document_code(sheet->judged)));
	hg_json_set(&a->mk, a->said, "marks", hg_sheet_diagnostics(&a->mk, sheet, false));
	say_report(a, "html", HG_DOCUMENT_HTML);
}

/* The report of the sheet that was checked last, in the bytes that the command writes. */
static void report(answerer *a)
{
	static const char *const forms[] = {[HG_DOCUMENT_TEXT] = "text", [HG_DOCUMENT_JSON] = "json", [HG_DOCUMENT_HTML] = "html"};
	for (int f = 0; f <= HG_DOCUMENT_HTML; f++)
		if (strcmp(forms[f], word(a, "form")) == 0)
			say_report(a, "bytes", (hg_document_form)f);
}

static hg_position place(const answerer *a, const char *line, const char *character)
{
	return (hg_position){(size_t)json_integer_value(json_object_get(a->asked, line)),
	                     (size_t)json_integer_value(json_object_get(a->asked, character))};
}

/* What may be written instead, within a range of the sheet that was checked last. */
static void mend(answerer *a)
{
	if (!sheet || !options)
		return;
	hg_document_options full = *options;
	full.detail = HG_DETAIL_FULL;
	hg_json_set(&a->mk, a->said, "edits",
	            hg_sheet_actions(&a->mk, sheet, place(a, "line", "character"), place(a, "end_line", "end_character"), &full));
}

/* ---- the pages of `handgrad explain` ---- */

static void explain(answerer *a)
{
	hg_buf page = {0};
	hg_explain(hg_str_of(word(a, "code")), &page);
	a->mk.failed |= page.failed;
	say_text(a, "page", hg_buf_slice(&page));
	hg_buf_free(&page);
}

static void pages(answerer *a)
{
	json_t *codes = json_array();
	for (hg_page page = {0}; hg_page_next(&page);)
		hg_json_push(&a->mk, codes, hg_json_str(page.code));
	hg_json_set(&a->mk, a->said, "codes", codes);
}

/* ---- asked and answered ---- */

static const struct {
	const char *ask;
	void (*answer)(answerer *a);
} asks[] = {{"check", check}, {"report", report}, {"mend", mend}, {"explain", explain}, {"pages", pages}};

/* Room for n bytes of a question; 0: there is none. */
char *EXPORT(hg_page_room)(size_t n);
char *hg_page_room(size_t n) { return malloc(n ? n : 1); }

/* The answer to the question that stands in the room, which is given back: where its bytes are, and how many. It lasts
 * until the next question. {"failed": true}: there was no memory, or nobody knows that question. */
const hg_str *EXPORT(hg_page_answer)(char *room, size_t n);
const hg_str *hg_page_answer(char *room, size_t n)
{
	static hg_buf out;
	static hg_str answered;
	answerer a = {.asked = json_loadb(room, n, JSON_ALLOW_NUL, NULL), .said = json_object()};
	bool known = false;
	free(room);
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		if (strcmp(asks[i].ask, word(&a, "ask")) == 0) {
			asks[i].answer(&a);
			known = true;
		}
	json_decref((json_t *)a.asked);
	out.n = 0;
	if (!known || hg_json_write(&a.mk, a.said, &out) != HG_OK) {
		hg_buf_free(&out);
		answered = HG_STR("{\"failed\": true}\n");
	} else {
		answered = hg_buf_slice(&out);
	}
	return &answered;
}
