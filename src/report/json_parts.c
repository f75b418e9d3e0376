#include "report/json_parts.h"

#include "report/safe.h"

void hg_json_set(hg_json_maker *mk, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		mk->failed = true;
}

void hg_json_push(hg_json_maker *mk, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		mk->failed = true;
}

json_t *hg_json_str(hg_str foreign)
{
	hg_buf clean = {0};
	hg_safe(foreign, HG_SAFE_DATA, &clean);
	json_t *string = clean.failed ? NULL : json_stringn(hg_buf_slice(&clean).p, clean.n);
	hg_buf_free(&clean);
	return string;
}

json_t *hg_json_text(const char *foreign) { return foreign ? hg_json_str(hg_str_of(foreign)) : json_null(); }

json_t *hg_json_count(size_t n) { return json_integer((json_int_t)n); }

static int into_buffer(const char *bytes, size_t n, void *buf)
{
	hg_buf_add(buf, bytes, n);
	return 0;
}

hg_status hg_json_write(hg_json_maker *mk, json_t *all, hg_buf *out)
{
	if (!all || mk->failed || json_dump_callback(all, into_buffer, out, JSON_INDENT(2) | JSON_REAL_PRECISION(17)))
		out->failed = true;
	hg_buf_char(out, '\n');
	json_decref(all);
	return out->failed ? HG_ENOMEM : HG_OK;
}
