/* A growing buffer of bytes. The first failed allocation sticks; nothing needs to be asked in between. */
#ifndef HG_BASE_BUF_H
#define HG_BASE_BUF_H

#include "base/str.h"

typedef struct hg_buf { /* zero-initialised is empty */
	char *p;
	size_t n, room;
	bool failed;
} hg_buf;

void hg_buf_add(hg_buf *buf, const char *bytes, size_t n);
void hg_buf_text(hg_buf *buf, const char *text);
void hg_buf_str(hg_buf *buf, hg_str s);
void hg_buf_char(hg_buf *buf, char c);
void hg_buf_print(hg_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
hg_str hg_buf_slice(const hg_buf *buf);
void hg_buf_free(hg_buf *buf);

#endif
