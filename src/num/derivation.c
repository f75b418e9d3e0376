/* A derivation as a whole: its points, which stages they serve, and the one question a test asks of it. */
#include "num/derivation.h"

#include "base/buf.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

bool hg_list_has(const char *list, const char *word)
{
	const size_t n = strlen(word);
	for (const char *p = list; n && (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

bool hg_point_serves(hg_point *point, const hg_stage *stage)
{
	if (point->stages && !hg_list_has(point->stages, stage->name))
		return false;
	for (size_t b = 0; b < point->nblocks; b++)
		point->block[b].wrt = hg_list_has(stage->wrt, point->block[b].name);
	return true;
}

hg_status hg_derivation_points(const hg_derivation *of, unsigned long seed, hg_point *point)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	hg_status status = rng ? HG_OK : HG_ENOMEM;
	for (size_t k = 0; status == HG_OK && k < of->npoints; k++) {
		gsl_rng_set(rng, seed * 1000003 + k + 1);
		status = of->point(k, rng, &point[k]);
	}
	if (rng)
		gsl_rng_free(rng);
	return status;
}

/* ---- the one question --------------------------------------------------------------------------------------------- */

typedef struct question {
	const hg_derivation *of;
	const hg_settings *settings;
	hg_point *point;
	bool *refused; /* of each twin */
	char *message; /* the first claim that does not agree */
} question;

static hg_status ask_at(question *q, const hg_stage *stage, hg_point *at)
{
	hg_verdict *v;
	hg_buf name = {0};
	HG_TRY(hg_check(&stage->f, &stage->g, at, q->settings, &v));
	if (v->outcome != HG_AGREES) {
		hg_buf_print(&name, "%s.%s%s%s", q->of->name, stage->name, at->label ? ", " : "", at->label ? at->label : "");
		q->message = name.failed ? NULL : hg_verdict_message(v, at, name.p);
	}
	hg_status status = v->outcome != HG_AGREES && !q->message ? HG_ENOMEM : HG_OK;
	hg_buf_free(&name);
	for (size_t t = 0; status == HG_OK && !q->message && t < q->of->ntwins; t++) {
		if (q->refused[t] || strcmp(q->of->twin[t].stage, stage->name) != 0)
			continue;
		status = hg_compare(&q->of->twin[t].g, at, q->settings, v);
		q->refused[t] = v->outcome == HG_DISAGREES;
	}
	hg_verdict_free(v);
	return status;
}

static hg_status ask(question *q)
{
	HG_TRY(hg_derivation_points(q->of, q->settings ? q->settings->seed : 0, q->point));
	for (size_t s = 0; s < q->of->nstages; s++)
		for (size_t k = 0; k < q->of->npoints && !q->message; k++)
			if (hg_point_serves(&q->point[k], &q->of->stage[s]))
				HG_TRY(ask_at(q, &q->of->stage[s], &q->point[k]));
	for (size_t t = 0; t < q->of->ntwins && !q->message; t++) {
		hg_buf text = {0};
		if (q->refused[t])
			continue;
		hg_buf_print(&text, "%s.%s: the twin %s is not refused at these points: what they show is worth little", q->of->name,
		             q->of->twin[t].stage, q->of->twin[t].slip);
		if (text.failed)
			return HG_ENOMEM;
		q->message = text.p;
	}
	return HG_OK;
}

static bool is_whole(const hg_derivation *of)
{
	bool whole = of && of->name && of->stage && of->nstages && of->point && of->npoints && (of->twin || !of->ntwins);
	for (size_t s = 0; whole && s < of->nstages; s++)
		whole = of->stage[s].name && of->stage[s].wrt;
	for (size_t t = 0; whole && t < of->ntwins; t++)
		whole = of->twin[t].stage && of->twin[t].slip;
	return whole;
}

hg_status hg_check_derivation(const hg_derivation *of, const hg_settings *settings, char **message)
{
	if (!message)
		return HG_EINVAL;
	*message = NULL;
	if (!is_whole(of))
		return HG_EINVAL;
	question q = {.of = of, .settings = settings, .point = calloc(of->npoints, sizeof *q.point),
	              .refused = calloc(of->ntwins + 1, sizeof *q.refused)};
	hg_status status = q.point && q.refused ? ask(&q) : HG_ENOMEM;
	for (size_t k = 0; q.point && k < of->npoints; k++)
		hg_point_clear(&q.point[k]);
	free(q.point);
	free(q.refused);
	if (status == HG_OK)
		*message = q.message;
	else
		free(q.message);
	return status;
}
