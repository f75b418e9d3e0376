/* The rule that turns a derivative with its bound and a claim with its noise into a verdict. */
#ifndef HG_NUM_RULE_H
#define HG_NUM_RULE_H

#include "num/oracle.h"

/* An entry that nothing is known of: it cannot be told. */
hg_entry hg_entry_new(size_t block, size_t i, size_t j);
void hg_entry_conclude(hg_entry *entry, hg_outcome outcome, hg_reason reason);

/* Takes over what the oracle found. At a kink numerical +- abserr is the hull of both slopes. */
void hg_entry_take(const hg_derivative *d, hg_entry *entry);

/* Judges entry->claimed, whose own rounding noise is given, and fills in outcome, reason and resolution. */
void hg_entry_judge(const hg_settings *settings, double noise, hg_entry *entry);

hg_status hg_settings_check(const hg_settings *settings);
double hg_settings_wanted(const hg_settings *settings); /* the relative resolution a claim has to be certified to */

/* Whether the class comes with a bound that a claim can be held against. */
bool hg_class_has_bound(hg_class class);

/* Which of two entries decides a verdict: the worse outcome, then the larger relative discrepancy. */
bool hg_entry_is_worse(const hg_entry *a, const hg_entry *b);

/* Counts and worst entry of a verdict whose entries are judged. */
void hg_verdict_sum(hg_verdict *verdict);

#endif
