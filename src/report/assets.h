/* Files that are built into the program: the math font and the style sheet. */
#ifndef HG_REPORT_ASSETS_H
#define HG_REPORT_ASSETS_H

#include "base/str.h"

hg_str hg_asset_font(void);  /* WOFF2, see font/ORIGIN */
hg_str hg_asset_style(void); /* CSS, with @FONT@ where the font goes in base64 */

#endif
