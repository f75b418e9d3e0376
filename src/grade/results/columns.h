/* The steps a class is laid out by, and who made which mistake in them. */
#ifndef HG_GRADE_COLUMNS_H
#define HG_GRADE_COLUMNS_H

#include "grade/cohort.h"

typedef struct hg_column {
	const char *key, *title;
	double points;
	size_t number; /* 1-based, as in "(4)" */
	size_t cell[HG_NCELLS];
} hg_column;

enum { HG_MOST_EXAMPLES = 3 };

/* What several wrote alike. */
typedef struct hg_example {
	const char *written;
	size_t n;
} hg_example;

/* Students with one slip in one step. */
typedef struct hg_cluster {
	const hg_column *column;
	const char *slip; /* id in the catalogue; NULL: wrong in a way without a name */
	size_t n;
	const hg_record **student;
	size_t nexamples;
	hg_example example[HG_MOST_EXAMPLES]; /* the commonest of their lines, the commonest first */
} hg_cluster;

typedef struct hg_layout {
	size_t ncolumns, nclusters;
	hg_column *column;   /* of the assignment; where it gives no points, of what the class wrote */
	hg_cluster *cluster; /* the largest first */
} hg_layout;

hg_status hg_layout_of(const hg_cohort *class, hg_arena *arena, hg_layout *layout);

/* The row of a student in a column; NULL: there is none. */
const hg_score_row *hg_row_of(const hg_record *record, const hg_column *column);

size_t hg_column_right(const hg_column *column); /* how many have it right */

/* "14 students: opposite sign in (4) dJ/dW2" */
void hg_cluster_say(const hg_cluster *cluster, hg_buf *out);

#endif
