/* Bytes as base64 (RFC 4648), for pictures and fonts inside a text file. */
#ifndef HG_REPORT_BASE64_H
#define HG_REPORT_BASE64_H

#include "base/buf.h"

void hg_base64_write(hg_str bytes, hg_buf *out);

#endif
