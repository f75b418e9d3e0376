#include "report/assets.h"

#include <string.h>

__asm__(".section .rodata\n"
        ".global hg_font_begin, hg_font_end\n"
        "hg_font_begin:\n"
        ".incbin \"report/font/handgrad-math.woff2\"\n"
        "hg_font_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const char hg_font_begin[], hg_font_end[];

static const char style[] =
#include "html.css.inc"
	;

hg_str hg_asset_font(void) { return (hg_str){hg_font_begin, (size_t)(hg_font_end - hg_font_begin)}; }

hg_str hg_asset_style(void) { return (hg_str){style, sizeof style - 1}; }
