/* The words of the reports: one place, so that text, JUnit, annotations and pages say the same. */
#ifndef HG_REPORT_PHRASE_H
#define HG_REPORT_PHRASE_H

#include "base/buf.h"
#include "finding/finding.h"
#include "num/say.h"

/* What the finding is about: "dJ/dW1", or how it was read, or as it was written. Cleaned to one line. */
void hg_say_subject(const hg_finding *finding, hg_buf *out);

/* The verdict as a clause to stand behind the subject: "agrees to 11 digits at 34 points"; "has the opposite sign". */
void hg_say_verdict(const hg_finding *finding, hg_buf *out);

/* Subject and verdict: the title of an annotation, the message of a JUnit failure. */
void hg_say_title(const hg_finding *finding, hg_buf *out);

/* What following this gradient would do, if the numbers say something plain about it. */
void hg_say_meaning(const hg_evidence *evidence, hg_buf *out);

/* One question, or what to do about a doubt; or nothing. */
void hg_say_hint(const hg_finding *finding, hg_buf *out);

/* "6 agree, 1 disagrees, 2 cannot be read" and, in brackets, definitions and what was skipped. */
void hg_say_counts(const size_t count[HG_NSTATUSES], hg_buf *out);

/* What a report comes to, for her: "6 of 39 steps need you; 4 I could not decide." or "All 15 steps agree." */
void hg_say_need(const hg_report *report, hg_buf *out);

/* The numbers of a finding as the engine's messages say them (num/say.h); without the names of its entry and point. */
hg_shown hg_evidence_shown(const hg_evidence *evidence, hg_outcome outcome);

/* A word of a command line, quoted where a shell needs it. Controls are shown, not kept. */
void hg_say_word(const char *word, hg_buf *out);

const char *hg_slip_title(const hg_slip_found *slip); /* from the catalogue; the id where it has none */

#endif
