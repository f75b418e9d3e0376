#include "report/base64.h"

void hg_base64_write(hg_str bytes, hg_buf *out)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.p;
	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = bytes.n - i;
		unsigned long word = (unsigned long)p[i] << 16;
		word |= left > 1 ? (unsigned long)p[i + 1] << 8 : 0;
		word |= left > 2 ? p[i + 2] : 0UL;
		const char four[] = {digit[word >> 18], digit[word >> 12 & 63], left > 1 ? digit[word >> 6 & 63] : '=',
		                     left > 2 ? digit[word & 63] : '='};
		hg_buf_add(out, four, sizeof four);
	}
}
