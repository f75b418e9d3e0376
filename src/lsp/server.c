#include "lsp/server.h"

#include "lsp/sheet.h"
#include "lsp/wire.h"

#include <stdlib.h>
#include <string.h>

typedef struct server {
	hg_wire wire;
	const hg_document_options *options;
	hg_sheet *sheets;
	bool initialized, down, links, gone; /* down: shutdown was asked for; gone: nobody listens, or exit was said */
} server;

enum { /* of JSON-RPC and of the protocol */
	PARSE_ERROR = -32700, INVALID_REQUEST = -32600, METHOD_NOT_FOUND = -32601, INVALID_PARAMS = -32602, INTERNAL_ERROR = -32603,
	NOT_INITIALIZED = -32002
};

/* ---- what goes out ---- */

static void say(server *s, hg_json_maker *mk, json_t *message)
{
	hg_buf bytes = {0};
	hg_json_set(mk, message, "jsonrpc", json_string("2.0"));
	if (hg_json_write(mk, message, &bytes) != HG_OK || !hg_wire_write(&s->wire, hg_buf_slice(&bytes)))
		s->gone = true;
	hg_buf_free(&bytes);
}

static void answer(server *s, hg_json_maker *mk, json_t *id, json_t *result)
{
	json_t *message = json_object();
	hg_json_set(mk, message, "id", json_incref(id));
	hg_json_set(mk, message, "result", result);
	say(s, mk, message);
}

static void refuse(server *s, json_t *id, int code, const char *why)
{
	hg_json_maker mk = {0};
	json_t *message = json_object(), *error = json_object();
	hg_json_set(&mk, error, "code", json_integer(code));
	hg_json_set(&mk, error, "message", json_string(why));
	hg_json_set(&mk, message, "id", id ? json_incref(id) : json_null());
	hg_json_set(&mk, message, "error", error);
	say(s, &mk, message);
}

static void publish(server *s, const hg_sheet *sheet, bool closed)
{
	hg_json_maker mk = {0};
	json_t *message = json_object(), *params = json_object();
	hg_json_set(&mk, params, "uri", json_string(sheet->uri));
	if (sheet->version >= 0 && !closed)
		hg_json_set(&mk, params, "version", json_integer(sheet->version));
	hg_json_set(&mk, params, "diagnostics", closed ? json_array() : hg_sheet_diagnostics(&mk, sheet, s->links));
	hg_json_set(&mk, message, "method", json_string("textDocument/publishDiagnostics"));
	hg_json_set(&mk, message, "params", params);
	say(s, &mk, message);
}

/* Judges what has changed, once the editor pauses: of many changes in a row the last one counts. */
static void catch_up(server *s)
{
	for (hg_sheet *sheet = s->sheets; sheet && !s->gone && !hg_wire_waits(&s->wire); sheet = sheet->next)
		if (!sheet->told) {
			hg_sheet_judge(sheet, s->options);
			publish(s, sheet, false);
			sheet->told = true;
		}
}

/* ---- what comes in ---- */

static const json_t *at(const json_t *o, const char *key) { return json_object_get(o, key); }

static hg_sheet **find(server *s, const json_t *params)
{
	const char *uri = json_string_value(at(at(params, "textDocument"), "uri"));
	hg_sheet **sheet = &s->sheets;
	while (*sheet && (!uri || strcmp((*sheet)->uri, uri) != 0))
		sheet = &(*sheet)->next;
	return sheet;
}

static size_t count(const json_t *number)
{
	json_int_t n = json_integer_value(number);
	return n > 0 ? (size_t)n : 0;
}

static hg_position position(const json_t *o) { return (hg_position){count(at(o, "line")), count(at(o, "character"))}; }

static void set_version(hg_sheet *sheet, const json_t *params)
{
	const json_t *version = at(at(params, "textDocument"), "version");
	sheet->version = json_is_integer(version) ? json_integer_value(version) : -1;
}

static hg_str text_of(const json_t *string) { return (hg_str){json_string_value(string), json_string_length(string)}; }

/* The text, if the change names no range: all of it. */
static void change(hg_sheet *sheet, const json_t *one)
{
	const json_t *range = at(one, "range"), *text = at(one, "text");
	const hg_position begin = {0, 0}, end = {(size_t)-1, 0};
	if (!json_is_string(text))
		return;
	if (range && json_is_object(range))
		hg_sheet_change(sheet, position(at(range, "start")), position(at(range, "end")), text_of(text));
	else
		hg_sheet_change(sheet, begin, end, text_of(text));
}

static void close_one(server *s, const json_t *params)
{
	hg_sheet **where = find(s, params), *gone = *where;
	if (!gone)
		return;
	*where = gone->next;
	publish(s, gone, true);
	hg_sheet_free(gone);
}

static void open_one(server *s, const json_t *params)
{
	const json_t *item = at(params, "textDocument");
	const char *uri = json_string_value(at(item, "uri"));
	hg_sheet *already = *find(s, params), *sheet = already;
	if (!uri || !json_is_string(at(item, "text")))
		return;
	if (!sheet)
		sheet = hg_sheet_new(uri, json_string_value(at(item, "languageId")));
	if (!sheet)
		return;
	if (!already) {
		sheet->next = s->sheets;
		s->sheets = sheet;
	}
	change(sheet, item);
	set_version(sheet, params);
}

static void change_one(server *s, const json_t *params)
{
	hg_sheet *sheet = *find(s, params);
	const json_t *changes = at(params, "contentChanges");
	if (!sheet)
		return;
	for (size_t i = 0; i < json_array_size(changes); i++)
		change(sheet, json_array_get(changes, i));
	set_version(sheet, params);
}

static json_t *initialize(server *s, hg_json_maker *mk, const json_t *params)
{
	json_t *result = json_object(), *can = json_object(), *sync = json_object(), *actions = json_object(), *kinds = json_array(),
	       *info = json_object();
	s->links = json_is_true(at(at(at(at(params, "capabilities"), "textDocument"), "publishDiagnostics"), "codeDescriptionSupport"));
	s->initialized = true;
	hg_json_set(mk, sync, "openClose", json_true());
	hg_json_set(mk, sync, "change", json_integer(2)); /* by ranges */
	hg_json_push(mk, kinds, json_string("quickfix"));
	hg_json_set(mk, actions, "codeActionKinds", kinds);
	hg_json_set(mk, can, "positionEncoding", json_string("utf-16"));
	hg_json_set(mk, can, "textDocumentSync", sync);
	hg_json_set(mk, can, "hoverProvider", json_true());
	hg_json_set(mk, can, "codeActionProvider", actions);
	hg_json_set(mk, info, "name", json_string("handgrad"));
	hg_json_set(mk, info, "version", json_string(HG_VERSION));
	hg_json_set(mk, result, "capabilities", can);
	hg_json_set(mk, result, "serverInfo", info);
	return result;
}

static json_t *shut_down(server *s, hg_json_maker *mk, const json_t *params)
{
	(void)mk, (void)params;
	s->down = true;
	return json_null();
}

static json_t *hover(server *s, hg_json_maker *mk, const json_t *params)
{
	hg_sheet *sheet = *find(s, params);
	if (!sheet)
		return json_null();
	hg_sheet_judge(sheet, s->options);
	return hg_sheet_hover(mk, sheet, position(at(params, "position")), s->options);
}

static json_t *actions(server *s, hg_json_maker *mk, const json_t *params)
{
	hg_sheet *sheet = *find(s, params);
	const json_t *range = at(params, "range");
	if (!sheet)
		return json_array();
	hg_sheet_judge(sheet, s->options);
	return hg_sheet_actions(mk, sheet, position(at(range, "start")), position(at(range, "end")), s->options);
}

/* ---- the table of methods ---- */

static const struct {
	const char *name;
	json_t *(*request)(server *s, hg_json_maker *mk, const json_t *params);
	void (*notification)(server *s, const json_t *params);
} methods[] = {
    {"initialize", initialize, NULL},
    {"shutdown", shut_down, NULL},
    {"textDocument/didOpen", NULL, open_one},
    {"textDocument/didChange", NULL, change_one},
    {"textDocument/didClose", NULL, close_one},
    {"textDocument/hover", hover, NULL},
    {"textDocument/codeAction", actions, NULL},
};
enum { NMETHODS = sizeof methods / sizeof *methods };

static void ask(server *s, const char *method, json_t *id, const json_t *params)
{
	size_t m = 0;
	while (m < NMETHODS && !(methods[m].request && strcmp(methods[m].name, method) == 0))
		m++;
	bool first = strcmp(method, "initialize") == 0;
	if (s->down)
		refuse(s, id, INVALID_REQUEST, "the server was shut down");
	else if (!s->initialized && !first)
		refuse(s, id, NOT_INITIALIZED, "initialize comes first");
	else if (s->initialized && first)
		refuse(s, id, INVALID_REQUEST, "initialize comes once");
	else if (m == NMETHODS)
		refuse(s, id, METHOD_NOT_FOUND, "no such request");
	else if (params && !json_is_object(params) && !json_is_null(params))
		refuse(s, id, INVALID_PARAMS, "the parameters are no object");
	else {
		hg_json_maker mk = {0};
		answer(s, &mk, id, methods[m].request(s, &mk, params));
	}
}

static void tell(server *s, const char *method, const json_t *params)
{
	if (strcmp(method, "exit") == 0)
		s->gone = true;
	for (size_t m = 0; m < NMETHODS && s->initialized && !s->down; m++)
		if (methods[m].notification && strcmp(methods[m].name, method) == 0)
			methods[m].notification(s, params);
}

static void take(server *s, hg_str body)
{
	json_error_t error;
	json_t *message = json_loadb(body.p ? body.p : "", body.n, JSON_ALLOW_NUL, &error), *id = json_object_get(message, "id");
	const char *method = json_string_value(json_object_get(message, "method"));
	bool named = json_is_string(id) || json_is_integer(id);
	if (!message)
		refuse(s, NULL, PARSE_ERROR, "no JSON");
	else if (method && !id)
		tell(s, method, json_object_get(message, "params"));
	else if (method && named)
		ask(s, method, id, json_object_get(message, "params"));
	else if (!json_object_get(message, "result") && !json_object_get(message, "error")) /* an answer, to what was not asked */
		refuse(s, named ? id : NULL, INVALID_REQUEST, "neither a request nor a notification");
	json_decref(message);
}

int hg_lsp_serve(int in, int out, const hg_document_options *options)
{
	server s = {.wire = {.in = in, .out = out}, .options = options};
	hg_str body;
	const char *trouble;
	while (!s.gone) {
		catch_up(&s);
		hg_wire_kind kind = hg_wire_read(&s.wire, &body, &trouble);
		if (kind == HG_WIRE_END)
			break;
		if (kind == HG_WIRE_BAD)
			refuse(&s, NULL, PARSE_ERROR, trouble);
		else
			take(&s, body);
	}
	while (s.sheets) {
		hg_sheet *next = s.sheets->next;
		hg_sheet_free(s.sheets);
		s.sheets = next;
	}
	hg_wire_free(&s.wire);
	return s.down ? 0 : 1;
}
