/* What the writers of JSON share: a failed allocation ends in a NULL somewhere, and the maker remembers it. */
#ifndef HG_REPORT_JSON_PARTS_H
#define HG_REPORT_JSON_PARTS_H

#include "base/buf.h"
#include "base/status.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct hg_json_maker {
	bool failed;
} hg_json_maker;

void hg_json_set(hg_json_maker *mk, json_t *object, const char *key, json_t *value); /* takes the value */
void hg_json_push(hg_json_maker *mk, json_t *array, json_t *value);
json_t *hg_json_text(const char *foreign); /* cleaned; null for NULL */
json_t *hg_json_str(hg_str foreign);
json_t *hg_json_count(size_t n);

/* The bytes of `all` and a line feed; frees it. */
hg_status hg_json_write(hg_json_maker *mk, json_t *all, hg_buf *out);

#endif
