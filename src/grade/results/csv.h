/* Comma-separated values, read in place (RFC 4180; `,` or `;`) and written cell by cell. */
#ifndef HG_GRADE_CSV_H
#define HG_GRADE_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

typedef struct hg_csv_cell {
	size_t at, n;     /* of the cell in the file, quotes included */
	const char *text; /* without them */
} hg_csv_cell;

typedef struct hg_csv_row {
	size_t line, n;
	const hg_csv_cell *cell;
} hg_csv_row;

typedef struct hg_csv {
	char separator;
	size_t nrows;
	const hg_csv_row *row;
} hg_csv;

/* Whole file or HG_EINVAL (a quote that is never closed), HG_ELIMIT (more than a million cells). A byte-order mark
 * belongs to no cell. */
hg_status hg_csv_read(hg_str bytes, hg_arena *arena, hg_csv *csv);

/* One cell, quoted where it must be. Text that a spreadsheet would take for a formula gets an apostrophe. */
void hg_csv_write(hg_str text, char separator, hg_buf *out);
void hg_csv_write_number(double number, hg_buf *out); /* at most four decimals, no exponent */

#endif
