/* The main job: a document's statements, each judged by numbers. */
#ifndef HG_VERDICT_JUDGE_H
#define HG_VERDICT_JUDGE_H

#include "finding/finding.h"
#include "model/choice.h"

/* Binds and judges every statement with a relation in it and makes a report: findings, model, power, summary, notes on what
 * its comments take; the title and the other notes are the caller's to add. `assignment` (or NULL) is a document whose forward
 * equations are the truth. `taken` (or NULL) is what was chosen where both leave something open; then the comments of the
 * assignment choose, or, where there is none, those of the document.
 * HG_ENOMEM or HG_OK: what cannot be read or decided is a finding. */
hg_status hg_judge_document(const hg_statements *said, const hg_statements *assignment, const hg_choices *taken,
                            const hg_settings *settings, hg_arena *arena, hg_report *report);

/* The same of a submission. `asked`: the derivatives the assignment asks for, as it writes them; the report says how they
 * are bound, and of every line what it states and what it rests on. */
hg_status hg_judge_submission(const hg_statements *said, const hg_statements *assignment, const hg_expr *const *asked,
                              size_t nasked, const hg_choices *taken, const hg_settings *settings, hg_arena *arena, hg_report *report);

/* As --dump=problems shows them: every claim, how it is bound, and in which reading it was judged. */
void hg_problems_dump(const hg_report *report, hg_buf *out);
/* --dump=model: what each name was taken for, and how what is left open was. */
void hg_model_dump(const hg_report *report, hg_buf *out);
/* --dump=readings: every way every claim may be read, and how it fares in each world, letters read by custom. */
hg_status hg_readings_dump(const hg_statements *said, const hg_choices *taken, const hg_settings *settings, hg_arena *arena, hg_buf *out);

#endif
