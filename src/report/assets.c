#include "report/assets.h"

/* Written by src/embed.c. */
extern const char hg_font[], hg_style[];
extern const size_t hg_font_size, hg_style_size;

hg_str hg_asset_font(void) { return (hg_str){hg_font, hg_font_size}; }

hg_str hg_asset_style(void) { return (hg_str){hg_style, hg_style_size}; }
