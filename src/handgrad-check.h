/* handgrad-check.h — a gradient as an assertion of a Check test:
 *
 *     hg_ck_assert_gradient(&f, &gradient, &point, NULL);
 *
 * fails with the message the command prints, unless every entry agrees to the resolution wanted. What cannot be told
 * fails too, and says why: a test should stand where it can tell. */
#ifndef HANDGRAD_CHECK_H
#define HANDGRAD_CHECK_H

#include <check.h>
#include <handgrad.h>
#include <stdio.h>
#include <stdlib.h>

/* Writes why the claim does not agree; false where it does. */
static inline bool hg_ck_refutes_(const hg_function *f, const hg_gradient *g, const hg_point *at,
                                  const hg_settings *settings, const char *name, char *why, size_t size)
{
	hg_verdict *verdict = NULL;
	const hg_status status = hg_check(f, g, at, settings, &verdict);
	if (status != HG_OK) {
		snprintf(why, size, "%s: %s", name, hg_status_text(status));
		return true;
	}
	const bool refuted = verdict->outcome != HG_AGREES;
	char *message = refuted ? hg_verdict_message(verdict, at, name) : NULL;
	if (refuted)
		snprintf(why, size, "%s", message ? message : hg_status_text(HG_ENOMEM));
	free(message);
	hg_verdict_free(verdict);
	return refuted;
}

#define hg_ck_assert_gradient(f, g, point, settings)                                                         \
	do {                                                                                                     \
		char hg_ck_why_[2048];                                                                               \
		if (hg_ck_refutes_((f), (g), (point), (settings), #g, hg_ck_why_, sizeof hg_ck_why_))                \
			ck_abort_msg("%s", hg_ck_why_);                                                                  \
	} while (0)

#endif
