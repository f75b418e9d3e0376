#include "grade/record.h"

#include "grade/folder.h"
#include "report/safe.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SUM_DIGITS = 16 };

unsigned long long hg_record_sum(hg_str text)
{
	unsigned long long h = 14695981039346656037ULL;
	for (size_t i = 0; i < text.n; i++)
		h = (h ^ (unsigned char)text.p[i]) * 1099511628211ULL;
	return h;
}

static json_t *text_of(const char *foreign)
{
	if (!foreign)
		return json_null();
	hg_buf clean = {0};
	hg_safe(hg_str_of(foreign), HG_SAFE_DATA, &clean);
	json_t *text = clean.failed ? NULL : json_stringn(hg_buf_slice(&clean).p, clean.n);
	hg_buf_free(&clean);
	return text;
}

static json_t *row_of(const hg_score_row *r)
{
	return json_pack("{s:o,s:o,s:s,s:f,s:f,s:b,s:o,s:o,s:o,s:I}", "key", text_of(r->key), "title", text_of(r->title), "cell",
	                 hg_cells[r->cell].name, "points", r->points, "of", r->of, "human", r->human, "slip", text_of(r->slip),
	                 "reason", text_of(r->reason), "written", text_of(r->written), "line", (json_int_t)r->line);
}

static json_t *json_of(const hg_record *r)
{
	json_t *rows = json_array(), *count = json_array();
	bool failed = !rows || !count;
	for (size_t i = 0; i < r->score.nrows; i++)
		failed |= json_array_append_new(rows, row_of(&r->score.row[i])) != 0;
	for (size_t i = 0; i < HG_NSTATUSES; i++)
		failed |= json_array_append_new(count, json_integer((json_int_t)r->count[i])) != 0;
	json_t *o = json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:f,s:f,s:b,s:o}", "student", text_of(r->student), "file",
	                      text_of(r->file), "page", text_of(r->page), "key", text_of(r->key), "trouble", text_of(r->trouble),
	                      "count", count, "points", r->score.points, "of", r->score.of, "human", r->score.human, "rows", rows);
	if (failed && o) {
		json_decref(o);
		o = NULL;
	}
	return o;
}

hg_status hg_record_write(const hg_record *record, hg_buf *line)
{
	json_t *o = json_of(record);
	char *text = o ? json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(17)) : NULL;
	json_decref(o);
	if (!text)
		return HG_ENOMEM;
	hg_buf_print(line, "%016llx ", hg_record_sum(hg_str_of(text)));
	hg_buf_text(line, text);
	free(text);
	return line->failed ? HG_ENOMEM : HG_OK;
}

/* ---- back ------------------------------------------------------------------------------------------------------- */

static bool take_text(const json_t *o, const char *name, hg_arena *arena, const char **text)
{
	const json_t *value = json_object_get(o, name);
	*text = json_is_string(value) ? hg_arena_copy(arena, json_string_value(value), json_string_length(value)) : NULL;
	return json_is_null(value) || *text;
}

static bool take_row(const json_t *o, hg_arena *arena, hg_score_row *row)
{
	const char *cell = json_string_value(json_object_get(o, "cell"));
	row->cell = HG_NCELLS;
	for (int c = 0; cell && c < HG_NCELLS; c++)
		if (strcmp(cell, hg_cells[c].name) == 0)
			row->cell = (hg_cell)c;
	row->points = json_number_value(json_object_get(o, "points"));
	row->of = json_number_value(json_object_get(o, "of"));
	row->human = json_is_true(json_object_get(o, "human"));
	row->line = (size_t)json_integer_value(json_object_get(o, "line"));
	return row->cell < HG_NCELLS && take_text(o, "key", arena, &row->key) && row->key &&
	       take_text(o, "title", arena, &row->title) && row->title && take_text(o, "slip", arena, &row->slip) &&
	       take_text(o, "reason", arena, &row->reason) && take_text(o, "written", arena, &row->written);
}

static bool take(const json_t *o, hg_arena *arena, hg_record *r)
{
	const json_t *rows = json_object_get(o, "rows"), *count = json_object_get(o, "count");
	hg_score_row *row = HG_NEWS(arena, json_array_size(rows) + 1, hg_score_row);
	*r = (hg_record){.score = {.row = row, .nrows = json_array_size(rows)}};
	r->score.points = json_number_value(json_object_get(o, "points"));
	r->score.of = json_number_value(json_object_get(o, "of"));
	r->score.human = json_is_true(json_object_get(o, "human"));
	for (size_t i = 0; i < HG_NSTATUSES; i++)
		r->count[i] = (size_t)json_integer_value(json_array_get(count, i));
	for (size_t i = 0; row && i < r->score.nrows; i++)
		if (!take_row(json_array_get(rows, i), arena, &row[i]))
			return false;
	return row && take_text(o, "student", arena, &r->student) && r->student && take_text(o, "file", arena, &r->file) &&
	       take_text(o, "page", arena, &r->page) && r->page && hg_is_page(r->page) && take_text(o, "key", arena, &r->key) && r->key &&
	       take_text(o, "trouble", arena, &r->trouble);
}

hg_status hg_record_read(hg_str line, hg_arena *arena, hg_record *record)
{
	if (line.n <= SUM_DIGITS || line.p[SUM_DIGITS] != ' ')
		return HG_EINVAL;
	hg_str text = hg_str_part(line, SUM_DIGITS + 1, line.n);
	char sum[SUM_DIGITS + 1];
	snprintf(sum, sizeof sum, "%016llx", hg_record_sum(text));
	if (memcmp(sum, line.p, SUM_DIGITS) != 0)
		return HG_EINVAL;
	json_error_t where;
	json_t *o = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &where);
	if (!json_is_object(o)) {
		json_decref(o);
		return HG_EINVAL;
	}
	bool well = take(o, arena, record);
	json_decref(o);
	return well ? HG_OK : hg_arena_failed(arena) ? HG_ENOMEM : HG_EINVAL;
}
