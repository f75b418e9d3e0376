/* The words of the reports: one place, so that text, JUnit, annotations and pages say the same. */
#ifndef HG_REPORT_PHRASE_H
#define HG_REPORT_PHRASE_H

#include "base/buf.h"
#include "finding/finding.h"
#include "num/say.h"

#include <stdbool.h>

/* What the finding is about: "dJ/dW1", or how it was read, or as it was written. Cleaned to one line. */
void hg_say_subject(const hg_finding *finding, hg_buf *out);

/* The verdict as a clause to stand behind the subject: "agrees to 11 digits at 34 points"; "has the opposite sign". */
void hg_say_verdict(const hg_finding *finding, hg_buf *out);

/* The same, but no more than `disagrees` where evidence is not to be given away. */
void hg_say_outcome(const hg_finding *finding, bool evidence, hg_buf *out);

/* Subject and verdict: the title of an annotation, the message of a JUnit failure. */
void hg_say_title(const hg_finding *finding, hg_buf *out);

/* How a step of a document was tried: "with 4 random sets of numbers, 60 entries". */
void hg_say_tried(const hg_finding *finding, hg_buf *out);

/* What following this gradient would do, if the numbers say something plain about it. */
void hg_say_meaning(const hg_evidence *evidence, hg_buf *out);

/* One question, or what to do about a doubt; or nothing. */
void hg_say_hint(const hg_finding *finding, hg_buf *out);

/* "6 agree, 1 disagrees, 2 cannot be read" and, in brackets, definitions and what was skipped. */
void hg_say_counts(const size_t count[HG_NSTATUSES], hg_buf *out);

/* What a report comes to, for her: "6 of 39 steps need you; 4 I could not decide." or "All 15 steps agree." */
void hg_say_need(const hg_report *report, hg_buf *out);

bool hg_is_all_right(const hg_report *report); /* something was checked, and all of it agrees */

/* "How sharp was this check? 65 of 69 typical mistakes, put in on purpose, were noticed."; nothing where none were. */
void hg_say_sharpness(const hg_power *power, hg_buf *out);

/* "L-for-J (10 times), index-dropped": each convention read past, once. */
size_t hg_convention_times(const hg_report *report, size_t finding, const char *id); /* 0: an earlier finding has it */
void hg_say_conventions(const hg_report *report, hg_buf *out);

/* The numbers of a finding as the engine's messages say them (num/say.h); without the names of its entry and point. */
hg_shown hg_evidence_shown(const hg_evidence *evidence, hg_outcome outcome);

/* A word of a command line, quoted where a shell needs it. Controls are shown, not kept. */
void hg_say_word(const char *word, hg_buf *out);

const char *hg_slip_title(const hg_slip_found *slip); /* from the catalogue; the id where it has none */

#endif
