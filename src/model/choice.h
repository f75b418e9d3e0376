/* What a document leaves open, and what a user, an assignment or the document itself has chosen: the rows of choices.def. */
#ifndef HG_MODEL_CHOICE_H
#define HG_MODEL_CHOICE_H

#include "base/buf.h"
#include "finding/finding.h"

typedef enum hg_choice {
#define HG_CHOICE(symbol, ...) HG_CHOICE_##symbol,
#define HG_VALUE(...)
#include "model/choices.def"
#undef HG_CHOICE
#undef HG_VALUE
	HG_NCHOICES
} hg_choice;

enum { /* HG_LAYOUT_COLUMNS, ...; 0: nothing is chosen */
#define HG_CHOICE(...)
#define HG_VALUE(choice, number, symbol, ...) HG_##choice##_##symbol = number,
#include "model/choices.def"
#undef HG_CHOICE
#undef HG_VALUE
};

typedef struct hg_choices {
	unsigned char value[HG_NCHOICES];
} hg_choices;

const char *hg_choice_id(hg_choice choice);
const char *hg_choice_question(hg_choice choice);
hg_choice hg_choice_find(hg_str id);                               /* HG_NCHOICES: there is no such choice */
size_t hg_choice_values(hg_choice choice);                         /* how many there are */
const char *hg_choice_value(hg_choice choice, unsigned value);     /* "columns"; NULL: no such value */
const char *hg_choice_words(hg_choice choice, unsigned value);     /* "samples are columns" */

/* Takes "layout=rows". False: there is no such choice or value, and *wanted, if not NULL, gets the words that name those
 * there are: "layout=columns or layout=rows". */
bool hg_choice_take(hg_str text, hg_choices *choices, hg_buf *wanted);

void hg_choices_write(const hg_choices *choices, hg_buf *out); /* "--take layout=rows", as the command line gives them */

/* What the comments of a document take, <!-- take: layout=rows, dz=of-cost -->, and % take: ... in TeX; what is no choice
 * becomes a note at its place, of which `notes` gets the list. Those that `choices` has already stay. */
hg_status hg_choices_said(const hg_source *source, hg_arena *arena, hg_choices *choices, const hg_note **note, size_t *nnotes);

/* HG_EINVAL, and *trouble says where: the comments of an assignment take what there is not. */
hg_status hg_choices_check(const hg_source *source, hg_arena *arena, const char **trouble);

#endif
