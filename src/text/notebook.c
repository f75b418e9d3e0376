/* Notebooks: JSON by jansson, after what is not text to read (outputs, attachments, metadata) has been
 * blanked, so that a notebook full of pictures costs no more than its words. */
#include "base/buf.h"
#include "text/reading.h"

#include <jansson.h>
#include <string.h>

typedef struct walk {
	char *json;
	size_t n, at, depth, values;
	const char *path;
	hg_arena *arena;
	const hg_budget *budget;
	const char **trouble;
} walk;

static hg_status refuse_at(const walk *w, hg_status status, size_t at, const char *why)
{
	const char *place = hg_place_text(w->path, (hg_str){w->json, w->n}, at, w->arena);
	*w->trouble = hg_arena_print(w->arena, "%s: %s", place ? place : "?", why ? why : "?");
	return place && why && *w->trouble ? status : HG_ENOMEM;
}

/* From the opening quote to behind the closing one; to the end when there is none. */
static size_t skip_string(const walk *w, size_t at)
{
	for (at++; at < w->n && w->json[at] != '"'; at++)
		if (w->json[at] == '\\')
			at++;
	return at < w->n ? at + 1 : w->n;
}

/* From an opening bracket to behind its partner; 0 when it is never closed. */
static size_t skip_value(const walk *w, size_t at)
{
	size_t depth = 0;
	while (at < w->n) {
		char c = w->json[at];
		if (c == '"') {
			at = skip_string(w, at);
			continue;
		}
		at++;
		if (c == '[' || c == '{')
			depth++;
		else if ((c == ']' || c == '}') && --depth == 0)
			return at;
	}
	return 0;
}

static size_t skip_space(const walk *w, size_t at)
{
	while (at < w->n && strchr(" \t\r\n", w->json[at]) && w->json[at])
		at++;
	return at;
}

/* Marks by which Jupyter, its books and nbsphinx leave out a cell, or its source. */
static const char *const hiding[] = {"remove-cell", "remove_cell", "remove-input", "remove_input", "hide-cell", "hide_cell",
                                     "hide-input",  "hide_input",  "source_hidden", "hidden"};

static bool mentions_hiding(hg_str metadata)
{
	for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
		if (hg_str_find(metadata, hg_str_of(hiding[i])) != (size_t)-1)
			return true;
	return false;
}

/* Blanks the value behind a key that is not read. *at stands behind the key. */
static hg_status blank_value(walk *w, hg_str key, size_t *at)
{
	if (!hg_str_is(key, "\"outputs\"") && !hg_str_is(key, "\"attachments\"") &&
	    !hg_str_is(key, "\"metadata\""))
		return HG_OK;
	size_t colon = skip_space(w, *at);
	if (colon >= w->n || w->json[colon] != ':')
		return HG_OK;
	size_t value = skip_space(w, colon + 1);
	if (value >= w->n || (w->json[value] != '[' && w->json[value] != '{'))
		return HG_OK;
	size_t end = skip_value(w, value);
	if (end == 0)
		return refuse_at(w, HG_EIO, value, "this bracket of the notebook is never closed");
	if (hg_str_is(key, "\"metadata\"") && mentions_hiding((hg_str){w->json + value, end - value}))
		return HG_OK;
	for (size_t i = value + 1; i + 1 < end; i++)
		if (w->json[i] != '\n')
			w->json[i] = ' ';
	*at = end;
	return HG_OK;
}

/* One pass before jansson: blanks what is not read, and holds depth and number of values
 * within the limits. */
static hg_status prepare(walk *w)
{
	size_t kept = 0;
	while (w->at < w->n) {
		size_t start = w->at;
		char c = w->json[w->at];
		if (c == '"') {
			w->at = skip_string(w, w->at);
			kept += w->at - start;
			HG_TRY(blank_value(w, (hg_str){w->json + start, w->at - start}, &w->at));
			continue;
		}
		w->at++;
		kept++;
		if (c == '[' || c == '{')
			w->depth++;
		else if (c == ']' || c == '}')
			w->depth -= w->depth > 0;
		w->values += c == '[' || c == '{' || c == ',';
		if (!hg_budget_allows(w->budget, HG_LIMIT_NESTING, w->depth))
			return refuse_at(w, HG_ELIMIT, start, hg_limit_message(w->budget, HG_LIMIT_NESTING, w->arena));
		if (!hg_budget_allows(w->budget, HG_LIMIT_JSON_VALUES, w->values))
			return refuse_at(w, HG_ELIMIT, start,
			                 hg_limit_message(w->budget, HG_LIMIT_JSON_VALUES, w->arena));
	}
	if (!hg_budget_allows(w->budget, HG_LIMIT_FILE_BYTES, kept))
		return hg_refuse(HG_ELIMIT, w->path,
		                 hg_arena_print(w->arena, "without its outputs the notebook has %s",
		                                hg_limit_message(w->budget, HG_LIMIT_FILE_BYTES, w->arena)),
		                 w->arena, w->trouble);
	return HG_OK;
}

/* ---- cells ---- */

typedef struct cells {
	hg_buf text;
	size_t n, *start, *number;
	bool *is_code;
	size_t hidden; /* the first cell that is not shown; 0: all are */
} cells;

static bool add_source(const json_t *source, hg_buf *text)
{
	if (json_is_string(source)) {
		hg_buf_add(text, json_string_value(source), json_string_length(source));
		return true;
	}
	size_t i;
	json_t *line;
	if (!json_is_array(source))
		return false;
	json_array_foreach(source, i, line)
	{
		if (!json_is_string(line))
			return false;
		hg_buf_add(text, json_string_value(line), json_string_length(line));
	}
	return true;
}

static bool is_mark(const json_t *tag)
{
	const char *text = json_string_value(tag);
	for (size_t i = 0; text && i < sizeof hiding / sizeof *hiding; i++)
		if (strcmp(text, hiding[i]) == 0)
			return true;
	return false;
}

/* tags: ["remove-cell"], jupyter: {source_hidden: true}, hide_input: true, nbsphinx: "hidden" */
static bool is_hidden(const json_t *cell)
{
	const json_t *metadata = json_object_get(cell, "metadata"), *jupyter = json_object_get(metadata, "jupyter");
	const json_t *tags = json_object_get(metadata, "tags"), *tag;
	size_t i;
	bool found = json_is_true(json_object_get(jupyter, "source_hidden")) || is_mark(json_object_get(metadata, "nbsphinx"));
	for (i = 0; i < sizeof hiding / sizeof *hiding; i++)
		found |= json_is_true(json_object_get(metadata, hiding[i]));
	json_array_foreach(tags, i, tag) found |= is_mark(tag);
	return found;
}

static hg_status add_cell(const walk *w, const json_t *cell, size_t number, cells *all)
{
	const char *type = json_string_value(json_object_get(cell, "cell_type"));
	if (!type)
		return hg_refuse(HG_EIO, w->path,
		                 hg_arena_print(w->arena, "cell %zu of the notebook has no cell_type", number),
		                 w->arena, w->trouble);
	bool code = strcmp(type, "code") == 0;
	if (!code && strcmp(type, "markdown") != 0 && strcmp(type, "heading") != 0)
		return HG_OK;
	if (is_hidden(cell)) {
		all->hidden = all->hidden ? all->hidden : number;
		return HG_OK;
	}
	const json_t *source = json_object_get(cell, "source");
	if (!source && code)
		source = json_object_get(cell, "input"); /* nbformat 3 */
	if (all->n)
		hg_buf_text(&all->text, "\n\n");
	all->start[all->n] = all->text.n;
	all->number[all->n] = number;
	all->is_code[all->n++] = code;
	if (!add_source(source, &all->text))
		return hg_refuse(HG_EIO, w->path,
		                 hg_arena_print(w->arena, "cell %zu of the notebook has no source text", number),
		                 w->arena, w->trouble);
	return all->text.failed ? HG_ENOMEM : HG_OK;
}

/* The array of cells; of nbformat 3 the cells of the first sheet, which is all it ever has. */
static const json_t *find_cells(const json_t *root)
{
	const json_t *found = json_object_get(root, "cells");
	if (!found)
		found = json_object_get(json_array_get(json_object_get(root, "worksheets"), 0), "cells");
	return json_is_array(found) ? found : NULL;
}

static hg_status take_cells(const walk *w, const json_t *root, cells *all, hg_source *source)
{
	const json_t *list = find_cells(root);
	if (!list)
		return hg_refuse(HG_EIO, w->path, "is JSON but not a notebook: it has no list of cells", w->arena,
		                 w->trouble);
	size_t n = json_array_size(list), i;
	json_t *cell;
	all->start = HG_NEWS(w->arena, n + 1, size_t);
	all->number = HG_NEWS(w->arena, n + 1, size_t);
	all->is_code = HG_NEWS(w->arena, n + 1, bool);
	if (!all->start || !all->number || !all->is_code)
		return HG_ENOMEM;
	json_array_foreach(list, i, cell) HG_TRY(add_cell(w, cell, i + 1, all));
	const char *note = all->hidden ? hg_arena_print(w->arena, "cell %zu is not shown in the notebook, and is not read here", all->hidden) : NULL;
	if (note)
		HG_TRY(hg_source_note(source, w->arena, (hg_span){0, 0}, "not-shown", note));
	if (all->n == 0)
		return hg_refuse(HG_EIO, w->path, "the notebook has no cells to read", w->arena, w->trouble);
	char *text = hg_arena_copy(w->arena, all->text.p, all->text.n);
	if (!text)
		return HG_ENOMEM;
	source->text = (hg_str){text, all->text.n};
	source->ncells = all->n;
	source->cell_start = all->start;
	source->cell_number = all->number;
	source->cell_is_code = all->is_code;
	return hg_clean(text, all->text.n, w->arena, source, w->trouble);
}

hg_status hg_notebook_read(char *json, size_t n, hg_arena *arena, hg_source *source, const char **trouble)
{
	walk w = {.json = json,
	          .n = n,
	          .path = source->path,
	          .arena = arena,
	          .budget = source->budget,
	          .trouble = trouble};
	for (size_t i = 0; i < source->nnotes; i++) { /* about the bytes of the file; the text is another one */
		hg_note *note = &source->note[i];
		note->text = hg_arena_print(arena, "%s (%s)", note->text,
		                            hg_place_text("file", (hg_str){json, n}, note->span.at, arena));
		note->span = (hg_span){0, 0};
		if (!note->text)
			return HG_ENOMEM;
	}
	HG_TRY(prepare(&w));
	json_error_t error;
	json_t *root = json_loadb(json, n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!root) {
		char *near = strstr(error.text, " near '"); /* quotes the file, in whatever bytes it has */
		if (near)
			*near = 0;
		size_t at = error.position > 0 ? (size_t)error.position - 1 : 0;
		return refuse_at(&w, json_error_code(&error) == json_error_out_of_memory ? HG_ENOMEM : HG_EIO, at,
		                 hg_arena_print(arena, "the notebook is broken JSON: %s", error.text));
	}
	cells all = {0};
	hg_status status = take_cells(&w, root, &all, source);
	hg_buf_free(&all.text);
	json_decref(root);
	return status;
}
